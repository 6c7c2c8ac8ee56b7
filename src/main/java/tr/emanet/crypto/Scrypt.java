package tr.emanet.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * scrypt (RFC 7914), bounded: a key file from a stranger may not ask for all memory.
 *
 * <p>Not Bouncy Castle's, which takes twice the time of a command that opens a repository: one
 * array of words, and a Salsa20/8 core in local variables. Tests compare it with the vectors of the
 * RFC and with Bouncy Castle's.
 */
public final class Scrypt {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** What one derivation may take: 512 MiB. */
  private static final long MAX_MEMORY = 512L << 20;

  private static final long MAX_WORK = 16L << 30;

  private Scrypt() {}

  /** True when the cost is one that {@link #derive} accepts. */
  public static boolean accepts(int n, int r, int p) {
    return n > 1
        && Integer.bitCount(n) == 1
        && r > 0
        && p > 0
        && r <= 1024
        && p <= 1024
        && 128L * n * r <= MAX_MEMORY
        && 128L * n * r * p <= MAX_WORK;
  }

  /**
   * Derives key bytes from a password.
   *
   * @param length 1 to 1024 bytes
   * @throws IllegalArgumentException when the cost is not accepted
   */
  public static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
    if (!accepts(n, r, p) || length < 1 || length > 1024) {
      throw new IllegalArgumentException("scrypt cost N=" + n + " r=" + r + " p=" + p);
    }
    int words = 32 * r;
    byte[] bytes = stretch(password, salt, 128 * r * p);
    int[] block = new int[words];
    int[] mixed = new int[words];
    int[] table = new int[n * words];
    for (int i = 0; i < p; i++) {
      int start = 128 * r * i;
      for (int w = 0; w < words; w++) {
        block[w] = (int) INTS.get(bytes, start + 4 * w);
      }
      mix(block, mixed, table, n);
      for (int w = 0; w < words; w++) {
        INTS.set(bytes, start + 4 * w, block[w]);
      }
    }
    byte[] key = stretch(password, bytes, length);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(block, 0);
    Arrays.fill(mixed, 0);
    // By copies: a plain loop over millions of words is slow as long as nothing is compiled.
    for (int at = 0; at < table.length; at += words) {
      System.arraycopy(mixed, 0, table, at, words);
    }
    return key;
  }

  /** PBKDF2-HMAC-SHA-256 of one iteration; the JDK's takes characters, a password is bytes. */
  private static byte[] stretch(byte[] password, byte[] salt, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // HMAC pads a key with zeros: one zero byte is the empty key, which the JDK refuses.
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
      byte[] out = new byte[length];
      byte[] number = new byte[4];
      for (int at = 0, block = 1; at < length; at += 32, block++) {
        BIG.set(number, 0, block);
        mac.update(salt);
        mac.update(number);
        System.arraycopy(mac.doFinal(), 0, out, at, Math.min(32, length - at));
      }
      return out;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** scryptROMix; {@code block} is changed, {@code mixed} as long and of any content. */
  private static void mix(int[] block, int[] mixed, int[] table, int n) {
    int words = block.length;
    int[] x = block;
    int[] y = mixed;
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, 0, table, i * words, words);
      blocks(x, y);
      int[] swap = x;
      x = y;
      y = swap;
    }
    for (int i = 0; i < n; i++) {
      int at = (x[words - 16] & n - 1) * words;
      xor(x, table, at);
      blocks(x, y);
      int[] swap = x;
      x = y;
      y = swap;
    }
    // n is even: both loops end with x as the first array.
  }

  private static void xor(int[] x, int[] table, int at) {
    for (int w = 0; w < x.length; w++) {
      x[w] ^= table[at + w];
    }
  }

  /** scryptBlockMix: even blocks to the front, odd ones behind. */
  private static void blocks(int[] from, int[] into) {
    int[] state = Arrays.copyOfRange(from, from.length - 16, from.length);
    int half = from.length / 2;
    for (int at = 0; at < from.length; at += 32) {
      salsa(state, from, at, into, at / 2);
      salsa(state, from, at + 16, into, half + at / 2);
    }
  }

  /** Salsa20/8 of state xor 16 words, into the state and to the place. */
  private static void salsa(int[] state, int[] from, int at, int[] into, int to) {
    for (int i = 0; i < 16; i++) {
      state[i] ^= from[at + i];
    }
    int x0 = state[0];
    int x1 = state[1];
    int x2 = state[2];
    int x3 = state[3];
    int x4 = state[4];
    int x5 = state[5];
    int x6 = state[6];
    int x7 = state[7];
    int x8 = state[8];
    int x9 = state[9];
    int x10 = state[10];
    int x11 = state[11];
    int x12 = state[12];
    int x13 = state[13];
    int x14 = state[14];
    int x15 = state[15];
    for (int round = 0; round < 4; round++) {
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    state[0] += x0;
    state[1] += x1;
    state[2] += x2;
    state[3] += x3;
    state[4] += x4;
    state[5] += x5;
    state[6] += x6;
    state[7] += x7;
    state[8] += x8;
    state[9] += x9;
    state[10] += x10;
    state[11] += x11;
    state[12] += x12;
    state[13] += x13;
    state[14] += x14;
    state[15] += x15;
    System.arraycopy(state, 0, into, to, 16);
  }
}
