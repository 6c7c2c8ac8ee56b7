package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.RecordBlock;

/**
 * Remembers which messages of a session are in the journal, so that a second delivery is
 * recognised: same session, DUP flag, packet id, topic and payload. Only the newest are remembered:
 * what the broker has no acknowledgement for is a suffix of what arrived, while an older message
 * may have had the same packet id and payload. One thread only.
 */
final class Redeliveries {

  /** Half of all packet ids: a broker that counts upwards cannot have come around. */
  private static final int LIMIT = 32_768;

  private static final long WIDEST = 1L << 24;
  private static final int DIGEST_BYTES = 16;

  private final MessageDigest sha;
  private final Map<Integer, byte[]> newest = new LinkedHashMap<>();
  private String session = "";

  Redeliveries() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name of the session, empty before the first one. */
  String session() {
    return session;
  }

  /** A session of which nothing is remembered. */
  void begin(String name) {
    session = name;
    newest.clear();
  }

  /** Whether this delivery repeats one that is in the journal. */
  boolean repeats(Arrival arrival, int keptBytes) {
    if (!arrival.duplicate() || arrival.packetId() == 0) {
      return false;
    }
    byte[] known = newest.get(arrival.packetId());
    return known != null
        && Arrays.equals(known, digest(arrival.topic(), arrival.payload(), 0, keptBytes));
  }

  /** Notes that a message was handed to the journal. */
  void remember(Arrival arrival, int keptBytes) {
    if (arrival.packetId() != 0) {
      put(arrival.packetId(), digest(arrival.topic(), arrival.payload(), 0, keptBytes));
    }
  }

  private void put(int packetId, byte[] digest) {
    newest.remove(packetId);
    newest.put(packetId, digest);
    if (newest.size() > LIMIT) {
      Iterator<Integer> eldest = newest.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private byte[] digest(String topic, byte[] payload, int from, int length) {
    sha.update(topic.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
    sha.update(payload, from, length);
    return Arrays.copyOf(sha.digest(), DIGEST_BYTES);
  }

  /**
   * Rebuilds the memory from the end of a stream. Sequences are shared by all streams, so the
   * window is widened until it holds enough of our records.
   */
  void rebuild(Journal journal, String stream, String clientId, String broker)
      throws IOException, InterruptedException {
    long last = journal.committed(stream);
    long first = journal.first(stream);
    long window = LIMIT;
    while (last >= first) {
      long from = Math.max(first, last - window + 1);
      begin("");
      int found = readBack(journal, stream, from, last, clientId + "@", broker);
      if (found >= LIMIT || from == first || window >= WIDEST) {
        return;
      }
      window *= 16;
    }
  }

  private int readBack(
      Journal journal, String stream, long from, long last, String prefix, String broker)
      throws IOException, InterruptedException {
    int found = 0;
    try (JournalReader reader = journal.read(stream, from)) {
      RecordBlock block = new RecordBlock();
      RecordBlock next = reader.next(block, Duration.ofMillis(100));
      while (next != null) {
        for (int i = 0; i < next.count(); i++) {
          found += learn(next, i, prefix, broker);
        }
        if (next.lastSequence() >= last) {
          return found;
        }
        next = reader.next(block, Duration.ofMillis(100));
      }
    }
    return found;
  }

  private int learn(RecordBlock block, int i, String prefix, String broker) {
    Attributes extra = block.attributes(i);
    String name = extra.text(Attributes.Key.MQTT_SESSION);
    byte @Nullable [] id = extra.get(Attributes.Key.MQTT_PACKET_ID);
    String topic = extra.text(Attributes.Key.MQTT_TOPIC);
    if (name == null
        || topic == null
        || id == null
        || id.length != 2
        || !name.startsWith(prefix)
        || !broker.equals(extra.text(Attributes.Key.MQTT_BROKER))) {
      return 0;
    }
    if (!name.equals(session)) {
      begin(name);
    }
    int packetId = (id[0] & 255) << 8 | id[1] & 255;
    if (packetId != 0) {
      int length = block.to(i) - block.from(i);
      put(packetId, digest(topic, block.bytes(), block.from(i), length));
    }
    return 1;
  }
}
