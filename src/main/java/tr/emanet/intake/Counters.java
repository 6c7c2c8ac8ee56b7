package tr.emanet.intake;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import tr.emanet.event.RecordFlags;

/**
 * Counts of one listener. Identity when nothing is in flight: received = journaled + the sum of
 * dropped. Safe for many threads.
 */
public final class Counters {

  private final LongAdder received = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder journaled = new LongAdder();
  private final LongAdder truncated = new LongAdder();
  private final LongAdder incomplete = new LongAdder();
  private final LongAdder redelivered = new LongAdder();
  private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
  private final Map<RefusalReason, LongAdder> refused = new EnumMap<>(RefusalReason.class);

  public Counters() {
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, new LongAdder());
    }
    for (RefusalReason reason : RefusalReason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  /** One record was closed into a batch. */
  public void received(long bytes, int flags) {
    received.increment();
    receivedBytes.add(bytes);
    if (flags != 0) {
      flagged(flags);
    }
  }

  /** Many records without flags. */
  public void received(long records, long bytes) {
    received.add(records);
    receivedBytes.add(bytes);
  }

  /** Counts what the flags of one record say. */
  public void flagged(int flags) {
    if ((flags & RecordFlags.TRUNCATED) != 0) {
      truncated.increment();
    }
    if ((flags & RecordFlags.INCOMPLETE) != 0) {
      incomplete.increment();
    }
    if ((flags & RecordFlags.REDELIVERED) != 0) {
      redelivered.increment();
    }
  }

  public void journaled(long records) {
    journaled.add(records);
  }

  /** Records counted as received that will not reach the journal. */
  public void dropped(DropReason reason, long records) {
    slot(dropped, reason).add(records);
  }

  public void refused(RefusalReason reason) {
    slot(refused, reason).increment();
  }

  private static <K extends Enum<K>> LongAdder slot(Map<K, LongAdder> map, K key) {
    LongAdder adder = map.get(key);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + key);
    }
    return adder;
  }

  public long received() {
    return received.sum();
  }

  public long receivedBytes() {
    return receivedBytes.sum();
  }

  public long journaled() {
    return journaled.sum();
  }

  public long truncated() {
    return truncated.sum();
  }

  public long incomplete() {
    return incomplete.sum();
  }

  public long redelivered() {
    return redelivered.sum();
  }

  /** Every reason, zero counts left out. */
  public Map<DropReason, Long> dropped() {
    return sums(dropped, DropReason.class);
  }

  /** Every reason, zero counts left out. */
  public Map<RefusalReason, Long> refused() {
    return sums(refused, RefusalReason.class);
  }

  private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> from, Class<K> type) {
    Map<K, Long> out = new EnumMap<>(type);
    from.forEach(
        (key, adder) -> {
          long sum = adder.sum();
          if (sum > 0) {
            out.put(key, sum);
          }
        });
    return out;
  }
}
