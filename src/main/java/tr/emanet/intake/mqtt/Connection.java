package tr.emanet.intake.mqtt;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tr.emanet.intake.Counters;
import tr.emanet.intake.DropReason;

/**
 * One life of a connection: what has arrived and waits, and why it ended. Paho's threads put, the
 * subscription's thread takes. Safe for many threads.
 */
final class Connection implements BrokerLink.Events {

  /**
   * A broker may leave that many without acknowledgement, whatever it was asked (MQTT 5, 2.2.1).
   */
  private static final int MAX_WAITING = 65_535;

  private static final long MAX_WAITING_BYTES = 16L << 20;

  private final BlockingQueue<Arrival> arrived = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Counters counters;
  private final AtomicInteger unacknowledged = new AtomicInteger();
  private volatile @Nullable BrokerLink link;
  private volatile @Nullable String lost;
  private volatile boolean full;

  Connection(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void arrived(Arrival arrival) {
    if (full) {
      return;
    }
    if (arrival.qos() > 0) {
      unacknowledged.incrementAndGet();
    }
    int size = arrival.payload().length;
    if (waitingBytes.addAndGet(size) > MAX_WAITING_BYTES + size || !arrived.offer(arrival)) {
      waitingBytes.addAndGet(-size);
      if (arrival.qos() > 0) {
        // Unacknowledged, so the broker keeps it; a gap in what is acknowledged would be worse.
        lost("more messages wait than there is room for");
      } else {
        counters.received(arrival.payload().length, 0);
        counters.dropped(DropReason.OVERLOAD, 1);
      }
    }
  }

  @Override
  public void lost(String why) {
    if (lost == null) {
      lost = why;
    }
  }

  /**
   * Takes nothing more: what is sent from now on stays unacknowledged, so that the broker keeps it
   * for the next connection. A broker that goes on sending must not hold up a stop.
   */
  void takeNoMore() {
    full = true;
  }

  /** Why the connection is gone, or null while it lives. */
  @Nullable String lost() {
    return lost;
  }

  void use(BrokerLink now) {
    link = now;
  }

  @Nullable BrokerLink link() {
    return link;
  }

  /** The next message, or null when none comes in time. */
  @Nullable Arrival poll(Duration patience) throws InterruptedException {
    return less(arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** The next message if it is here. */
  @Nullable Arrival poll() {
    return less(arrived.poll());
  }

  private @Nullable Arrival less(@Nullable Arrival arrival) {
    if (arrival != null) {
      waitingBytes.addAndGet(-arrival.payload().length);
    }
    return arrival;
  }

  void acknowledged() {
    unacknowledged.decrementAndGet();
  }

  int unacknowledged() {
    return unacknowledged.get();
  }
}
