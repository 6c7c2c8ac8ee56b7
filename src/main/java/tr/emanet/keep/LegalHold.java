package tr.emanet.keep;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A duty to keep: no segment that it covers is destroyed, however old.
 *
 * @param stream the stream, or {@link #ALL}
 * @param from first day, null: from the beginning
 * @param to last day, null: without an end
 * @param reason why, such as the number of a letter
 * @param releaseBy who asked for its end, empty when nobody did
 * @param releasedAt when it ended, null while it holds
 */
public record LegalHold(
    long id,
    String stream,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    String reason,
    String setBy,
    Instant setAt,
    String releaseBy,
    String releaseReason,
    @Nullable Instant releaseAskedAt,
    String releasedBy,
    @Nullable Instant releasedAt) {

  /** Stands for every stream. */
  public static final String ALL = "*";

  /** Whether it still holds. */
  public boolean holds() {
    return releasedAt == null;
  }

  /** Whether it keeps what a stream received on a day. */
  public boolean covers(String ofStream, LocalDate day) {
    return holds()
        && (stream.equals(ALL) || stream.equals(ofStream))
        && (from == null || !day.isBefore(from))
        && (to == null || !day.isAfter(to));
  }
}
