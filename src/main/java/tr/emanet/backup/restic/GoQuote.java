package tr.emanet.backup.restic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tr.emanet.backup.BackupException;

/**
 * Go's {@code strconv.Quote} without the quotes around, in which restic writes names: bytes that
 * are no UTF-8 become {@code \xNN}, what cannot be printed {@code \n}, {@code \u202e} and so on.
 */
public final class GoQuote {

  private static final String HEX = "0123456789abcdef";

  private GoQuote() {}

  public static String quote(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + 8);
    int at = 0;
    while (at < bytes.length) {
      int c = bytes[at] & 0xff;
      if (c < 0x80) {
        ascii(c, out);
        at++;
        continue;
      }
      int length = sequence(bytes, at);
      if (length == 0) {
        hex(out.append("\\x"), c, 2);
        at++;
        continue;
      }
      int point = new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0);
      if (printable(point)) {
        out.appendCodePoint(point);
      } else if (point < 0x10000) {
        hex(out.append("\\u"), point, 4);
      } else {
        hex(out.append("\\U"), point, 8);
      }
      at += length;
    }
    return out.toString();
  }

  private static void ascii(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 7 -> out.append("\\a");
      case 8 -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          hex(out.append("\\x"), c, 2);
        } else {
          out.append((char) c);
        }
      }
    }
  }

  /** The bytes of the name. */
  public static byte[] unquote(String text, String what) throws BackupException {
    if (text.indexOf('\\') < 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
    try {
      int at = 0;
      while (at < text.length()) {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (point != '\\') {
          out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          continue;
        }
        char kind = text.charAt(at++);
        int digits = digits(kind);
        if (digits == 0) {
          out.write(simple(kind, what));
        } else {
          int value = Integer.parseInt(text, at, at + digits, 16);
          at += digits;
          if (kind == 'u' || kind == 'U') {
            out.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
          } else {
            out.write(value);
          }
        }
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BackupException(what + " has a name with a broken escape", e);
    }
    return out.toByteArray();
  }

  private static int digits(char kind) {
    return switch (kind) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> 0;
    };
  }

  private static int simple(char kind, String what) throws BackupException {
    return switch (kind) {
      case 'a' -> 7;
      case 'b' -> 8;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case '\\', '"', '\'' -> kind;
      default -> throw new BackupException(what + " has a name with an unknown escape");
    };
  }

  /** The length of the valid UTF-8 sequence at the place, 0 when there is none. */
  static int sequence(byte[] bytes, int at) {
    int c = bytes[at] & 0xff;
    int length = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = length > 1 ? bytes[at + 1] & 0xff : 0;
    boolean wrong =
        c == 0xe0 && second < 0xa0
            || c == 0xed && second > 0x9f
            || c == 0xf0 && second < 0x90
            || c == 0xf4 && second > 0x8f;
    return wrong ? 0 : length;
  }

  /** True when the bytes are UTF-8 throughout. */
  static boolean utf8(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = sequence(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** Letters, marks, numbers, punctuation and symbols: Go's {@code unicode.IsPrint}. */
  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((value >>> shift) & 15));
    }
  }
}
