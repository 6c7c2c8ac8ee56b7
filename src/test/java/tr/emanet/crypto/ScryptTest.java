package tr.emanet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

/** RFC 7914, section 12, and Bouncy Castle as the second opinion. */
class ScryptTest {

  private static String derive(String password, String salt, int n, int r, int p) {
    byte[] key =
        Scrypt.derive(
            password.getBytes(StandardCharsets.US_ASCII),
            salt.getBytes(StandardCharsets.US_ASCII),
            n,
            r,
            p,
            64);
    return HexFormat.of().formatHex(key);
  }

  @Test
  void givesTheVectorsOfTheRfc() {
    assertThat(derive("", "", 16, 1, 1))
        .isEqualTo(
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    assertThat(derive("password", "NaCl", 1024, 8, 16))
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  }

  @Test
  void agreesWithAnotherImplementation() {
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] password = new byte[random.nextInt(100)];
      byte[] salt = new byte[1 + random.nextInt(80)];
      random.nextBytes(password);
      random.nextBytes(salt);
      int n = 2 << random.nextInt(7);
      int r = 1 + random.nextInt(9);
      int p = 1 + random.nextInt(3);
      int length = 1 + random.nextInt(100);

      byte[] ours = Scrypt.derive(password, salt, n, r, p, length);

      assertThat(ours).isEqualTo(SCrypt.generate(password, salt, n, r, p, length));
    }
  }

  @Test
  void refusesACostThatWouldTakeAllMemory() {
    assertThatThrownBy(() -> Scrypt.derive(new byte[1], new byte[1], 1 << 24, 8, 1, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
