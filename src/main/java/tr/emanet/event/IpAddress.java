package tr.emanet.event;

import java.nio.charset.StandardCharsets;

/** Reads and writes addresses as 16 bytes without allocation on the read path (RFC 4291, 5952). */
public final class IpAddress {

  private static final int GROUPS = 8;

  private IpAddress() {}

  /** Puts a 4-byte address into its mapped 16-byte form; 16 bytes are returned as they are. */
  public static byte[] mapped(byte[] address) {
    if (address.length == 16) {
      return address;
    }
    byte[] out = new byte[16];
    out[10] = (byte) 0xff;
    out[11] = (byte) 0xff;
    System.arraycopy(address, 0, out, 12, 4);
    return out;
  }

  /** Whether the 16 bytes at {@code at} are an IPv4 address in mapped form. */
  public static boolean isV4(byte[] b, int at) {
    for (int i = 0; i < 10; i++) {
      if (b[at + i] != 0) {
        return false;
      }
    }
    return b[at + 10] == (byte) 0xff && b[at + 11] == (byte) 0xff;
  }

  /**
   * Parses {@code text[from, to)} into 16 bytes at {@code out[at]}.
   *
   * @return false when it is not exactly one address; {@code out} may then hold rubbish
   */
  public static boolean parse(byte[] text, int from, int to, byte[] out, int at) {
    int length = to - from;
    if (length < 2 || length > 45) {
      return false;
    }
    for (int i = from; i < to && i < from + 5; i++) {
      if (text[i] == ':') {
        return parseV6(text, from, to, out, at);
      }
    }
    if (!parseV4(text, from, to, out, at + 12)) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      out[at + i] = 0;
    }
    out[at + 10] = (byte) 0xff;
    out[at + 11] = (byte) 0xff;
    return true;
  }

  /** Parses text such as {@code 10.0.0.1}; null when it is not an address. */
  public static byte @org.jspecify.annotations.Nullable [] parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[16];
    return parse(bytes, 0, bytes.length, out, 0) ? out : null;
  }

  private static boolean parseV4(byte[] text, int from, int to, byte[] out, int at) {
    int part = 0;
    int value = -1;
    int digits = 0;
    for (int i = from; i < to; i++) {
      int c = text[i];
      if (c >= '0' && c <= '9') {
        value = value < 0 ? c - '0' : value * 10 + c - '0';
        if (++digits > 3 || value > 255) {
          return false;
        }
      } else if (c == '.' && value >= 0 && part < 3) {
        out[at + part++] = (byte) value;
        value = -1;
        digits = 0;
      } else {
        return false;
      }
    }
    if (part != 3 || value < 0) {
      return false;
    }
    out[at + 3] = (byte) value;
    return true;
  }

  private static boolean parseV6(byte[] text, int from, int to, byte[] out, int at) {
    int groups = 0;
    int gap = -1;
    int i = from;
    if (text[i] == ':') {
      if (i + 1 >= to || text[i + 1] != ':') {
        return false;
      }
      gap = 0;
      i += 2;
    }
    while (i < to) {
      int start = i;
      int value = 0;
      while (i < to && hex(text[i]) >= 0) {
        value = value << 4 | hex(text[i]);
        i++;
        if (i - start > 4) {
          return false;
        }
      }
      if (i < to && text[i] == '.') {
        if (groups > GROUPS - 2 || !parseV4(text, start, to, out, at + groups * 2)) {
          return false;
        }
        groups += 2;
        i = to;
        break;
      }
      if (i == start || groups >= GROUPS) {
        return false;
      }
      out[at + groups * 2] = (byte) (value >> 8);
      out[at + groups * 2 + 1] = (byte) value;
      groups++;
      if (i == to) {
        break;
      }
      if (text[i] != ':') {
        return false;
      }
      i++;
      if (i < to && text[i] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = groups;
        i++;
      } else if (i == to) {
        return false;
      }
    }
    if (gap < 0) {
      return groups == GROUPS;
    }
    if (groups >= GROUPS) {
      return false;
    }
    int tail = groups - gap;
    for (int k = 1; k <= tail * 2; k++) {
      out[at + 16 - k] = out[at + groups * 2 - k];
    }
    for (int k = at + gap * 2; k < at + 16 - tail * 2; k++) {
      out[k] = 0;
    }
    return true;
  }

  private static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Writes the canonical text (RFC 5952); mapped IPv4 as dotted quad. */
  public static String text(byte[] b, int at) {
    if (isV4(b, at)) {
      return (b[at + 12] & 255)
          + "."
          + (b[at + 13] & 255)
          + "."
          + (b[at + 14] & 255)
          + "."
          + (b[at + 15] & 255);
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int g = 0; g < GROUPS; ) {
      int n = g;
      while (n < GROUPS && group(b, at, n) == 0) {
        n++;
      }
      if (n - g > bestLength) {
        bestStart = g;
        bestLength = n - g;
      }
      g = Math.max(n, g + 1);
    }
    StringBuilder out = new StringBuilder(40);
    for (int g = 0; g < GROUPS; g++) {
      if (g == bestStart) {
        out.append("::");
        g += bestLength - 1;
        continue;
      }
      if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      out.append(Integer.toHexString(group(b, at, g)));
    }
    return out.toString();
  }

  private static int group(byte[] b, int at, int g) {
    return (b[at + g * 2] & 255) << 8 | b[at + g * 2 + 1] & 255;
  }
}
