package tr.emanet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which senders are silent for longer than they usually are. Pure.
 *
 * <p>A sender that was heard in fewer than ten minutes has no habit yet. Others are silent when
 * nothing came for ten minutes and for six times their mean distance; what the service itself slept
 * is nobody's silence.
 *
 * @param silent the longest silent first
 * @param known senders of the last seven days
 * @param young those without a habit
 */
record Silence(List<Quiet> silent, int known, int young) {

  /** Senders that were not heard for longer are forgotten. */
  static final Duration KNOWN = Duration.ofDays(7);

  private static final Duration LEAST = Duration.ofMinutes(10);
  private static final int HABIT = 10;
  private static final int TIMES = 6;

  Silence {
    silent = List.copyOf(silent);
  }

  /** A silent sender and when it was last heard. */
  record Quiet(String address, Instant last, Duration usual) {}

  /**
   * @param started when this process began to listen
   */
  static Silence of(List<HistoryStore.Heard> sources, Instant started, Instant now) {
    List<Quiet> silent = new ArrayList<>();
    int young = 0;
    for (HistoryStore.Heard source : sources) {
      if (source.minutes() < HABIT) {
        young++;
        continue;
      }
      Duration usual =
          Duration.between(source.first(), source.last()).dividedBy(source.minutes() - 1);
      Duration bound = usual.multipliedBy(TIMES);
      bound = bound.compareTo(LEAST) < 0 ? LEAST : bound;
      Instant since = source.last().isBefore(started) ? started : source.last();
      if (Duration.between(since, now).compareTo(bound) > 0) {
        silent.add(new Quiet(source.address(), source.last(), usual));
      }
    }
    silent.sort(Comparator.comparing(Quiet::last));
    return new Silence(silent, sources.size(), young);
  }
}
