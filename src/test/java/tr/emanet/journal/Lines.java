package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tr.emanet.event.Attributes;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;

/** Records for tests: made from a number, so that every one can be checked without its original. */
final class Lines {

  static final long DAY = 1_795_000_000_000_000L;

  private Lines() {}

  static SourceAddress source(int n) {
    byte[] address = IpAddress.mapped(new byte[] {10, 1, (byte) (n >> 8), (byte) n});
    return new SourceAddress("syslog_tcp", address, 1000 + n);
  }

  static Attributes attributes(int n) {
    return n % 3 == 0
        ? Attributes.NONE
        : Attributes.builder().put(Attributes.Key.MQTT_TOPIC, "sensor/" + n % 5).build();
  }

  /** The bytes of record {@code n}; some are empty, some are long, some are not text. */
  static byte[] bytes(int n) {
    Random random = new Random(n * 31L + 7);
    if (n % 97 == 96) {
      return new byte[0];
    }
    if (n % 53 == 52) {
      byte[] noise = new byte[random.nextInt(9000)];
      random.nextBytes(noise);
      return noise;
    }
    return line(n, random).getBytes(StandardCharsets.UTF_8);
  }

  static String line(int n, Random random) {
    return "<134>1 2026-11-22T12:00:"
        + 10
        + n % 50
        + "."
        + (100000 + random.nextInt(900000))
        + "+03:00 fw-"
        + n % 7
        + ".belediye.example FortiGate 1234 - - devname=\"FW-MERKEZ-"
        + n % 3
        + "\" logid=\"00000000"
        + random.nextInt(20)
        + "\" type=\"traffic\" srcip=10.20."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + " srcport="
        + random.nextInt(65536)
        + " dstip=93.184."
        + random.nextInt(16)
        + "."
        + random.nextInt(256)
        + " dstport=443 action=\"accept\" bytes="
        + random.nextInt(100000)
        + " n="
        + n;
  }

  static void add(Batch batch, int n) {
    byte[] bytes = bytes(n);
    boolean fits =
        batch.add(
            bytes,
            0,
            bytes.length,
            DAY + n * 137L,
            source(n % 11),
            attributes(n),
            n % 41 == 0 ? 5 : 0);
    assertThat(fits).isTrue();
  }

  /** A batch with the records {@code [from, from + count)}. */
  static Batch batch(BatchPool pool, int from, int count) throws InterruptedException {
    Batch batch = pool.take();
    for (int n = from; n < from + count; n++) {
      add(batch, n);
    }
    return batch;
  }

  static void check(JournalRecord record, int n) {
    assertThat(record.bytes()).as("bytes of record %d", n).isEqualTo(bytes(n));
    assertThat(record.receivedMicros()).isEqualTo(DAY + n * 137L);
    assertThat(record.source()).isEqualTo(source(n % 11));
    assertThat(record.attributes()).isEqualTo(attributes(n));
    assertThat(record.flags()).isEqualTo(n % 41 == 0 ? 5 : 0);
  }

  /** Copies a block's records out. */
  static List<JournalRecord> copy(RecordBlock block) {
    List<JournalRecord> out = new ArrayList<>();
    for (int i = 0; i < block.count(); i++) {
      out.add(
          new JournalRecord(
              new Position(block.stream(), block.firstSequence() + i),
              java.util.Arrays.copyOfRange(block.bytes(), block.from(i), block.to(i)),
              block.receivedMicros(i),
              block.source(i),
              block.attributes(i),
              block.flags(i)));
    }
    return out;
  }

  /** Everything that can be read now. */
  static List<JournalRecord> readAll(Journal journal, String stream, long from)
      throws IOException, InterruptedException {
    List<JournalRecord> out = new ArrayList<>();
    try (JournalReader reader = journal.read(stream, from)) {
      RecordBlock block = new RecordBlock();
      while (reader.next(block, Duration.ZERO) != null) {
        out.addAll(copy(block));
      }
    }
    return out;
  }
}
