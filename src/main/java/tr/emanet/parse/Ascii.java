package tr.emanet.parse;

import java.nio.charset.StandardCharsets;

/** Reads ranges of bytes that are mostly ASCII. All ranges are {@code [from, to)}; no allocation. */
final class Ascii {

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

  static int indexOf(byte[] b, int from, int to, int c) {
    for (int i = from; i < to; i++) {
      if (b[i] == c) {
        return i;
      }
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
