package tr.emanet.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretSharingTest {

  private static final HexFormat HEX = HexFormat.of();

  @Test
  void joinsWhatAnotherProgramSplit() {
    // f(x) = secret + c*x over GF(2^8)/0x11b with c[i] = 37 i + 11, computed by another program.
    byte[] secret = HEX.parseHex("00112233445566778899aabbccddeeff");
    List<byte[]> shares =
        List.of(
            HEX.parseHex("0b217749db918f79bbc1d7190b31ffc9"),
            HEX.parseHex("167188c761c6af6bee2950e4591ecc93"),
            HEX.parseHex("1d41ddbdfe024665dd712d469ef2dda5"));

    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        if (a != b) {
          assertThat(
                  SecretSharing.combine(
                      new int[] {a + 1, b + 1}, List.of(shares.get(a), shares.get(b))))
              .isEqualTo(secret);
        }
      }
    }
  }

  @Test
  void anyTwoOfThreeBringTheSecretBackAndOneSaysNothing() {
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[32];
    random.nextBytes(secret);

    List<byte[]> shares = SecretSharing.split(secret, 2, 3, random);

    assertThat(shares).hasSize(3).doesNotContain(secret);
    for (int[] pair : new int[][] {{1, 2}, {1, 3}, {2, 3}, {3, 1}}) {
      assertThat(
              SecretSharing.combine(
                  pair, List.of(shares.get(pair[0] - 1), shares.get(pair[1] - 1))))
          .isEqualTo(secret);
    }
    assertThat(SecretSharing.combine(new int[] {1, 3}, List.of(shares.get(0), shares.get(1))))
        .isNotEqualTo(secret);
    assertThatThrownBy(() -> SecretSharing.combine(new int[] {1}, List.of(shares.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachSplitIsAnother() {
    byte[] secret = new byte[32];

    List<byte[]> first = SecretSharing.split(secret, 2, 3, new SecureRandom());
    List<byte[]> second = SecretSharing.split(secret, 2, 3, new SecureRandom());

    assertThat(first.getFirst()).isNotEqualTo(second.getFirst()).isNotEqualTo(secret);
  }
}
