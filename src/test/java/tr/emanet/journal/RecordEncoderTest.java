package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tr.emanet.event.Attributes;

class RecordEncoderTest {

  private final BatchPool pool = new BatchPool(1);
  private final RecordEncoder encoder = new RecordEncoder();
  private final RecordDecoder decoder = new RecordDecoder();
  private final ByteBuffer out = ByteBuffer.allocate(Format.MAX_RAW);

  private byte[] encode(int count, int distinct) throws InterruptedException {
    encoder.beginFrame(Lines.DAY);
    for (int n = 0; n < count; n++) {
      Batch batch = pool.take();
      Attributes extra =
          Attributes.builder().put(Attributes.Key.RELP_TRANSACTION, "" + n % distinct).build();
      batch.add(
          new byte[] {(byte) n}, 0, 1, Lines.DAY - n, Lines.source(n % distinct), extra, n & 7);
      encoder.add(batch, 0);
      batch.release();
    }
    encoder.drain(out.clear());
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void remembersOnlySoManySourcesAndAttributes() throws Exception {
    byte[] raw = encode(9000, 4500);
    RecordBlock block = new RecordBlock();

    decoder.beginFrame(Lines.DAY);
    decoder.decode(raw, 0, raw.length, 9000, 0, block);

    assertThat(block.count()).isEqualTo(9000);
    for (int n = 0; n < 9000; n++) {
      assertThat(raw[block.from(n)]).isEqualTo((byte) n);
      assertThat(block.source(n)).isEqualTo(Lines.source(n % 4500));
      assertThat(block.attributes(n).text(Attributes.Key.RELP_TRANSACTION))
          .isEqualTo("" + n % 4500);
      assertThat(block.receivedMicros(n)).isEqualTo(Lines.DAY - n);
      assertThat(block.flags(n)).isEqualTo(n & 7);
    }
  }

  @Test
  void equalContextCostsTwoBytesARecord() throws Exception {
    encoder.beginFrame(Lines.DAY);
    Batch batch = pool.take();
    for (int n = 0; n < 100; n++) {
      batch.add(new byte[] {1}, 0, 1, Lines.DAY, Lines.source(1), Lines.attributes(1), 0);
      encoder.add(batch, n);
    }

    assertThat(encoder.size()).isLessThan(100 * 3 + 60);
  }

  @Test
  void hostileBytesAreRefusedAndNeverReadOutside() throws Exception {
    byte[] sound = encode(300, 20);
    Random random = new Random(9);
    int refused = 0;
    for (int k = 0; k < 3000; k++) {
      byte[] raw = sound.clone();
      for (int flips = 0; flips < 3; flips++) {
        raw[random.nextInt(raw.length)] = (byte) random.nextInt();
      }
      decoder.beginFrame(Lines.DAY);
      try {
        decoder.decode(raw, 0, raw.length, 300, 0, new RecordBlock());
      } catch (DamagedException e) {
        refused++;
      }
    }

    assertThat(refused).isGreaterThan(1000);
    decoder.beginFrame(Lines.DAY);
    assertThatThrownBy(() -> decoder.decode(sound, 0, sound.length - 1, 300, 0, new RecordBlock()))
        .isInstanceOf(DamagedException.class);
  }
}
