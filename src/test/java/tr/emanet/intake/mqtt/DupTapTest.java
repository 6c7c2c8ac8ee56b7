package tr.emanet.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DupTapTest {

  private static byte[] publish(int flags, int topic, int id, int payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(topic >> 8);
    body.write(topic);
    body.write(new byte[topic]);
    if ((flags & 6) != 0) {
      body.write(id >> 8);
      body.write(id);
    }
    body.write(new byte[payload]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x30 | flags);
    int rest = body.size();
    while (rest > 127) {
      out.write(rest & 127 | 128);
      rest >>>= 7;
    }
    out.write(rest);
    body.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void notesDuplicatesHoweverTheBytesArrive() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(new byte[] {0x20, 3, 0, 0, 0, (byte) 0xd0, 0});
    all.write(publish(2, 5, 7, 1000));
    all.write(publish(10, 5, 300, 20_000));
    all.write(publish(0, 3, 0, 5));
    all.write(publish(10, 0, 9, 0));
    all.write(publish(10, 1, 4, 1));
    all.write(publish(2, 1, 4, 1));
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      Set<Integer> seen = new TreeSet<>();
      try (DupTap tap = new DupTap(new ByteArrayInputStream(all.toByteArray()), seen)) {
        byte[] buffer = new byte[1 + random.nextInt(3000)];
        int n = 0;
        while (n >= 0) {
          n = random.nextBoolean() ? tap.read() : tap.read(buffer, 0, buffer.length);
        }
      }

      assertThat(seen).containsExactly(9, 300);
    }
  }

  @Test
  void survivesAnyBytes() throws IOException {
    Random random = new Random(6);
    for (int round = 0; round < 500; round++) {
      byte[] garbage = new byte[random.nextInt(500)];
      random.nextBytes(garbage);
      Set<Integer> seen = new TreeSet<>();
      try (DupTap tap = new DupTap(new ByteArrayInputStream(garbage), seen)) {
        assertThat(tap.readAllBytes()).isEqualTo(garbage);
      }
    }
  }
}
