package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ScrambledTest {

  @Test
  void tellsEncryptedBytesFromTextAndFromKnownFormats() throws Exception {
    byte[] text = "İmar planı değişikliği, 1/1000\n".repeat(300).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(text);
      byte[] noise = new byte[9000];
      new Random(1).nextBytes(noise);
      out.write(noise);
    }
    byte[] picture = random(3, 8000);
    picture[0] = (byte) 0xFF;
    picture[1] = (byte) 0xD8;
    picture[2] = (byte) 0xFF;
    int seen = 0;
    for (int i = 0; i < 1000; i++) {
      seen += Scrambled.looks(random(i, 512 + i * 8), 512 + i * 8) ? 1 : 0;
    }

    assertThat(seen).isGreaterThan(990);
    assertThat(Scrambled.looks(text, text.length)).isFalse();
    assertThat(Scrambled.looks(gzip.toByteArray(), gzip.size())).isFalse();
    assertThat(Scrambled.looks(picture, picture.length)).isFalse();
    assertThat(Scrambled.looks(random(1, 100), 100)).as("too few to tell").isFalse();
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    // A beginning of a known format would be chance.
    bytes[0] = 1;
    return bytes;
  }
}
