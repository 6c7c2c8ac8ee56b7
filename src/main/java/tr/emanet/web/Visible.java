package tr.emanet.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes hostile text harmless to look at: control, bidirectional, zero-width and other invisible
 * characters become marked escapes such as {@code \x1b} or {@code U+202E}, so that a line cannot
 * pretend to be another one. Pure functions.
 */
public final class Visible {

  /**
   * A stretch of text.
   *
   * @param escape whether it stands for something invisible and must be set apart
   */
  public record Piece(String text, boolean escape) {}

  private Visible() {}

  /** Splits text into plain stretches and escapes. */
  public static List<Piece> pieces(String text) {
    List<Piece> out = new ArrayList<>(2);
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (hidden(c)) {
        if (!plain.isEmpty()) {
          out.add(new Piece(plain.toString(), false));
          plain.setLength(0);
        }
        out.add(new Piece(escape(c), true));
      } else {
        plain.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    if (!plain.isEmpty() || out.isEmpty()) {
      out.add(new Piece(plain.toString(), false));
    }
    return out;
  }

  /** The same as one string, for places that have no mark-up: CSV, file names, attributes. */
  public static String plain(String text) {
    boolean clean = true;
    for (int i = 0; i < text.length() && clean; i++) {
      char c = text.charAt(i);
      clean = c >= ' ' && c < 0x7f;
    }
    if (clean) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (Piece piece : pieces(text)) {
      out.append(piece.text());
    }
    return out.toString();
  }

  /** Pieces as one string, for an address that asks for what is shown. */
  public static String joined(List<Piece> pieces) {
    StringBuilder out = new StringBuilder();
    pieces.forEach(piece -> out.append(piece.text()));
    return out.toString();
  }

  /** Bytes as received: UTF-8 where it is UTF-8, else every odd byte as {@code \xNN}. */
  public static String decode(byte[] raw) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(raw))
          .toString();
    } catch (CharacterCodingException e) {
      StringBuilder out = new StringBuilder(raw.length + 64);
      for (byte b : raw) {
        if (b >= 0) {
          out.append((char) b);
        } else {
          out.append("\\x").append(HexFormat.of().toHexDigits(b));
        }
      }
      return out.toString();
    }
  }

  /** Whether the bytes are valid UTF-8. */
  public static boolean isUtf8(byte[] raw) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean hidden(int c) {
    if (c < 0x20 || c >= 0x7f && c < 0xa0 || c == 0xad) {
      return true;
    }
    if (c < 0x300) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default ->
          c == 0x034f
              || c == 0x115f
              || c == 0x1160
              || c == 0x3164
              || c == 0xffa0
              || c >= 0xfe00 && c <= 0xfe0f
              || c >= 0x180b && c <= 0x180f
              || c == 0x2800;
    };
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 0 -> "\\0";
      default ->
          c < 0x100
              ? "\\x" + HexFormat.of().toHexDigits((byte) c)
              : "U+" + HexFormat.of().withUpperCase().toHexDigits(c).replaceFirst("^0{1,4}", "");
    };
  }
}
