package tr.emanet.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds several indicators on one asset: a stretch of event time, as long as the policy says, that
 * holds hits of so many. What counts is when hits happened, not how far the alerts that group them
 * reach. One transaction, one thread.
 */
final class Window {

  private final HitStore hits;
  private final int count;
  private final Duration within;

  Window(HitStore hits, Policy policy) {
    this.hits = hits;
    this.count = policy.severalCount();
    this.within = policy.severalWithin();
  }

  /**
   * The alerts whose hits lie in one window with a new hit.
   *
   * @param alert has the new hits
   * @param members the new hits
   * @param near alerts of the same asset whose spans come near, with or without itself
   * @return those of the fullest window, with the alert itself; empty when no window is full
   */
  List<Alert> around(Alert alert, List<Hit> members, List<Alert> near) {
    Set<String> keys = new HashSet<>(Set.of(alert.key()));
    near.forEach(other -> keys.add(other.key()));
    if (keys.size() < count) {
      return List.of();
    }
    List<Alert> fullest = List.of();
    Set<Instant> looked = new HashSet<>();
    for (Hit hit : members) {
      if (looked.add(hit.at())) {
        List<Alert> found = at(alert, hit.at(), near);
        if (kinds(found) > kinds(fullest)) {
          fullest = found;
        }
      }
    }
    return kinds(fullest) >= count ? fullest : List.of();
  }

  private static long kinds(List<Alert> alerts) {
    return alerts.stream().map(Alert::key).distinct().count();
  }

  /** The fullest window that holds a moment: it begins at the moment, or at a hit before it. */
  private List<Alert> at(Alert alert, Instant moment, List<Alert> near) {
    long at = moment.toEpochMilli();
    Map<Alert, OptionalLong[]> next = new HashMap<>();
    Set<Long> begins = new HashSet<>(Set.of(at));
    for (Alert other : near) {
      if (other.id() != alert.id()) {
        OptionalLong[] times = hits.next(other.id(), moment, within);
        next.put(other, times);
        times[0].ifPresent(begins::add);
      }
    }
    List<Alert> fullest = List.of();
    for (long begin : begins) {
      List<Alert> in = new ArrayList<>(List.of(alert));
      next.forEach(
          (other, times) -> {
            boolean before = times[0].orElse(Long.MIN_VALUE) >= begin;
            boolean after =
                times[1].isPresent() && times[1].getAsLong() - begin <= within.toMillis();
            if (before || after) {
              in.add(other);
            }
          });
      if (kinds(in) > kinds(fullest)) {
        fullest = in;
      }
    }
    return fullest;
  }
}
