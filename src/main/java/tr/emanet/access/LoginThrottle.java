package tr.emanet.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slows guessing down. After a failure the next try is refused for a while; how long depends on
 * three counts:
 *
 * <ul>
 *   <li>account and address together: from the 4th failure on 1 s, doubling to 15 minutes;
 *   <li>address: from the 11th failure on 1 s, doubling to 5 minutes;
 *   <li>account from anywhere: from the 21st failure on 4 s and never more, and not at all for an
 *       address from which the person has signed in before. Guessing from a thousand addresses is
 *       slow, and yet nobody can lock a colleague out.
 * </ul>
 *
 * Counts are forgotten an hour after the last failure, and not by a restart. Names are counted
 * whether they exist or not. The table is bounded; the entry unused for longest goes first.
 * Thread-safe.
 */
public final class LoginThrottle {

  private static final int MAX_ENTRIES = 20_000;
  private static final int MAX_KNOWN = 5_000;
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Duration PAIR_LONGEST = Duration.ofMinutes(15);
  private static final Duration ADDRESS_LONGEST = Duration.ofMinutes(5);
  private static final Duration ACCOUNT_DELAY = Duration.ofSeconds(4);
  private static final int PAIR_FREE = 3;
  private static final int ADDRESS_FREE = 10;
  private static final int ACCOUNT_FREE = 20;

  /** Failures in a row, the last of them, and when the next try is looked at. */
  record Count(int failures, Instant last, Instant openAt) {}

  /** What outlived the last process; the oldest first. */
  record Kept(List<Map.Entry<String, Count>> counts, List<String> known) {}

  /** Where counts outlive the process. Called without the throttle's lock. */
  interface Keeper {

    /** What was kept since {@code after}, at most this many of each; the rest is forgotten. */
    Kept load(Instant after, int counts, int known);

    /** Writes counts and forgets others. */
    void keep(List<Map.Entry<String, Count>> changed, List<String> gone);

    /** Writes an account and address that signed in together. */
    void keepKnown(String key, Instant at);

    /** What stands for a key outside of this class: nothing that was typed. */
    String name(String key);
  }

  private final InstantSource clock;
  private final Keeper keeper;
  private final Map<String, Count> counts = bounded(MAX_ENTRIES);
  private final Map<String, Boolean> known = bounded(MAX_KNOWN);

  LoginThrottle(InstantSource clock, Keeper keeper) {
    this.clock = clock;
    this.keeper = keeper;
    Kept kept = keeper.load(clock.instant().minus(FORGET), MAX_ENTRIES, MAX_KNOWN);
    kept.counts().forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    kept.known().forEach(key -> known.put(key, Boolean.TRUE));
  }

  private static <V> Map<String, V> bounded(int limit) {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
      }
    };
  }

  /**
   * How long this account must wait at this address; zero when it may try now. A try that may go on
   * is counted as failed at once, so that many tries at the same moment do not slip through
   * together; {@link #succeeded} takes it back.
   *
   * @param account folded name or what was typed, at most a few hundred characters
   */
  Duration attempt(String account, String address) {
    Instant now = clock.instant();
    Keys keys = keys(account, address);
    List<Map.Entry<String, Count>> changed;
    synchronized (this) {
      Duration wait = longer(wait(keys.network(), now), wait(keys.pair(), now));
      if (!known.containsKey(keys.pair())) {
        wait = longer(wait, wait(keys.name(), now));
      }
      if (!wait.isZero()) {
        return wait;
      }
      count(keys.pair(), now, PAIR_FREE, PAIR_LONGEST);
      count(keys.network(), now, ADDRESS_FREE, ADDRESS_LONGEST);
      count(keys.name(), now, ACCOUNT_FREE, ACCOUNT_DELAY);
      changed = snapshot(keys.pair(), keys.network(), keys.name());
    }
    keeper.keep(changed, List.of());
    return Duration.ZERO;
  }

  /** The last allowed try of this account at this address was right. */
  void succeeded(String account, String address) {
    Keys keys = keys(account, address);
    List<Map.Entry<String, Count>> changed;
    synchronized (this) {
      counts.remove(keys.pair());
      counts.remove(keys.name());
      // The address keeps its earlier failures: one right password must not pay for many guesses.
      takeBack(keys.network());
      known.put(keys.pair(), Boolean.TRUE);
      changed = snapshot(keys.network());
    }
    keeper.keep(changed, List.of(keys.pair(), keys.name()));
    keeper.keepKnown(keys.pair(), clock.instant());
  }

  /** The last allowed try could not be judged, because too many were waiting. */
  void unjudged(String account, String address) {
    Keys keys = keys(account, address);
    List<Map.Entry<String, Count>> changed;
    synchronized (this) {
      takeBack(keys.pair());
      takeBack(keys.network());
      takeBack(keys.name());
      changed = snapshot(keys.pair(), keys.network(), keys.name());
    }
    keeper.keep(changed, List.of());
  }

  /** Names of the three counts of a try. */
  private record Keys(String pair, String network, String name) {}

  private Keys keys(String account, String address) {
    String network = network(address);
    return new Keys(
        keeper.name("p:" + network + " " + account),
        keeper.name("a:" + network),
        keeper.name("n:" + account));
  }

  private List<Map.Entry<String, Count>> snapshot(String... keys) {
    List<Map.Entry<String, Count>> out = new ArrayList<>();
    for (String key : keys) {
      Count count = counts.get(key);
      if (count != null) {
        out.add(Map.entry(key, count));
      }
    }
    return out;
  }

  private void takeBack(String key) {
    counts.computeIfPresent(key, (k, c) -> new Count(Math.max(0, c.failures - 1), c.last, c.last));
  }

  private Duration wait(String key, Instant now) {
    Count count = counts.get(key);
    return count == null || !now.isBefore(count.openAt)
        ? Duration.ZERO
        : Duration.between(now, count.openAt);
  }

  private void count(String key, Instant now, int free, Duration longest) {
    Count before = counts.get(key);
    int failures =
        before == null || before.last.plus(FORGET).isBefore(now) ? 1 : before.failures + 1;
    Duration delay = Duration.ZERO;
    if (failures > free) {
      delay = Duration.ofSeconds(1L << Math.min(20, failures - free - 1));
      if (free == ACCOUNT_FREE || delay.compareTo(longest) > 0) {
        delay = longest;
      }
    }
    counts.put(key, new Count(Math.min(failures, 1000), now, now.plus(delay)));
  }

  /** An IPv6 peer owns a whole /64, so the first four groups count. */
  private static String network(String address) {
    byte[] bytes = tr.emanet.event.IpAddress.parse(address);
    if (bytes == null || tr.emanet.event.IpAddress.isV4(bytes, 0)) {
      return address;
    }
    return java.util.HexFormat.of().formatHex(bytes, 0, 8);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  synchronized int size() {
    return counts.size();
  }
}
