package tr.emanet.indicator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a feed stands.
 *
 * @param current number of the revision in force; 0 before the first
 * @param held whether everything waits for approval since a roll-back
 * @param fullAt begin of the last complete fetch in force
 * @param deltaAt begin of the last fetch in force
 * @param failure of the last try; null when it worked
 */
public record FeedState(
    String name,
    long current,
    boolean held,
    @Nullable Instant fullAt,
    @Nullable Instant deltaAt,
    @Nullable Instant triedAt,
    @Nullable FeedFailure failure,
    String failureDetail,
    @Nullable Instant failingSince,
    int failures) {

  static FeedState unknown(String name) {
    return new FeedState(name, 0, false, null, null, null, null, "", null, 0);
  }
}
