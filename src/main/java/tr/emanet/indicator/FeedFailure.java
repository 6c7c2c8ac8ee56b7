package tr.emanet.indicator;

import java.util.Locale;

/** Why a fetch brought nothing into force. */
public enum FeedFailure {
  UNREACHABLE(true),
  TIMEOUT(true),
  THROTTLED(true),
  SERVER_ERROR(true),
  TLS(false),
  REDIRECT(false),
  REFUSED_BY_SERVER(false),
  HTML(false),
  SHAPE(false),
  ANSWER_TOO_LARGE(false),
  CRAWL_TOO_LARGE(false),
  CRAWL_TOO_LONG(true),
  TOO_MANY_ROWS(false),
  DUPLICATE_IDS(false),
  EMPTY(false),
  FILE(false),
  SIGNATURE(false),
  POISONED(false),
  CHANGE_TOO_LARGE(false),
  HELD(false),
  INTERNAL(false);

  private final boolean passing;

  FeedFailure(boolean passing) {
    this.passing = passing;
  }

  /** Whether trying again later may work with what was fetched so far. */
  public boolean passing() {
    return passing;
  }

  /** The name in the store and the API, such as {@code too-many-rows}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Key of the sentence in the bundle of this package. */
  public String key() {
    return "indicator.failure." + id();
  }

  /** Reads what {@link #id} wrote; what an older version wrote and we do not know is internal. */
  static FeedFailure ofId(String id) {
    for (FeedFailure failure : values()) {
      if (failure.id().equals(id)) {
        return failure;
      }
    }
    return INTERNAL;
  }
}
