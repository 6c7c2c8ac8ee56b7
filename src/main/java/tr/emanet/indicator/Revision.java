package tr.emanet.indicator;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fetch, import or roll-back of a feed.
 *
 * @param number rising over all feeds
 * @param origin where from: a URL or a file name
 * @param signature {@code none}; {@code unchecked} for a {@code .p7s} beside the file while
 *     nobody's signatures are trusted; {@link #VALID} and the signer's name
 * @param target of a roll-back: the revision whose list came back; else 0
 * @param complete whether it is a whole list, so that what is missing in it is removed
 * @param appliedAt when it came into force; null when it did not
 * @param actor who imported, approved or rolled back; {@code -} for the schedule
 * @param digest SHA-256 in hex over the rows, sorted by id
 * @param reason why it waits, failed or left something out; else empty
 */
public record Revision(
    long number,
    String feed,
    Kind kind,
    State state,
    String origin,
    String signature,
    long target,
    boolean complete,
    Instant startedAt,
    @Nullable Instant appliedAt,
    String actor,
    Counts counts,
    int refused,
    int spared,
    String digest,
    String reason) {

  /** Begin of {@link #signature} when it was checked and is sound. */
  public static final String VALID = "valid:";

  /** How it came about. */
  public enum Kind {
    FULL,
    DELTA,
    IMPORT,
    ROLLBACK;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of it. */
  public enum State {
    FETCHING,
    WAITING,
    APPLYING,
    APPLIED,
    REJECTED,
    FAILED;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Compared with the list before. */
  public record Counts(int received, int added, int removed, int changed) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    public int total() {
      return added + removed + changed;
    }
  }
}
