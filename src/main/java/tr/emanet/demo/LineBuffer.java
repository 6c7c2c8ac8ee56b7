package tr.emanet.demo;

import java.nio.charset.StandardCharsets;

/** Appends to a byte array that has room enough; for writing millions of lines. One thread only. */
final class LineBuffer {

  private byte[] out = new byte[0];
  private int at;

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[][] all(String... texts) {
    byte[][] all = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      all[i] = bytes(texts[i]);
    }
    return all;
  }

  LineBuffer to(byte[] target, int from) {
    out = target;
    at = from;
    return this;
  }

  int end() {
    return at;
  }

  LineBuffer put(byte[] text) {
    System.arraycopy(text, 0, out, at, text.length);
    at += text.length;
    return this;
  }

  LineBuffer put(byte[] text, int length) {
    System.arraycopy(text, 0, out, at, length);
    at += length;
    return this;
  }

  LineBuffer put(char ascii) {
    out[at++] = (byte) ascii;
    return this;
  }

  /** A number that is not negative, in decimal. */
  LineBuffer number(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return number(value, digits);
  }

  /** The lowest decimal digits, with leading zeros. */
  LineBuffer number(long value, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    at += digits;
    return this;
  }

  /** The lowest hexadecimal digits. */
  LineBuffer hex(long value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out[at++] = (byte) "0123456789abcdef".charAt((int) (value >>> shift) & 15);
    }
    return this;
  }

  /** An IPv4 address from its 32 bits. */
  LineBuffer address(int bits) {
    return number(bits >>> 24)
        .put('.')
        .number(bits >>> 16 & 255)
        .put('.')
        .number(bits >>> 8 & 255)
        .put('.')
        .number(bits & 255);
  }
}
