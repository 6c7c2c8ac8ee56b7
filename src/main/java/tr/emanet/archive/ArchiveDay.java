package tr.emanet.archive;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One day of the calendar, as the files on disk show it; nothing is verified for it.
 *
 * @param bytes of the day's segments as stored
 * @param checkpoints made on this day
 * @param head SHA-256 of the day's root, empty while the day has none
 * @param sealed how the day's records are sealed
 * @param stampedAt when an authority stamped the root, by the stamp itself; null: not stamped
 * @param authority who stamped, empty when nobody did
 * @param verified the newest verification of this day
 * @param hold why the day must not be destroyed, empty when nothing holds it
 */
public record ArchiveDay(
    LocalDate day,
    long bytes,
    int segments,
    int checkpoints,
    String head,
    Seal sealed,
    @Nullable Instant stampedAt,
    String authority,
    @Nullable Verified verified,
    String hold) {

  /** How far the proof of a day is. */
  public enum Seal {
    /** Nothing was received and nothing sealed. */
    NOTHING,
    /** There are records that no checkpoint of this day or the next covers. */
    UNSEALED,
    /** Checkpoints are signed; the day has no root yet. */
    CHECKPOINTS,
    /** The day's root is signed, and nobody outside says when. */
    UNSTAMPED,
    /** The built-in authority stamped it, which proves nothing to others. */
    DEMO,
    /** A time stamp authority stamped the root. */
    STAMPED;

    /** In API, text keys and style sheet. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
