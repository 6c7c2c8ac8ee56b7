package tr.emanet.journal.seal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about the seal at about one moment.
 *
 * @param authority who stamps daily roots, empty when nobody is configured
 * @param credits stamps that are left, in words, empty when nobody says
 * @param unstamped days whose root has no time stamp, oldest first, at most some
 * @param unstampedDays how many there are
 * @param stampedDay the newest day that is stamped, null when none is
 * @param rootProblem why a root could not be made, empty when none is missing
 */
public record SealReport(
    SealStatus seal,
    Key key,
    String authority,
    String credits,
    List<Unstamped> unstamped,
    long unstampedDays,
    @Nullable LocalDate stampedDay,
    String rootProblem,
    List<WitnessStatus> witnesses) {

  /** The key that signs; {@code id} is SHA-256 of its certificate. */
  public record Key(String id, Instant notAfter) {}

  /** A day that waits for its stamp; {@code problem} of the last try, empty before the first. */
  public record Unstamped(LocalDate day, int tries, String problem) {}

  /**
   * One witness.
   *
   * @param delivered number of the last checkpoint it has
   * @param waiting how many it does not have yet
   * @param problem of the last try, empty when it was good
   */
  public record WitnessStatus(
      String name, long delivered, long waiting, long failures, String problem) {}

  public SealReport {
    unstamped = List.copyOf(unstamped);
    witnesses = List.copyOf(witnesses);
  }
}
