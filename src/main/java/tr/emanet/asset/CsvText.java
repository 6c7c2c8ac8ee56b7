package tr.emanet.asset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The text of a CSV file: UTF-8 with or without a mark, else windows-1254. Pure functions. */
final class CsvText {

  private static final Charset TURKISH = Charset.forName("windows-1254");

  private CsvText() {}

  /** Why a file is no text: the code of a {@link CsvProblem}; empty when it is text. */
  static Optional<String> fault(byte[] file) {
    if (file.length >= 4 && file[0] == 'P' && file[1] == 'K') {
      return Optional.of("spreadsheet");
    }
    if (file.length >= 2 && (file[0] == -1 && file[1] == -2 || file[0] == -2 && file[1] == -1)) {
      return Optional.of("utf16");
    }
    for (byte b : file) {
      if (b == 0) {
        return Optional.of("binary");
      }
    }
    return Optional.empty();
  }

  static String decode(byte[] file) {
    boolean marked =
        file.length >= 3
            && file[0] == (byte) 0xef
            && file[1] == (byte) 0xbb
            && file[2] == (byte) 0xbf;
    int from = marked ? 3 : 0;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(file, from, file.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      // What Turkish Windows writes; every byte has a meaning there.
      return new String(file, from, file.length - from, TURKISH);
    }
  }

  /** The separator of the first line: whichever of {@code ;} and {@code ,} is there more often. */
  static char separator(String text) {
    int comma = 0;
    int semicolon = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      comma += c == ',' ? 1 : 0;
      semicolon += c == ';' ? 1 : 0;
    }
    return semicolon > comma ? ';' : ',';
  }

  /** Undoes {@link #safe}, so that an exported file can be imported again. */
  static String plain(String cell) {
    String text = cell.strip();
    return text.length() > 1 && text.charAt(0) == '\'' && starts(text.charAt(1))
        ? text.substring(1)
        : text;
  }

  /** A cell that no spreadsheet takes for a formula. */
  static String safe(String value) {
    return !value.isEmpty() && (starts(value.charAt(0)) || value.startsWith("'"))
        ? "'" + value
        : value;
  }

  private static boolean starts(char c) {
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\'';
  }
}
