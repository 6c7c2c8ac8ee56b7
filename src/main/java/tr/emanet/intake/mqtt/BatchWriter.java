package tr.emanet.intake.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tr.emanet.crash.CrashPoint;
import tr.emanet.event.Attributes;
import tr.emanet.event.RecordFlags;
import tr.emanet.event.SourceAddress;
import tr.emanet.intake.BatchOut;
import tr.emanet.intake.Counters;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RefusalReason;
import tr.emanet.journal.Batch;

/**
 * Puts waiting messages of one connection into a batch, each with its MQTT attributes, and arranges
 * that they are acknowledged when they are durable. One thread only.
 */
final class BatchWriter {

  private final MqttOptions options;
  private final Redeliveries redeliveries;
  private final AckThread acks;
  private final BatchOut out;
  private final Counters counters;
  private final MicroClock clock;

  private @Nullable Connection connection;
  private SourceAddress source = new SourceAddress("", new byte[16], 0);
  private String session = "";
  private byte[] broker = new byte[0];

  /** What one batch took. */
  record Written(int records, long bytes) {}

  BatchWriter(
      MqttOptions options,
      Redeliveries redeliveries,
      AckThread acks,
      BatchOut out,
      Counters counters,
      MicroClock clock) {
    this.options = options;
    this.redeliveries = redeliveries;
    this.acks = acks;
    this.out = out;
    this.counters = counters;
    this.clock = clock;
  }

  void begin(Connection now, SourceAddress from, String sessionName) {
    connection = now;
    source = from;
    session = sessionName;
    broker = options.broker().getBytes(StandardCharsets.UTF_8);
  }

  /** Fills the batch with {@code first} and what waits behind it, and delivers it. */
  Written write(Batch batch, Arrival first) {
    Connection of = connection;
    if (of == null) {
      throw new IllegalStateException("not connected");
    }
    int[] ids = new int[16];
    Arrival[] taken = new Arrival[16];
    int count = 0;
    int acknowledged = 0;
    long micros = clock.micros();
    Arrival next = first;
    while (next != null) {
      if (count == taken.length) {
        taken = Arrays.copyOf(taken, count * 2);
      }
      taken[count++] = next;
      if (next.qos() > 0) {
        if (acknowledged == ids.length) {
          ids = Arrays.copyOf(ids, acknowledged * 2);
        }
        ids[acknowledged++] = next.packetId();
      }
      add(batch, next, micros);
      next =
          count < Batch.MAX_RECORDS - 1 && batch.remaining() > MqttOptions.MAX_KEPT
              ? of.poll()
              : null;
    }
    Written written = new Written(batch.count(), batch.size());
    deliver(batch, of, new AckThread.Acks(of, ids, acknowledged), taken, count);
    return written;
  }

  private void deliver(
      Batch batch, Connection of, AckThread.Acks due, @Nullable Arrival[] taken, int count) {
    CrashPoint.reach("intake.mqtt.before-append");
    if (batch.count() == 0) {
      acks.send(due);
    } else if (due.count() > 0) {
      batch.onDurable(() -> acks.send(due));
    }
    if (batch.count() == 0) {
      batch.release();
      return;
    }
    if (!out.deliver(batch)) {
      // Not acknowledged: ended and connected again, the broker delivers them anew.
      of.lost("the route failed");
      return;
    }
    for (int i = 0; i < count; i++) {
      Arrival arrival = taken[i];
      if (arrival != null) {
        redeliveries.remember(arrival, kept(arrival));
      }
    }
  }

  private static int kept(Arrival arrival) {
    return Math.min(arrival.payload().length, MqttOptions.MAX_KEPT);
  }

  private void add(Batch batch, Arrival arrival, long micros) {
    int length = kept(arrival);
    if (length == 0) {
      counters.refused(RefusalReason.EMPTY_FRAME);
      return;
    }
    int flags = length < arrival.payload().length ? RecordFlags.TRUNCATED : 0;
    if (redeliveries.repeats(arrival, length)) {
      flags |= RecordFlags.REDELIVERED;
    }
    byte[] topic = arrival.topic().getBytes(StandardCharsets.UTF_8);
    Attributes.Builder extra =
        Attributes.builder()
            .put(Attributes.Key.MQTT_BROKER, broker)
            .put(
                Attributes.Key.MQTT_TOPIC,
                topic.length > MqttOptions.MAX_TOPIC_BYTES
                    ? Arrays.copyOf(topic, MqttOptions.MAX_TOPIC_BYTES)
                    : topic)
            .put(Attributes.Key.MQTT_FLAGS, new byte[] {arrival.flags()})
            .put(Attributes.Key.MQTT_SESSION, session);
    if (arrival.packetId() != 0) {
      int id = arrival.packetId();
      extra.put(Attributes.Key.MQTT_PACKET_ID, new byte[] {(byte) (id >> 8), (byte) id});
    }
    counters.received(length, flags);
    batch.add(arrival.payload(), 0, length, micros, source, extra.build(), flags);
  }
}
