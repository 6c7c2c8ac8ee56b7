package tr.emanet.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tr.emanet.event.Folding;

/**
 * What stands in place of hidden values: a word, a hyphen and six hexadecimal digits, such as
 * {@code kullanıcı-3fa81c}. Masked readers may search for them like for any value.
 */
public final class Pseudonyms {

  static final String USER = "kullanıcı";
  static final String MAC = "mac";
  static final String EMAIL = "eposta";
  static final String ADDRESS = "adres";

  /** Bytes of the digest that are written. */
  static final int BYTES = 3;

  private static final List<String> WORDS =
      List.of(Folding.fold(USER), Folding.fold(MAC), Folding.fold(EMAIL), Folding.fold(ADDRESS));
  private static final Pattern WHOLE =
      Pattern.compile("(?:" + String.join("|", WORDS) + ")-[0-9a-f]{" + 2 * BYTES + "}");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1," + 2 * BYTES + "}");

  private Pseudonyms() {}

  /** Whether a text is one pseudonym, in any spelling. */
  public static boolean is(String text) {
    return WHOLE.matcher(Folding.fold(text)).matches();
  }

  /** Whether a whole pseudonym may fit a pattern: all its fixed pieces can be parts of one. */
  static boolean mayFit(String pattern) {
    return pieces(pattern).stream().allMatch(piece -> word(piece) || digits(piece));
  }

  /**
   * Whether words of a text can be found inside a pseudonym, so that the line as it was received
   * says nothing about the line as it is shown. Six digits that a text shares with a pseudonym by
   * chance do not count for whole words.
   *
   * @param pattern whether the text is a pattern with {@code *} and {@code ?}
   */
  public static boolean mayMeet(String text, boolean pattern) {
    List<String> pieces = pieces(text);
    return pieces.isEmpty()
        || pieces.stream().anyMatch(piece -> word(piece) || pattern && digits(piece));
  }

  private static boolean word(String piece) {
    return WORDS.stream().anyMatch(word -> word.contains(piece));
  }

  private static boolean digits(String piece) {
    return DIGITS.matcher(piece).matches();
  }

  /** Runs of letters and digits, folded. */
  private static List<String> pieces(String text) {
    String folded = Folding.fold(text);
    List<String> out = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int i = 0; i <= folded.length(); i++) {
      if (i < folded.length() && Character.isLetterOrDigit(folded.charAt(i))) {
        piece.append(folded.charAt(i));
      } else if (!piece.isEmpty()) {
        out.add(piece.toString());
        piece.setLength(0);
      }
    }
    return out;
  }
}
