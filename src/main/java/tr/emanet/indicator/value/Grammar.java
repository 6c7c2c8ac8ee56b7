package tr.emanet.indicator.value;

import java.nio.charset.StandardCharsets;
import tr.emanet.event.IpAddress;

/** The strict grammar of canonical values; accepts nothing else. Pure functions. */
final class Grammar {

  static final int MAX_NAME = 253;
  static final int MAX_LABEL = 63;
  static final int MAX_URL = 2048;

  private Grammar() {}

  static boolean holds(IndicatorKind kind, String text) {
    return switch (kind) {
      case DOMAIN -> domain(text, 0, text.length());
      case URL -> url(text);
      case ADDRESS -> isAddress(text);
      case NETWORK -> network(text);
      case FILE_HASH -> hash(text);
    };
  }

  /** At least two labels of letters, digits, hyphen and underscore; the last one letters only. */
  static boolean domain(String s, int from, int to) {
    if (to - from > MAX_NAME) {
      return false;
    }
    int start = from;
    int labels = 0;
    while (true) {
      int end = start;
      while (end < to && s.charAt(end) != '.') {
        end++;
      }
      if (!label(s, start, end)) {
        return false;
      }
      labels++;
      if (end == to) {
        return labels > 1 && topLevel(s, start, end);
      }
      start = end + 1;
    }
  }

  static boolean label(String s, int from, int to) {
    int length = to - from;
    if (length < 1 || length > MAX_LABEL || s.charAt(from) == '-' || s.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!Characters.label(s.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Letters only, at least two, or an internationalised label: never a number. */
  static boolean topLevel(String s, int from, int to) {
    if (s.startsWith("xn--", from) && to - from > 4) {
      return s.indexOf('_', from) < 0 || s.indexOf('_', from) >= to;
    }
    for (int i = from; i < to; i++) {
      if (!Characters.lower(s.charAt(i))) {
        return false;
      }
    }
    return to - from >= 2;
  }

  /** An address in exactly the spelling that we write ourselves. */
  static boolean isAddress(String text) {
    if (text.length() > 45) {
      return false;
    }
    byte[] parsed = IpAddress.parse(text);
    return parsed != null && IpAddress.text(parsed, 0).equals(text);
  }

  /** The 16 bytes of a canonical address at the start of an array of the given size. */
  static byte[] address(String text, int size) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    byte[] out = new byte[size];
    if (!IpAddress.parse(ascii, 0, ascii.length, out, 0)) {
      throw new IllegalArgumentException("not a canonical address");
    }
    return out;
  }

  private static boolean network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isAddress(text.substring(0, slash))) {
      return false;
    }
    byte[] address = address(text.substring(0, slash), 16);
    int bits = IpAddress.isV4(address, 0) ? 32 : 128;
    int prefix = number(text, slash + 1, text.length(), bits - 1);
    return prefix >= 0 && !hostBits(address, prefix + 128 - bits);
  }

  /** Whether any of the 128 bits after the prefix is set. */
  static boolean hostBits(byte[] address, int prefix) {
    for (int bit = prefix; bit < 128; bit++) {
      if ((address[bit >> 3] & 0x80 >> (bit & 7)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** A decimal number without leading zeros between 0 and {@code max}, else -1. */
  static int number(String s, int from, int to, int max) {
    if (to - from < 1 || to - from > 5 || to - from > 1 && s.charAt(from) == '0') {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int c = s.charAt(i);
      if (!Characters.digit(c)) {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value <= max ? value : -1;
  }

  private static boolean hash(String text) {
    int length = text.length();
    if (length != 32 && length != 40 && length != 64) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!Characters.digit(c) && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean url(String s) {
    int slash = s.indexOf('/');
    if (slash < 1 || s.length() > MAX_URL || !authority(s, slash)) {
      return false;
    }
    int question = s.indexOf('?', slash);
    int pathEnd = question < 0 ? s.length() : question;
    boolean root = pathEnd == slash + 1;
    return (root || s.charAt(pathEnd - 1) != '/')
        && escaped(s, slash, pathEnd, false)
        && (question < 0
            || question + 1 < s.length() && escaped(s, question + 1, s.length(), true));
  }

  private static boolean authority(String s, int end) {
    int hostEnd = end;
    if (s.charAt(0) == '[') {
      hostEnd = s.indexOf(']') + 1;
      String inside = hostEnd < 2 || hostEnd > end ? "" : s.substring(1, hostEnd - 1);
      if (inside.indexOf(':') < 0 || !isAddress(inside)) {
        return false;
      }
    } else {
      int colon = s.indexOf(':');
      hostEnd = colon >= 0 && colon < end ? colon : end;
      if (!domain(s, 0, hostEnd) && !isAddress(s.substring(0, hostEnd))) {
        return false;
      }
    }
    if (hostEnd == end) {
      return true;
    }
    int port = s.charAt(hostEnd) == ':' ? number(s, hostEnd + 1, end, 65535) : -1;
    return port > 0 && port != 80 && port != 443;
  }

  /** Only kept and unreserved characters and needed escapes in upper case; no double slash. */
  private static boolean escaped(String s, int from, int to, boolean query) {
    for (int i = from; i < to; i++) {
      char c = s.charAt(i);
      if (c == '%') {
        if (i + 2 >= to || !upperHex(s.charAt(i + 1)) || !upperHex(s.charAt(i + 2))) {
          return false;
        }
        int value = Characters.hex(s.charAt(i + 1)) << 4 | Characters.hex(s.charAt(i + 2));
        if (Characters.unreserved(value)) {
          return false;
        }
        i += 2;
      } else if (!Characters.unreserved(c) && !Characters.kept(c, query)) {
        return false;
      } else if (c == '/' && !query && i > from && s.charAt(i - 1) == '/') {
        return false;
      }
    }
    return true;
  }

  private static boolean upperHex(int c) {
    return Characters.digit(c) || c >= 'A' && c <= 'F';
  }
}
