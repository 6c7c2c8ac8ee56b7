package tr.emanet.backup.place;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a job's repository to a place.
 *
 * @param repository the address it was copied from
 * @param objects copied, {@code bytes} their size; what was there already does not count
 * @param problem why it failed, English; else empty
 * @param followed what it has removed and healed
 */
public record CopyRecord(
    long id,
    long place,
    long plan,
    String repository,
    State state,
    Instant startedAt,
    @Nullable Instant endedAt,
    long objects,
    long bytes,
    String problem,
    Followed followed) {

  /**
   * What a copy did besides copying.
   *
   * @param removed objects, because the seals of the repository say that they were removed there;
   *     {@code freed} their bytes
   * @param locked such objects that are left until their object lock ends
   * @param healed damaged objects that were written anew
   * @param held why nothing was removed, English; else empty
   */
  public record Followed(long removed, long freed, long locked, long healed, String held) {

    /** Nothing. */
    public static final Followed NONE = new Followed(0, 0, 0, 0, "");

    Followed healing(long objects) {
      return new Followed(removed, freed, locked, objects, held);
    }
  }

  /** Whether all that it has copied is unchangeable still: half of the days are left after it. */
  boolean locks(PlaceSpec spec, Instant now) {
    return startedAt.plus(Duration.ofDays(spec.lockDays()).dividedBy(2)).isAfter(now);
  }

  /** How it ended. */
  public enum State {
    RUNNING,
    COMPLETE,
    FAILED,
    STOPPED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }
}
