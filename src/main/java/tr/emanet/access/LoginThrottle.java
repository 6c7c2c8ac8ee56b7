package tr.emanet.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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
 * Counts are forgotten an hour after the last failure. Names are counted whether they exist or not.
 * The table is bounded; the entry unused for longest goes first. Thread-safe.
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

  private record Count(int failures, Instant last, Instant openAt) {}

  private final InstantSource clock;
  private final Map<String, Count> counts = bounded(MAX_ENTRIES);
  private final Map<String, Boolean> known = bounded(MAX_KNOWN);

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
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
  synchronized Duration attempt(String account, String address) {
    Instant now = clock.instant();
    String network = network(address);
    String pair = "p:" + network + " " + account;
    Duration wait = longer(wait("a:" + network, now), wait(pair, now));
    if (!known.containsKey(pair)) {
      wait = longer(wait, wait("n:" + account, now));
    }
    if (!wait.isZero()) {
      return wait;
    }
    count(pair, now, PAIR_FREE, PAIR_LONGEST);
    count("a:" + network, now, ADDRESS_FREE, ADDRESS_LONGEST);
    count("n:" + account, now, ACCOUNT_FREE, ACCOUNT_DELAY);
    return Duration.ZERO;
  }

  /** The last allowed try of this account at this address was right. */
  synchronized void succeeded(String account, String address) {
    String network = network(address);
    String pair = "p:" + network + " " + account;
    counts.remove(pair);
    counts.remove("n:" + account);
    // The address keeps its earlier failures: one right password must not pay for many guesses.
    takeBack("a:" + network);
    known.put(pair, Boolean.TRUE);
  }

  /** The last allowed try could not be judged, because too many were waiting. */
  synchronized void unjudged(String account, String address) {
    String network = network(address);
    takeBack("p:" + network + " " + account);
    takeBack("a:" + network);
    takeBack("n:" + account);
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
