package tr.emanet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The intake of the last 24 hours as a rate, and what is usual at each time of the day. Pure.
 *
 * @param from begin of the first slot
 * @param rates records a second in each slot; -1 where the service stood still
 * @param usual the usual range in each slot; empty when there is not enough history
 * @param days how many days of history there are
 */
record LoadLine(Instant from, List<Double> rates, List<Band> usual, int days) {

  /** Days of history before anything is called usual. */
  static final int ENOUGH_DAYS = 7;

  private static final int SLOTS = (int) Duration.ofDays(1).dividedBy(HistoryStore.SLOT);
  private static final int NEIGHBOURS = 2;
  private static final double LOW = 0.1;
  private static final double HIGH = 0.9;

  LoadLine {
    rates = List.copyOf(rates);
    usual = List.copyOf(usual);
  }

  /** The usual range of a slot in records a second. */
  record Band(double low, double high) {}

  /** Makes the line from everything that is kept, oldest first. */
  static LoadLine of(List<HistoryStore.Slot> slots, Instant now) {
    long width = HistoryStore.SLOT.toMillis();
    long last = now.toEpochMilli() / width;
    double[] rates = new double[SLOTS];
    Arrays.fill(rates, -1);
    double[][] past = new double[SLOTS][0];
    Instant oldest = slots.isEmpty() ? now : slots.getFirst().at();
    for (HistoryStore.Slot slot : slots) {
      long number = slot.at().toEpochMilli() / width;
      long back = last - number;
      if (back < 0) {
        continue;
      }
      double seconds =
          back == 0 ? Math.max(1, (now.toEpochMilli() % width) / 1000.0) : width / 1000.0;
      double rate = slot.received() / seconds;
      if (back < SLOTS) {
        rates[(int) (SLOTS - 1 - back)] = rate;
      } else {
        int place = (int) (SLOTS - 1 - back % SLOTS);
        past[place] = Arrays.copyOf(past[place], past[place].length + 1);
        past[place][past[place].length - 1] = rate;
      }
    }
    int days = (int) Duration.between(oldest, now).toDays();
    return new LoadLine(
        Instant.ofEpochMilli((last - SLOTS + 1) * width),
        Arrays.stream(rates).boxed().toList(),
        days >= ENOUGH_DAYS ? bands(past) : List.of(),
        days);
  }

  private static List<Band> bands(double[][] past) {
    List<Band> out = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      double[] near = new double[0];
      for (int j = i - NEIGHBOURS; j <= i + NEIGHBOURS; j++) {
        double[] more = past[Math.floorMod(j, SLOTS)];
        int before = near.length;
        near = Arrays.copyOf(near, before + more.length);
        System.arraycopy(more, 0, near, before, more.length);
      }
      Arrays.sort(near);
      out.add(
          near.length == 0
              ? new Band(0, 0)
              : new Band(
                  near[(int) (LOW * (near.length - 1))], near[(int) (HIGH * (near.length - 1))]));
    }
    return out;
  }

  /** What is usual now; empty when there is not enough history. */
  Optional<Band> now() {
    return usual.isEmpty() ? Optional.empty() : Optional.of(usual.getLast());
  }

  /** The highest rate or usual rate; at least 1. */
  double most() {
    double rate = rates.stream().mapToDouble(r -> r).max().orElse(1);
    double band = usual.stream().mapToDouble(Band::high).max().orElse(1);
    return Math.max(1, Math.max(rate, band));
  }

  /** Whether there is anything to draw. */
  boolean empty() {
    return rates.stream().filter(r -> r >= 0).count() < 2;
  }
}
