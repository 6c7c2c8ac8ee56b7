package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tr.emanet.crash.CrashPoint;

/**
 * Sends acknowledgements, alone and in order of arrival; those of a connection that is gone are
 * dropped, the broker will deliver again. The queue is bounded by what the broker may leave without
 * acknowledgement.
 */
final class AckThread implements AutoCloseable {

  /** The packets of one batch. */
  record Acks(Connection connection, int[] packetIds, int count) {}

  private final BlockingQueue<Acks> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  AckThread(String name) {
    thread = Thread.ofPlatform().daemon().name("ack-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Hands over; never blocks. */
  void send(Acks acks) {
    queue.add(acks);
  }

  private void run() {
    try {
      while (!closed) {
        Acks acks = queue.poll(1, TimeUnit.SECONDS);
        if (acks != null) {
          send(acks.connection(), acks);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Connection connection, Acks acks) {
    for (int i = 0; i < acks.count(); i++) {
      CrashPoint.reach("intake.mqtt.before-ack");
      @Nullable BrokerLink link = connection.link();
      if (link == null || connection.lost() != null) {
        return;
      }
      try {
        link.acknowledge(acks.packetIds()[i]);
        connection.acknowledged();
      } catch (IOException e) {
        connection.lost(String.valueOf(e.getMessage()));
        return;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
