package tr.emanet.crypto;

import org.bouncycastle.crypto.generators.SCrypt;

/** scrypt (RFC 7914), bounded: a key file from a stranger may not ask for all memory. */
public final class Scrypt {

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
    return SCrypt.generate(password, salt, n, r, p, length);
  }
}
