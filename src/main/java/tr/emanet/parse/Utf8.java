package tr.emanet.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8 strictly (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
final class Utf8 {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;

  private Utf8() {}

  /**
   * The index of the first byte that does not belong to a valid sequence, or {@code to} when all
   * do. A sequence that the end cuts off counts as invalid at its first byte.
   */
  static int validUpTo(byte[] b, int from, int to) {
    int i = from;
    while (true) {
      while (i <= to - 8 && ((long) LONG.get(b, i) & HIGH) == 0) {
        i += 8;
      }
      while (i < to && b[i] >= 0) {
        i++;
      }
      if (i >= to) {
        return to;
      }
      int length = sequence(b, i, to);
      if (length <= 0) {
        return i;
      }
      i += length;
    }
  }

  /** Whether the bytes at {@code i} could begin a sequence that {@code to} cuts off. */
  static boolean cutOff(byte[] b, int i, int to) {
    return i < to && sequence(b, i, to) < 0;
  }

  /** Length of the sequence at {@code i}; 0 when invalid, -1 when cut off by the end. */
  private static int sequence(byte[] b, int i, int to) {
    int c = b[i] & 255;
    if (c < 0xC2 || c > 0xF4) {
      return 0;
    }
    int length = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    for (int k = 1; k < length; k++) {
      if (i + k >= to) {
        return -1;
      }
      int t = b[i + k] & 255;
      int low = 0x80;
      int high = 0xBF;
      if (k == 1) {
        switch (c) {
          case 0xE0 -> low = 0xA0;
          case 0xED -> high = 0x9F;
          case 0xF0 -> low = 0x90;
          case 0xF4 -> high = 0x8F;
          default -> {}
        }
      }
      if (t < low || t > high) {
        return 0;
      }
    }
    return length;
  }
}
