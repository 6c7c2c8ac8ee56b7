package tr.emanet.torture;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The harness's own books for one round: what each channel sent, what the broker acknowledged to
 * its publisher, and which messages the broker delivered to nobody. It lives in this process's
 * memory, so it lies on no file system that is cut. Thread-safe.
 */
final class Ledger {

  /** Differences named in a verdict; more would only fill the page. */
  private static final int EXAMPLES = 8;

  private final String token;
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();

  Ledger(String token) {
    this.token = token;
  }

  /** The search word of the round. */
  String token() {
    return token;
  }

  /** The write of a line has begun: from now on it may be stored. */
  void sent(String channel, int number) {
    Channel c = channel(channel);
    synchronized (c) {
      c.sent = Math.max(c.sent, number);
    }
  }

  /** The broker answered PUBACK: from now on the line must never be lost. */
  void acknowledged(String channel, int number) {
    Channel c = channel(channel);
    synchronized (c) {
      c.acknowledged.set(number);
    }
  }

  /** The broker answered that nobody has subscribed: the line is nobody's promise. */
  void unheard(String channel) {
    Channel c = channel(channel);
    synchronized (c) {
      c.unheard++;
    }
  }

  private Channel channel(String name) {
    return channels.computeIfAbsent(name, n -> new Channel());
  }

  int sentBy(String prefix) {
    return channels.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .mapToInt(
            e -> {
              synchronized (e.getValue()) {
                return e.getValue().sent;
              }
            })
        .sum();
  }

  int acknowledged() {
    return channels.values().stream()
        .mapToInt(
            c -> {
              synchronized (c) {
                return c.acknowledged.cardinality();
              }
            })
        .sum();
  }

  /** A copy of what is acknowledged now: taken before the power is cut. */
  Ledger snapshot() {
    Ledger copy = new Ledger(token);
    channels.forEach(
        (name, c) -> {
          synchronized (c) {
            Channel to = copy.channel(name);
            to.sent = c.sent;
            to.unheard = c.unheard;
            to.acknowledged.or(c.acknowledged);
          }
        });
    return copy;
  }

  /**
   * Compares with what the service shows.
   *
   * @param stored every event of the round, each as often as it is shown
   * @param altered events of the round whose text is not one that was sent
   * @param whole whether every TCP line that was sent must be there (nothing was killed)
   */
  Verdict compare(List<Line> stored, int altered, boolean whole) {
    Map<String, Map<Integer, Integer>> counts = new HashMap<>();
    for (Line line : stored) {
      counts
          .computeIfAbsent(line.channel(), c -> new TreeMap<>())
          .merge(line.number(), 1, Integer::sum);
    }
    Tally tally = new Tally();
    new TreeMap<>(channels)
        .forEach(
            (name, channel) -> {
              Map<Integer, Integer> shown = counts.getOrDefault(name, Map.of());
              synchronized (channel) {
                if (name.startsWith("t")) {
                  prefix(tally, name, channel, shown, whole);
                } else {
                  promises(tally, name, channel, shown);
                }
                common(tally, name, channel, shown);
              }
            });
    counts.forEach(
        (name, shown) -> {
          if (!channels.containsKey(name)) {
            tally.foreign += shown.size();
            tally.example(name + " was never a channel");
          }
        });
    return new Verdict(
        sentBy("t"),
        acknowledged(),
        stored.size(),
        tally.lost,
        tally.duplicates,
        tally.gaps,
        tally.foreign,
        altered,
        channels.values().stream().mapToInt(c -> c.unheard).sum(),
        List.copyOf(tally.examples));
  }

  private static void prefix(
      Tally tally, String name, Channel channel, Map<Integer, Integer> shown, boolean whole) {
    int last = shown.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    int end = whole ? channel.sent : last;
    for (int i = 1; i <= end; i++) {
      if (!shown.containsKey(i)) {
        tally.gaps++;
        tally.example(name + "." + i + " is missing, " + name + "." + last + " is there");
      }
    }
  }

  private static void promises(
      Tally tally, String name, Channel channel, Map<Integer, Integer> shown) {
    channel.acknowledged.stream()
        .filter(i -> !shown.containsKey(i))
        .forEach(
            i -> {
              tally.lost++;
              tally.example(name + "." + i + " was acknowledged and is lost");
            });
  }

  private static void common(
      Tally tally, String name, Channel channel, Map<Integer, Integer> shown) {
    shown.forEach(
        (number, times) -> {
          if (times > 1) {
            tally.duplicates += times - 1;
            tally.example(name + "." + number + " is shown " + times + " times");
          }
          if (number < 1 || number > channel.sent) {
            tally.foreign++;
            tally.example(name + "." + number + " was never sent");
          }
        });
  }

  /** One sender's line of numbers; guarded by itself. */
  private static final class Channel {
    private final BitSet acknowledged = new BitSet();
    private int sent;
    private int unheard;
  }

  private static final class Tally {
    private final List<String> examples = new ArrayList<>();
    private int lost;
    private int duplicates;
    private int gaps;
    private int foreign;

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text);
      }
    }
  }
}
