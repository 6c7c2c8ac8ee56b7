package tr.emanet.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tr.emanet.crypto.Digests;

class MerkleTest {

  /** As RFC 6962, section 2.1, says it, word by word. */
  private static byte[] naive(List<byte[]> entries) {
    MessageDigest sha = Digests.sha256();
    if (entries.isEmpty()) {
      return sha.digest();
    }
    if (entries.size() == 1) {
      sha.update((byte) 0);
      return sha.digest(entries.getFirst());
    }
    int k = Integer.highestOneBit(entries.size() - 1);
    byte[] left = naive(entries.subList(0, k));
    byte[] right = naive(entries.subList(k, entries.size()));
    sha.update((byte) 1);
    sha.update(left);
    return sha.digest(right);
  }

  @Test
  void growsToTheSameRootsAsTheDefinition() {
    Random random = new Random(6962);
    List<byte[]> entries = new ArrayList<>();
    Merkle merkle = new Merkle();

    for (int n = 0; n <= 300; n++) {
      assertThat(merkle.root()).as("%d entries", n).isEqualTo(naive(entries));
      assertThat(merkle.count()).isEqualTo(n);
      byte[] entry = new byte[Leaf.BYTES];
      random.nextBytes(entry);
      entries.add(entry);
      merkle.add(entry);
    }
  }

  @Test
  void hasTheRootsOfKnownTrees() {
    // The first test vectors of the certificate-transparency project.
    Merkle merkle = new Merkle();
    assertThat(HexFormat.of().formatHex(merkle.root()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    merkle.add(new byte[0]);

    assertThat(HexFormat.of().formatHex(merkle.root()))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    merkle.add(new byte[] {0});
    assertThat(HexFormat.of().formatHex(merkle.root()))
        .isEqualTo("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  }
}
