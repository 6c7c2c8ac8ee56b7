package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The four-lane search against one that does it byte by byte with plain arithmetic. */
class ChunkerTest {

  /** The polynomial of restic's own tests. */
  private static final long P = 0x3DA3358B4DC173L;

  @Test
  void cutsWhereASlowSearchCuts() {
    byte[] bytes = new byte[24 << 20];
    new Random(5).nextBytes(bytes);
    Arrays.fill(bytes, 3 << 20, 6 << 20, (byte) 0);
    Arrays.fill(bytes, 10 << 20, 19 << 20, (byte) 'a');

    assertThat(cuts(bytes)).isEqualTo(naive(bytes)).hasSizeGreaterThan(10);
  }

  @Test
  void cutsShortInputsAtTheirEnd() {
    Chunker chunker = new Chunker(P);
    byte[] bytes = Fixture.random(Chunker.MIN + 20_000, 3);

    for (int length : new int[] {1, 63, Chunker.MIN - 1, Chunker.MIN, Chunker.MIN + 17_001}) {
      assertThat(chunker.cut(bytes, 0, length, true)).isBetween(1, length);
    }
    assertThat(chunker.cut(bytes, 0, Chunker.MIN - 1, false)).isZero();
  }

  @Test
  void makesIrreduciblePolynomials() {
    long fresh = Polynomial.random(Fixture.RANDOM);

    assertThat(Polynomial.degree(fresh)).isEqualTo(53);
    assertThat(Polynomial.irreducible(P)).isTrue();
    assertThat(Polynomial.irreducible(P ^ 2)).isFalse();
  }

  private static List<Integer> cuts(byte[] bytes) {
    Chunker chunker = new Chunker(P);
    List<Integer> cuts = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      // Arrives in odd pieces: what is too few to say must not change the answer.
      byte[] room = Arrays.copyOfRange(bytes, start, bytes.length);
      int length = 0;
      int looked = 0;
      for (int end = 300_001; length == 0 && end < room.length; end += 300_001) {
        length = chunker.cut(room, looked, end, false);
        looked = end + 1;
      }
      if (length == 0) {
        length = chunker.cut(room, looked, room.length, true);
      }
      cuts.add(length);
      start += length;
    }
    return cuts;
  }

  /** As the description says: the fingerprint of the last 64 bytes, byte by byte. */
  private static List<Integer> naive(byte[] bytes) {
    long[] out = new long[256];
    for (int b = 0; b < 256; b++) {
      long h = b;
      for (int i = 0; i < 63; i++) {
        h = Polynomial.mod(h << 8, P);
      }
      out[b] = h;
    }
    List<Integer> cuts = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int end = Math.min(bytes.length, start + Chunker.MAX);
      long h = 0;
      int at = start + Chunker.MIN - 64;
      for (int i = at; i < Math.min(end, at + 64); i++) {
        h = Polynomial.mod(h << 8 | bytes[i] & 0xff, P);
      }
      at = start + Chunker.MIN;
      while (at < end && (h & (1 << 20) - 1) != 0) {
        h = Polynomial.mod((h ^ out[bytes[at - 64] & 0xff]) << 8 | bytes[at] & 0xff, P);
        at++;
      }
      cuts.add(Math.min(at, end) - start);
      start = Math.min(at, end);
    }
    return cuts;
  }
}
