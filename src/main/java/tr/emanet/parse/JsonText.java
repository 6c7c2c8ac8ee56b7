package tr.emanet.parse;

import tr.emanet.event.Folding;

/** Undoes the escapes of JSON strings (RFC 8259, section 7). */
final class JsonText {

  private JsonText() {}

  /**
   * Writes {@code b[from, to)} without escapes to {@code out[at]}; never longer than the input.
   * Halves of surrogate pairs become U+FFFD; what is not an escape stays as it is.
   *
   * @return index after the last byte written
   */
  static int unescape(byte[] b, int from, int to, byte[] out, int at) {
    int o = at;
    int i = from;
    while (i < to) {
      int c = b[i++];
      if (c != '\\' || i >= to) {
        out[o++] = (byte) c;
        continue;
      }
      int kind = b[i++];
      switch (kind) {
        case '"', '\\', '/' -> out[o++] = (byte) kind;
        case 'b' -> out[o++] = '\b';
        case 'f' -> out[o++] = '\f';
        case 'n' -> out[o++] = '\n';
        case 'r' -> out[o++] = '\r';
        case 't' -> out[o++] = '\t';
        case 'u' -> {
          int unit = unit(b, i, to);
          if (unit < 0) {
            out[o++] = '\\';
            out[o++] = 'u';
            break;
          }
          i += 4;
          int codePoint = unit;
          if (Character.isSurrogate((char) unit)) {
            codePoint = 0xFFFD;
            boolean pair = i + 5 < to && b[i] == '\\' && b[i + 1] == 'u';
            int low = pair ? unit(b, i + 2, to) : -1;
            if (low >= 0
                && Character.isHighSurrogate((char) unit)
                && Character.isLowSurrogate((char) low)) {
              codePoint = Character.toCodePoint((char) unit, (char) low);
              i += 6;
            }
          }
          o = Folding.encode(codePoint, out, o);
        }
        default -> {
          out[o++] = '\\';
          out[o++] = (byte) kind;
        }
      }
    }
    return o;
  }

  private static int unit(byte[] b, int i, int to) {
    if (i + 4 > to) {
      return -1;
    }
    int value = 0;
    for (int k = i; k < i + 4; k++) {
      int digit = Character.digit(b[k], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
