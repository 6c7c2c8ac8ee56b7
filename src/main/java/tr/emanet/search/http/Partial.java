package tr.emanet.search.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tr.emanet.search.Results;
import tr.emanet.web.Texts;

/** Says that the deadline ended a search, and how far it came. */
final class Partial {

  /** Before and after these instants (years 1900 and 9999) there is no date worth showing. */
  private static final long OLDEST = -2_208_988_800_000L;

  private static final long NEWEST = 253_402_300_799_999L;

  private Partial() {}

  /** The sentence, or null for a complete answer. */
  static @Nullable String of(Texts texts, Results.Coverage coverage) {
    if (coverage.complete()) {
      return null;
    }
    long from = coverage.readFromMillis();
    return from > OLDEST && from < NEWEST
        ? texts.get("search.partial", texts.formats().dateTime(Instant.ofEpochMilli(from)))
        : texts.get("search.partial.none");
  }
}
