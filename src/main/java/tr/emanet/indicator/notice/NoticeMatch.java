package tr.emanet.indicator.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.Product;

/**
 * A proposal that an installed product is meant by a notice, and what a person said to it.
 *
 * @param asset address or prefix of the asset
 * @param assetName as the inventory calls it
 * @param reason last part of the text key {@code notice.why.<reason>}
 * @param quote the versions as the notice states them, may be empty
 * @param current false when the inventory or the notice has changed so that it fits no longer
 * @param decidedBy id of the person, empty while undecided
 * @param task number of the task it led to, or null
 */
public record NoticeMatch(
    long id,
    NoticeKey notice,
    String asset,
    String assetName,
    Product product,
    Confidence confidence,
    String reason,
    String quote,
    State state,
    boolean current,
    @Nullable Instant decidedAt,
    String decidedBy,
    @Nullable String task) {

  /** What a person said. */
  public enum State {
    PROPOSED,
    CONFIRMED,
    REJECTED;

    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static State named(String id) {
      return State.valueOf(id.toUpperCase(java.util.Locale.ROOT));
    }
  }
}
