package tr.emanet.search;

import java.util.Arrays;
import tr.emanet.event.IpAddress;

/** Networks as pairs of 16-byte addresses. */
public final class Networks {

  private Networks() {}

  /** The first address of a network with that many fixed bits, counted in 16 bytes. */
  public static byte[] low(byte[] address, int bits) {
    return masked(address, bits, false);
  }

  /** The last address of a network with that many fixed bits, counted in 16 bytes. */
  public static byte[] high(byte[] address, int bits) {
    return masked(address, bits, true);
  }

  private static byte[] masked(byte[] address, int bits, boolean ones) {
    byte[] out = address.clone();
    for (int bit = bits; bit < 128; bit++) {
      int mask = 0x80 >> (bit & 7);
      out[bit >> 3] = (byte) (ones ? out[bit >> 3] | mask : out[bit >> 3] & ~mask);
    }
    return out;
  }

  /** Reads {@code 10.0.0.0/8} or a single address as {low, high}. */
  public static byte[][] parse(String cidr) {
    int slash = cidr.indexOf('/');
    byte[] address = IpAddress.parse(slash < 0 ? cidr : cidr.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("'" + cidr + "' is not a network");
    }
    boolean v4 = IpAddress.isV4(address, 0);
    int bits = slash < 0 ? v4 ? 32 : 128 : Integer.parseInt(cidr.substring(slash + 1));
    if (bits < 0 || bits > (v4 ? 32 : 128)) {
      throw new IllegalArgumentException("'" + cidr + "' has a prefix out of range");
    }
    int fixed = v4 ? 96 + bits : bits;
    return new byte[][] {low(address, fixed), high(address, fixed)};
  }

  /** Whether an address lies between two others. */
  public static boolean within(byte[] address, byte[] low, byte[] high) {
    return Arrays.compareUnsigned(address, low) >= 0 && Arrays.compareUnsigned(address, high) <= 0;
  }

  /** The address after this one; the last address stays. */
  static byte[] next(byte[] address, int step) {
    java.math.BigInteger value = new java.math.BigInteger(1, address);
    byte[] bytes = value.add(java.math.BigInteger.valueOf(step)).toByteArray();
    byte[] out = new byte[16];
    int length = Math.min(16, bytes.length);
    System.arraycopy(bytes, bytes.length - length, out, 16 - length, length);
    return out;
  }

  /** {@code 10.0.0.0/8} when it is a network of more than one address, else {@code [a TO b]}. */
  public static String text(byte[] low, byte[] high) {
    boolean v4 = IpAddress.isV4(low, 0) && IpAddress.isV4(high, 0);
    for (int bits = v4 ? 96 : 0; bits < 128; bits++) {
      if (Arrays.equals(low(low, bits), low)
          && Arrays.equals(high(low, bits), high)
          && v4 == IpAddress.isV4(low, 0)) {
        return IpAddress.text(low, 0) + "/" + (v4 ? bits - 96 : bits);
      }
    }
    return "[" + IpAddress.text(low, 0) + " TO " + IpAddress.text(high, 0) + "]";
  }
}
