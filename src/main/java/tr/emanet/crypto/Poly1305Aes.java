package tr.emanet.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Poly1305-AES (Bernstein 2005): a 16-byte tag under keys k (AES-128) and r and a nonce of 16 bytes
 * that must not repeat.
 *
 * <p>Not Bouncy Castle's, which takes about three times as long: limbs of 44 bits, each product cut
 * at bit 44 by one high and one low multiplication, so that sums need no carries. Tests compare it
 * with Bouncy Castle's. One thread at a time.
 */
public final class Poly1305Aes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long M44 = (1L << 44) - 1;
  private static final long M42 = (1L << 42) - 1;

  private final Cipher pad;
  private final byte[] padBytes = new byte[16];
  private final byte[] last = new byte[16];
  private final long r0;
  private final long r1;
  private final long r2;
  private long h0;
  private long h1;
  private long h2;

  /**
   * A code with its keys, 16 bytes each; r is clamped here.
   *
   * @throws IllegalArgumentException when a key has another length
   */
  public Poly1305Aes(byte[] k, byte[] r) {
    if (k.length != 16 || r.length != 16) {
      throw new IllegalArgumentException("keys of 16 bytes");
    }
    try {
      pad = Cipher.getInstance("AES/ECB/NoPadding");
      pad.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(k, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
    long low = (long) LONGS.get(r, 0) & 0x0ffffffc0fffffffL;
    long high = (long) LONGS.get(r, 8) & 0x0ffffffc0ffffffcL;
    r0 = low & M44;
    r1 = ((low >>> 44) | (high << 20)) & M44;
    r2 = high >>> 24;
  }

  /** Writes the tag of the bytes; {@code nonce} and {@code tag} are 16 bytes at their offsets. */
  public void tag(
      byte[] nonce, int nonceAt, byte[] data, int offset, int length, byte[] tag, int tagAt) {
    h0 = 0;
    h1 = 0;
    h2 = 0;
    int whole = length & ~15;
    blocks(data, offset, whole, 1L << 40);
    if (whole < length) {
      Arrays.fill(last, (byte) 0);
      System.arraycopy(data, offset + whole, last, 0, length - whole);
      last[length - whole] = 1;
      blocks(last, 0, 16, 0);
    }
    try {
      pad.update(nonce, nonceAt, 16, padBytes, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("one AES block", e);
    }
    finish(tag, tagAt);
  }

  /** True when the tag is that of the bytes; takes the same time wherever they differ. */
  public boolean verifies(
      byte[] nonce, int nonceAt, byte[] data, int offset, int length, byte[] tag, int tagAt) {
    byte[] ours = new byte[16];
    tag(nonce, nonceAt, data, offset, length, ours, 0);
    int different = 0;
    for (int i = 0; i < 16; i++) {
      different |= ours[i] ^ tag[tagAt + i];
    }
    return different == 0;
  }

  private void blocks(byte[] data, int offset, int length, long highBit) {
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    long s1 = r1 * 20;
    long s2 = r2 * 20;
    // (x << 10) * (y << 10) >> 64 is x * y >> 44.
    long q0 = r0 << 10;
    long q1 = r1 << 10;
    long q2 = r2 << 10;
    long t1 = s1 << 10;
    long t2 = s2 << 10;
    for (int at = offset, end = offset + length; at < end; at += 16) {
      long low = (long) LONGS.get(data, at);
      long high = (long) LONGS.get(data, at + 8);
      a0 += low & M44;
      a1 += ((low >>> 44) | (high << 20)) & M44;
      a2 += (high >>> 24) | highBit;
      long b0 = a0 << 10;
      long b1 = a1 << 10;
      long b2 = a2 << 10;
      long up0 = Math.multiplyHigh(b0, q0) + Math.multiplyHigh(b1, t2) + Math.multiplyHigh(b2, t1);
      long down0 = ((a0 * r0) & M44) + ((a1 * s2) & M44) + ((a2 * s1) & M44);
      long up1 = Math.multiplyHigh(b0, q1) + Math.multiplyHigh(b1, q0) + Math.multiplyHigh(b2, t2);
      long down1 = ((a0 * r1) & M44) + ((a1 * r0) & M44) + ((a2 * s2) & M44);
      long up2 = Math.multiplyHigh(b0, q2) + Math.multiplyHigh(b1, q1) + Math.multiplyHigh(b2, q0);
      long down2 = ((a0 * r2) & M44) + ((a1 * r1) & M44) + ((a2 * r0) & M44);
      a0 = down0 & M44;
      down1 += up0 + (down0 >>> 44);
      a1 = down1 & M44;
      down2 += up1 + (down1 >>> 44);
      a2 = down2 & M42;
      a0 += ((up2 << 2) + (down2 >>> 42)) * 5;
      a1 += a0 >>> 44;
      a0 &= M44;
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
  }

  /** Reduces fully, adds the pad. */
  private void finish(byte[] tag, int at) {
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    for (int i = 0; i < 2; i++) {
      a2 += a1 >>> 44;
      a1 &= M44;
      a0 += (a2 >>> 42) * 5;
      a2 &= M42;
      a1 += a0 >>> 44;
      a0 &= M44;
    }
    a2 += a1 >>> 44;
    a1 &= M44;
    long g0 = a0 + 5;
    long g1 = a1 + (g0 >>> 44);
    g0 &= M44;
    long g2 = a2 + (g1 >>> 44) - (1L << 42);
    g1 &= M44;
    long keep = g2 >> 63;
    a0 = (a0 & keep) | (g0 & ~keep);
    a1 = (a1 & keep) | (g1 & ~keep);
    a2 = (a2 & keep) | (g2 & ~keep);
    long low = a0 | (a1 << 44);
    long high = (a1 >>> 20) | (a2 << 24);
    long padLow = (long) LONGS.get(padBytes, 0);
    long sum = low + padLow;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    LONGS.set(tag, at, sum);
    LONGS.set(tag, at + 8, high + (long) LONGS.get(padBytes, 8) + carry);
  }
}
