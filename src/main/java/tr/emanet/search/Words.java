package tr.emanet.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tr.emanet.index.TermSplitter;

/**
 * Cuts query text into the same folded words as the index does, and patterns into word patterns.
 */
public final class Words {

  private Words() {}

  /** The folded words of a text, in order, repeated ones too. */
  public static List<byte[]> of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    TermSplitter splitter = new TermSplitter();
    splitter.reset(utf8, 0, utf8.length);
    List<byte[]> out = new ArrayList<>();
    while (splitter.next()) {
      out.add(Arrays.copyOf(splitter.term(), splitter.length()));
    }
    return out;
  }

  /**
   * The pieces of a pattern that each must fit one word: cut at everything that is neither letter,
   * digit nor wildcard.
   */
  public static List<String> pieces(String pattern) {
    List<String> out = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      i += Character.charCount(c);
      boolean wildcard = c == '*' || c == '?';
      if (c == '\\' && i < pattern.length()) {
        c = pattern.codePointAt(i);
        i += Character.charCount(c);
      }
      if (wildcard || part(c)) {
        piece.appendCodePoint(c);
      } else if (!piece.isEmpty()) {
        out.add(piece.toString());
        piece.setLength(0);
      }
    }
    if (!piece.isEmpty()) {
      out.add(piece.toString());
    }
    return out;
  }

  /** Whether a pattern may fit an address, which keeps its dots or colons as one word. */
  public static boolean mayBeAddress(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '.' && c != ':' && c != '*' && c != '?' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Words of a pattern that must stand in the line whole: literal runs between two separators of
   * the same literal, so that no wildcard can lengthen them. Runs that may be part of an address
   * are left out.
   */
  public static List<byte[]> certain(String pattern) {
    List<byte[]> out = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean open = true;
    for (int i = 0; i <= pattern.length(); ) {
      int c = i < pattern.length() ? pattern.codePointAt(i) : '*';
      boolean wildcard = c == '*' || c == '?' || i == pattern.length();
      i += Character.charCount(c);
      if (c == '\\' && i < pattern.length()) {
        c = pattern.codePointAt(i);
        i += Character.charCount(c);
      }
      if (!wildcard && part(c)) {
        run.appendCodePoint(c);
        continue;
      }
      boolean joins = wildcard || c == '.' || c == ':';
      if (!open && !joins) {
        out.addAll(of(run.toString()));
      }
      run.setLength(0);
      open = joins;
    }
    return out;
  }

  private static boolean part(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }
}
