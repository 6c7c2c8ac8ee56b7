package tr.emanet.traffic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.event.EventRecord;

/** Leases of one address as the lists of a day need them. */
public final class LeaseSpans {

  /** {@code event.action} of every line that begins, prolongs or ends a lease. */
  public static final List<String> ACTIONS = actions();

  /**
   * One lease.
   *
   * @param until its end as logged, else as its length says, else its last line
   */
  public record Lease(String mac, Instant from, Instant until) {}

  private LeaseSpans() {}

  private static List<String> actions() {
    List<String> all = new ArrayList<>(Leases.GIVEN);
    all.addAll(Leases.ENDED);
    return List.copyOf(all);
  }

  /**
   * Puts the lines of one address together.
   *
   * @param lines oldest first
   */
  public static List<Lease> of(List<EventRecord> lines) {
    return Leases.spans(lines).stream()
        .map(open -> new Lease(open.mac, open.from, open.until == null ? open.seen : open.until))
        .toList();
  }
}
