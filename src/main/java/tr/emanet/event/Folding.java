package tr.emanet.event;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The one text folding of Emanet: terms, field comparison, wildcards and phrases all go through it,
 * so that {@code BAŞARISIZ}, {@code başarısız} and {@code basarisiz} are one word, composed or
 * decomposed.
 *
 * <p>Each code point is decomposed canonically, combining marks are dropped, the rest is
 * lower-cased in {@link Locale#ROOT}; {@code ı} and {@code İ} become {@code i}, and a few Latin
 * letters without a decomposition are spelled out ({@code ß} to {@code ss}). Because all marks go,
 * NFC and NFD fold to the same bytes. Works on UTF-8; bytes that are not UTF-8 become U+FFFD.
 *
 * <p>Thread-safe; the tables are built once.
 */
public final class Folding {

  /**
   * For the Basic Multilingual Plane: the folded code unit, 0 = dropped, 0xFFFF = see EXPANSION.
   */
  private static final char[] TABLE = new char[0x10000];

  private static final char EXPANDED = 0xFFFF;
  private static final Map<Character, String> SPECIAL =
      Map.ofEntries(
          Map.entry('ı', "i"),
          Map.entry('ß', "ss"),
          Map.entry('ẞ', "ss"),
          Map.entry('æ', "ae"),
          Map.entry('Æ', "ae"),
          Map.entry('œ', "oe"),
          Map.entry('Œ', "oe"),
          Map.entry('ø', "o"),
          Map.entry('Ø', "o"),
          Map.entry('đ', "d"),
          Map.entry('Đ', "d"),
          Map.entry('ð', "d"),
          Map.entry('Ð', "d"),
          Map.entry('ł', "l"),
          Map.entry('Ł', "l"),
          Map.entry('þ', "th"),
          Map.entry('Þ', "th"));
  private static final Map<Character, byte[]> EXPANSION;

  static {
    Map<Character, byte[]> expansion = new java.util.HashMap<>();
    for (int c = 0; c < 0x10000; c++) {
      if (Character.isSurrogate((char) c)) {
        TABLE[c] = 0xFFFD;
        continue;
      }
      String folded = foldSlowly(c);
      if (folded.isEmpty()) {
        TABLE[c] = 0;
      } else if (folded.length() == 1 && folded.charAt(0) != EXPANDED) {
        TABLE[c] = folded.charAt(0);
      } else {
        TABLE[c] = EXPANDED;
        expansion.put((char) c, folded.getBytes(StandardCharsets.UTF_8));
      }
    }
    TABLE[0] = 0x20;
    EXPANSION = Map.copyOf(expansion);
  }

  private Folding() {}

  private static String foldSlowly(int codePoint) {
    String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
    StringBuilder out = new StringBuilder();
    decomposed
        .codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.NON_SPACING_MARK
                  || type == Character.ENCLOSING_MARK
                  || type == Character.COMBINING_SPACING_MARK) {
                return;
              }
              String special = c < 0x10000 ? SPECIAL.get((char) c) : null;
              if (special != null) {
                out.append(special);
              } else {
                // Lower-casing may compose anew or bring a mark (İ), hence mark by mark.
                String lower = Character.toString(c).toLowerCase(Locale.ROOT);
                lower
                    .codePoints()
                    .filter(l -> Character.getType(l) != Character.NON_SPACING_MARK)
                    .forEach(out::appendCodePoint);
              }
            });
    return out.toString();
  }

  /**
   * Folds {@code in[from, to)} into {@code out[at]}. The output is at most three times as long as
   * the input.
   *
   * @return index after the last byte written
   */
  public static int fold(byte[] in, int from, int to, byte[] out, int at) {
    int i = from;
    int o = at;
    while (i < to) {
      int b = in[i];
      if (b >= 0) {
        out[o++] = (byte) (b >= 'A' && b <= 'Z' ? b | 0x20 : b);
        i++;
        continue;
      }
      long decoded = decode(in, i, to);
      i += (int) (decoded >>> 32);
      o = append((int) decoded, out, o);
    }
    return o;
  }

  /** Folds one code point, appending UTF-8; returns the new end. Dropped ones append nothing. */
  public static int append(int codePoint, byte[] out, int at) {
    if (codePoint < 0x10000) {
      char folded = TABLE[codePoint];
      if (folded == 0) {
        return at;
      }
      if (folded == EXPANDED) {
        byte[] bytes = EXPANSION.get((char) codePoint);
        if (bytes == null) {
          return at;
        }
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
      }
      return encode(folded, out, at);
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) {
      return at;
    }
    return encode(Character.toLowerCase(codePoint), out, at);
  }

  /** Folds text. */
  public static String fold(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length * 3];
    return new String(out, 0, fold(in, 0, in.length, out, 0), StandardCharsets.UTF_8);
  }

  /** Folds UTF-8 bytes into an array of the exact length. */
  public static byte[] fold(byte[] utf8) {
    byte[] out = new byte[utf8.length * 3];
    return Arrays.copyOf(out, fold(utf8, 0, utf8.length, out, 0));
  }

  /**
   * Decodes one code point.
   *
   * @return byte length in the upper 32 bits, code point (U+FFFD for a bad byte) in the lower
   */
  public static long decode(byte[] in, int at, int to) {
    int b = in[at] & 255;
    if (b < 0x80) {
      return 1L << 32 | b;
    }
    if (b >= 0xC2 && b < 0xE0 && at + 1 < to && tail(in[at + 1])) {
      return 2L << 32 | (b & 31) << 6 | in[at + 1] & 63;
    }
    if (b >= 0xE0 && b < 0xF0 && at + 2 < to && tail(in[at + 1]) && tail(in[at + 2])) {
      int c = (b & 15) << 12 | (in[at + 1] & 63) << 6 | in[at + 2] & 63;
      if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
        return 3L << 32 | c;
      }
    }
    if (b >= 0xF0
        && b < 0xF5
        && at + 3 < to
        && tail(in[at + 1])
        && tail(in[at + 2])
        && tail(in[at + 3])) {
      int c = (b & 7) << 18 | (in[at + 1] & 63) << 12 | (in[at + 2] & 63) << 6 | in[at + 3] & 63;
      if (c >= 0x10000 && c <= 0x10FFFF) {
        return 4L << 32 | c;
      }
    }
    return 1L << 32 | 0xFFFD;
  }

  private static boolean tail(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** Encodes one code point as UTF-8 at {@code out[at]}; returns the new end. */
  public static int encode(int c, byte[] out, int at) {
    int o = at;
    if (c < 0x80) {
      out[o++] = (byte) c;
    } else if (c < 0x800) {
      out[o++] = (byte) (0xC0 | c >> 6);
      out[o++] = (byte) (0x80 | c & 63);
    } else if (c < 0x10000) {
      out[o++] = (byte) (0xE0 | c >> 12);
      out[o++] = (byte) (0x80 | c >> 6 & 63);
      out[o++] = (byte) (0x80 | c & 63);
    } else {
      out[o++] = (byte) (0xF0 | c >> 18);
      out[o++] = (byte) (0x80 | c >> 12 & 63);
      out[o++] = (byte) (0x80 | c >> 6 & 63);
      out[o++] = (byte) (0x80 | c & 63);
    }
    return o;
  }
}
