package tr.emanet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.Poly1305KeyGenerator;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;

/** The code and the derivation that backups rest on, against others'. */
class Poly1305AesTest {

  @Test
  void equalsBouncyCastleOnThousandsOfInputs() {
    Random random = new Random(7);
    for (int i = 0; i < 4000; i++) {
      byte[] k = bytes(random, 16, i);
      byte[] r = bytes(random, 16, i / 3);
      byte[] nonce = bytes(random, 16, i / 5);
      byte[] data = bytes(random, i % 300, i / 7);

      byte[] ours = new byte[16];
      new Poly1305Aes(k, r).tag(nonce, 0, data, 0, data.length, ours, 0);

      assertThat(ours).as("round %d", i).isEqualTo(theirs(k, r, nonce, data));
    }
  }

  /** Random bytes, and now and then all ones or all zeros, where carries go wrong. */
  private static byte[] bytes(Random random, int length, int round) {
    byte[] bytes = new byte[length];
    switch (round % 4) {
      case 0 -> Arrays.fill(bytes, (byte) 0xff);
      case 1 -> Arrays.fill(bytes, (byte) 0);
      default -> random.nextBytes(bytes);
    }
    return bytes;
  }

  private static byte[] theirs(byte[] k, byte[] r, byte[] nonce, byte[] data) {
    byte[] key = new byte[32];
    System.arraycopy(r, 0, key, 0, 16);
    System.arraycopy(k, 0, key, 16, 16);
    Poly1305KeyGenerator.clamp(key);
    Poly1305 mac = new Poly1305(AESEngine.newInstance());
    // Their cipher variant wants r first; the AES key follows.
    byte[] ordered = new byte[32];
    System.arraycopy(key, 0, ordered, 0, 32);
    mac.init(new ParametersWithIV(new KeyParameter(ordered), nonce));
    mac.update(data, 0, data.length);
    byte[] tag = new byte[16];
    mac.doFinal(tag, 0);
    return tag;
  }

  @Test
  void noticesEachChangedBit() {
    byte[] data = "Emanet".getBytes(StandardCharsets.US_ASCII);
    Poly1305Aes code = new Poly1305Aes(new byte[16], bytes(new Random(1), 16, 2));
    byte[] nonce = new byte[16];
    byte[] tag = new byte[16];
    code.tag(nonce, 0, data, 0, data.length, tag, 0);

    for (int bit = 0; bit < data.length * 8; bit++) {
      byte[] changed = data.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(code.verifies(nonce, 0, changed, 0, changed.length, tag, 0)).isFalse();
    }
    assertThat(code.verifies(nonce, 0, data, 0, data.length, tag, 0)).isTrue();
  }

  @Test
  void derivesTheKeysOfRfc7914() {
    byte[] pleaseLetMeIn =
        Scrypt.derive(text("pleaseletmein"), text("SodiumChloride"), 16384, 8, 1, 64);
    byte[] password = Scrypt.derive(text("password"), text("NaCl"), 1024, 8, 16, 64);

    assertThat(HexFormat.of().formatHex(pleaseLetMeIn))
        .isEqualTo(
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
    assertThat(HexFormat.of().formatHex(password))
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  }

  @Test
  void refusesACostThatTakesAllMemory() {
    assertThatThrownBy(() -> Scrypt.derive(text("x"), text("y"), 1 << 24, 8, 1, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Scrypt.accepts(1 << 15, 8, 3)).isTrue();
    assertThat(Scrypt.accepts(1000, 8, 1)).isFalse();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
