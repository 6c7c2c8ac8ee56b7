package tr.emanet.asset;

import java.nio.ByteBuffer;
import java.util.Optional;
import tr.emanet.event.IpAddress;

/**
 * An address or a prefix, IPv4 in mapped form. Immutable.
 *
 * @param text canonical: {@code 10.0.0.5}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}
 * @param high first eight bytes of the lowest address
 * @param low last eight bytes of the lowest address
 * @param bits fixed bits of 128
 */
public record Network(String text, long high, long low, int bits) implements Comparable<Network> {

  /** What is wrong with a text that is no network. */
  public enum Fault {
    NONE,
    /** Neither an address nor a prefix. */
    SYNTAX,
    /** Bits to the right of the prefix are set. */
    HOST_BITS,
    /** So wide that it would make strangers ours. */
    TOO_WIDE
  }

  private static final int MIN_BITS_V4 = 8;
  private static final int MIN_BITS_V6 = 16;

  /** Reads an address or a prefix; empty when {@link #fault} says why. */
  public static Optional<Network> read(String text) {
    return fault(text) == Fault.NONE ? Optional.of(parse(text)) : Optional.empty();
  }

  /** Why a text is no network of ours. */
  public static Fault fault(String text) {
    int slash = text.indexOf('/');
    byte[] address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null || slash >= 0 && !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Fault.SYNTAX;
    }
    boolean v4 = IpAddress.isV4(address, 0);
    int bits = bits(text, slash, v4);
    if (bits > (v4 ? 32 : 128)) {
      return Fault.SYNTAX;
    }
    if (bits < (v4 ? MIN_BITS_V4 : MIN_BITS_V6)) {
      return Fault.TOO_WIDE;
    }
    Network exact = at(address, v4 ? bits + 96 : bits);
    long[] given = longs(address);
    return exact.high == given[0] && exact.low == given[1] ? Fault.NONE : Fault.HOST_BITS;
  }

  /**
   * The network that a text with host bits means, for advice; the text itself when there is none.
   */
  static String withoutHostBits(String text) {
    return fault(text) == Fault.HOST_BITS ? parse(text).text() : text;
  }

  private static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is no network");
    }
    boolean v4 = IpAddress.isV4(address, 0);
    int bits = bits(text, slash, v4);
    return at(address, v4 ? bits + 96 : bits);
  }

  private static int bits(String text, int slash, boolean v4) {
    return slash < 0 ? v4 ? 32 : 128 : Integer.parseInt(text, slash + 1, text.length(), 10);
  }

  private static Network at(byte[] address, int bits) {
    long[] parts = longs(address);
    long high = parts[0] & maskHigh(bits);
    long low = parts[1] & maskLow(bits);
    byte[] lowest = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    String text = IpAddress.text(lowest, 0);
    if (bits < 128) {
      text += "/" + (IpAddress.isV4(lowest, 0) ? bits - 96 : bits);
    }
    return new Network(text, high, low, bits);
  }

  private static long[] longs(byte[] address) {
    ByteBuffer buffer = ByteBuffer.wrap(address);
    return new long[] {buffer.getLong(), buffer.getLong()};
  }

  private static long maskHigh(int bits) {
    return bits == 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
  }

  private static long maskLow(int bits) {
    return bits <= 64 ? 0 : bits == 128 ? -1L : -1L << (128 - bits);
  }

  /** By lowest address, and the wider one first. */
  @Override
  public int compareTo(Network other) {
    int order = Long.compareUnsigned(high, other.high);
    order = order != 0 ? order : Long.compareUnsigned(low, other.low);
    return order != 0 ? order : Integer.compare(bits, other.bits);
  }

  /** First eight bytes of the highest address. */
  long lastHigh() {
    return high | ~maskHigh(bits);
  }

  /** Last eight bytes of the highest address. */
  long lastLow() {
    return low | ~maskLow(bits);
  }

  /** Whether it is one address. */
  public boolean single() {
    return bits == 128;
  }
}
