package tr.emanet.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads ranges of bytes that are mostly ASCII. All ranges are {@code [from, to)}; no allocation.
 */
final class Ascii {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private Ascii() {}

  /** A constant as UTF-8; for class initialisation only. */
  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean letter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean blank(int c) {
    return c == ' ' || c == '\t';
  }

  /** The first index at or after {@code i} that is neither space nor tab. */
  static int skipBlanks(byte[] b, int i, int to) {
    while (i < to && (b[i] == ' ' || b[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** The index of the next space or tab, else {@code to}. */
  static int tokenEnd(byte[] b, int i, int to) {
    while (i < to && b[i] != ' ' && b[i] != '\t') {
      i++;
    }
    return i;
  }

  static boolean startsWith(byte[] b, int from, int to, byte[] prefix) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int k = 0; k < prefix.length; k++) {
      if (b[from + k] != prefix[k]) {
        return false;
      }
    }
    return true;
  }

  static boolean is(byte[] b, int from, int to, byte[] word) {
    return to - from == word.length && startsWith(b, from, to, word);
  }

  /** Compares without regard to the case of ASCII letters; {@code lower} is in lower case. */
  static boolean isAnyCase(byte[] b, int from, int to, byte[] lower) {
    if (to - from != lower.length) {
      return false;
    }
    for (int k = 0; k < lower.length; k++) {
      int c = b[from + k];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower[k]) {
        return false;
      }
    }
    return true;
  }

  /** The first index of an ASCII character, or -1; eight bytes at a time. */
  static int indexOf(byte[] b, int from, int to, int c) {
    int i = from;
    long wanted = c * ONES;
    while (i <= to - 8) {
      long x = (long) LONG.get(b, i) ^ wanted;
      long zero = x - ONES & ~x & HIGHS;
      if (zero != 0) {
        return i + (Long.numberOfTrailingZeros(zero) >>> 3);
      }
      i += 8;
    }
    for (; i < to; i++) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The index of the double quote that ends a quoted string, or -1. A backslash protects the
   * character after it.
   */
  static int quoteEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      if (i <= to - 8) {
        long v = (long) LONG.get(b, i);
        long q = v ^ QUOTES;
        long s = v ^ BACKSLASHES;
        long zero = (q - ONES & ~q | s - ONES & ~s) & HIGHS;
        if (zero == 0) {
          i += 8;
          continue;
        }
        i += Long.numberOfTrailingZeros(zero) >>> 3;
      }
      int c = b[i];
      if (c == '"') {
        return i;
      }
      i += c == '\\' ? 2 : 1;
    }
    return -1;
  }

  static int indexOf(byte[] b, int from, int to, byte[] text) {
    int last = to - text.length;
    for (int i = from; i <= last; i++) {
      if (b[i] == text[0] && startsWith(b, i, to, text)) {
        return i;
      }
    }
    return -1;
  }

  static int lastIndexOf(byte[] b, int from, int to, byte[] text) {
    for (int i = to - text.length; i >= from; i--) {
      if (b[i] == text[0] && startsWith(b, i, to, text)) {
        return i;
      }
    }
    return -1;
  }

  /** The index after a run of digits. */
  static int digitsEnd(byte[] b, int i, int to) {
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    return i;
  }

  static boolean allDigits(byte[] b, int from, int to) {
    return from < to && digitsEnd(b, from, to) == to;
  }

  /** The number in a range of at most 18 digits, else -1. */
  static long number(byte[] b, int from, int to) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int d = b[i] - '0';
      if (d < 0 || d > 9) {
        return -1;
      }
      value = value * 10 + d;
    }
    return value;
  }
}
