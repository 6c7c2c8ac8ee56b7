package tr.emanet.indicator.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tr.emanet.event.Folding;

/** Cuts a notice into names of products, versions, words, signs and ends of sentences. Pure. */
final class NoticeTokens {

  /** What a token is. */
  enum Kind {
    PRODUCT,
    VERSION,
    WORD,
    SIGN,
    END
  }

  /**
   * One token.
   *
   * @param text folded for words and signs, as written for versions
   * @param capital whether a word begins with a capital letter
   * @param product number of the product, -1 for others
   */
  record Token(Kind kind, String text, boolean capital, int product, int from, int to) {

    boolean is(Kind other) {
      return kind == other;
    }
  }

  /** Where a product is named. */
  record Place(int product, int from, int to) {}

  private static final String LETTERED =
      "(?:alpha|beta|rc|cr|pre|preview|dev|snapshot|milestone|sp|hf|cu|u|p|r|m|patch|build|update)";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i)(?<version>(?<![\\p{L}\\p{N}._])(?<!\\p{L}-)v?[0-9]+(?:\\.[0-9]+)*(?:\\.[x*](?![a-z]))?"
              + "(?:\\([0-9]+[a-z]?\\)[a-z]*[0-9]*)?(?:[-_.]?"
              + LETTERED
              + "[-_.]?[0-9]+|[a-z](?![\\p{L}\\p{N}]))?)"
              + "|(?<word>\\p{L}[\\p{L}\\p{N}_]*)"
              + "|(?<sign><=|>=|[<>≤≥,]|[-‐‑‒–—−])"
              + "|(?<end>\\n|[.!?](?=\\s|$))");
  private static final Pattern DATE = Pattern.compile("[0-3]?[0-9]\\.[01]?[0-9]\\.(19|20)[0-9]{2}");
  private static final Pattern CVE =
      Pattern.compile("(?i)\\bCVE\\s?[-‐‑‒–—−]\\s?[0-9]{4}\\s?[-‐‑‒–—−]\\s?[0-9]{4,7}\\b");

  /** Longer texts are cut; a notice has a few thousand characters. */
  static final int MAX_TEXT = 200_000;

  private static final int MAX_TOKENS = 40_000;

  private NoticeTokens() {}

  /** The text without CVE ids, whose digits are no versions; offsets stay. */
  static String withoutCves(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return CVE.matcher(cut).replaceAll(m -> ",".repeat(m.group().length()));
  }

  /**
   * All tokens.
   *
   * @param text without CVE ids
   * @param places in rising order, not overlapping
   */
  static List<Token> of(String text, List<Place> places) {
    List<Token> out = new ArrayList<>();
    int at = 0;
    for (Place place : places) {
      scan(text, at, place.from(), out);
      out.add(new Token(Kind.PRODUCT, "", true, place.product(), place.from(), place.to()));
      at = place.to();
    }
    scan(text, at, text.length(), out);
    return out;
  }

  private static void scan(String text, int from, int to, List<Token> out) {
    Matcher token = TOKEN.matcher(text).region(from, to).useTransparentBounds(true);
    while (token.find() && out.size() < MAX_TOKENS) {
      read(token).ifPresent(out::add);
    }
  }

  private static Optional<Token> read(Matcher m) {
    String text = m.group();
    if (m.group("version") != null) {
      return DATE.matcher(text).matches()
          ? Optional.empty()
          : Optional.of(token(Kind.VERSION, text, false, m));
    }
    if (m.group("word") != null) {
      boolean capital = Character.isUpperCase(text.codePointAt(0));
      return Optional.of(token(Kind.WORD, Folding.fold(text), capital, m));
    }
    if (m.group("sign") != null) {
      return Optional.of(token(Kind.SIGN, sign(text), false, m));
    }
    return Optional.of(token(Kind.END, "", false, m));
  }

  private static Token token(Kind kind, String text, boolean capital, Matcher m) {
    return new Token(kind, text, capital, -1, m.start(), m.end());
  }

  private static String sign(String text) {
    return switch (text) {
      case "≤" -> "<=";
      case "≥" -> ">=";
      case "<", "<=", ">", ">=", "," -> text;
      default -> "-";
    };
  }
}
