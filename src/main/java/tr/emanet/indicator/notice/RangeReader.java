package tr.emanet.indicator.notice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.notice.NoticeTokens.Kind;
import tr.emanet.indicator.notice.NoticeTokens.Token;
import tr.emanet.indicator.notice.VersionRange.Bound;

/**
 * Reads which versions of which product a notice names, in Turkish and English. A version belongs
 * to the product named last, unless another name stands right before it. One thread only.
 */
final class RangeReader {

  private static final int MAX_RANGES = 200;
  private static final int REACH = 7;

  private final List<Token> tokens;
  private final Map<Integer, List<VersionRange>> found = new HashMap<>();
  private final String source;
  private int owner = -1;
  private @Nullable VersionRange open;
  private int openEnd = -1;

  private RangeReader(String source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /** Ranges by product; a product without any is absent. */
  static Map<Integer, List<VersionRange>> read(String source, List<Token> tokens) {
    RangeReader reader = new RangeReader(source, tokens);
    reader.run();
    return reader.found;
  }

  private void run() {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case PRODUCT -> owner = token.product();
        case WORD -> {
          if (token.capital() && !between(token) && versionFollows(i)) {
            owner = -1;
          }
        }
        case VERSION -> i = expression(i);
        case SIGN, END -> {}
      }
    }
  }

  private static boolean between(Token token) {
    return token.is(Kind.SIGN) || token.is(Kind.WORD) && RangeWords.between(token.text());
  }

  private boolean versionFollows(int i) {
    int at = i + 1;
    while (at < tokens.size() && between(tokens.get(at))) {
      at++;
    }
    return at < tokens.size() && tokens.get(at).is(Kind.VERSION);
  }

  /** Words around the version at {@code i}, as far as only words between stand there. */
  private List<String> before(int i) {
    List<String> out = new ArrayList<>();
    for (int at = i - 1; at >= 0 && i - at <= REACH && between(tokens.get(at)); at--) {
      if (tokens.get(at).text().equals(",")) {
        break;
      }
      out.add(tokens.get(at).text());
    }
    return out;
  }

  private List<String> after(int i) {
    List<String> out = new ArrayList<>();
    for (int at = i + 1; at < tokens.size() && at - i <= REACH && between(tokens.get(at)); at++) {
      if (tokens.get(at).text().equals(",")) {
        break;
      }
      out.add(tokens.get(at).text());
    }
    return out;
  }

  /** Reads what begins at a version; answers the last token that it used. */
  private int expression(int i) {
    List<String> before = before(i);
    List<String> middle = after(i);
    int second = i + middle.size() + 1;
    boolean two = second < tokens.size() && tokens.get(second).is(Kind.VERSION);
    List<String> end = two ? after(second) : List.of();
    VersionRange range = two ? span(i, second, before, middle, end) : null;
    int last = range == null ? i : second;
    if (range == null) {
      range = single(i, before, two ? beforeNext(middle) : middle);
    }
    if (range != null && owner >= 0 && counts(i, last, range)) {
      keep(range, i, last);
    }
    return last;
  }

  /** Of "7.0 and earlier, 7.2 before 7.2.4" the first version owns the words up to the next one. */
  private static List<String> beforeNext(List<String> middle) {
    int sign = 0;
    while (sign < middle.size() && !middle.get(sign).matches("[<>]=?")) {
      sign++;
    }
    return middle.subList(0, sign);
  }

  private @Nullable VersionRange span(
      int first, int second, List<String> before, List<String> middle, List<String> end) {
    boolean cut = middle.stream().anyMatch(w -> w.equals("before") || w.equals("prior"));
    boolean upper = middle.contains("<") || middle.contains("<=");
    boolean amid = end.stream().anyMatch(w -> w.startsWith("arasi")) || before.contains("between");
    boolean joined = middle.contains("ve") || middle.contains("and");
    boolean through = middle.stream().anyMatch(RangeWords.THROUGH::contains);
    boolean earlier =
        middle.stream().anyMatch(w -> RangeWords.OLDER.contains(w) && !w.equals("before"));
    if (earlier && !upper || !through && !cut && !upper && !(amid && joined)) {
      return null;
    }
    if (joined && !amid && !through && !upper) {
      return null;
    }
    boolean exclusive =
        cut
            || middle.contains("<")
            || middle.contains("not")
            || end.contains("haric")
            || end.contains("excluding")
            || !end.isEmpty() && RangeWords.OLDER.contains(end.getFirst());
    Bound from = bound(first, !before.contains(">"));
    Bound to = bound(second, !exclusive);
    return from == null || to == null
        ? null
        : new VersionRange(from, to, text(first, second + shown(second, end)));
  }

  private @Nullable VersionRange single(int i, List<String> before, List<String> after) {
    String text = text(i - marked(before), i + shown(i, after));
    int older = index(after, RangeWords.OLDER);
    int newer = index(after, RangeWords.NEWER);
    if (older >= 0 && (newer < 0 || older < newer)) {
      boolean inclusive = after.subList(0, older).stream().anyMatch(RangeWords.JOINED::contains);
      return upTo(i, inclusive, text);
    }
    if (newer >= 0) {
      boolean after2 = after.get(newer).startsWith("sonra");
      return onwards(i, !after2 || joined(after.subList(0, newer)), text);
    }
    if (before.contains("<") || before.stream().anyMatch(RangeWords.OLDER::contains)) {
      return upTo(i, false, text);
    }
    if (before.contains("<=")
        || before.contains("through")
        || before.contains("until")
        || before.contains("up")
        || after.contains("kadar")) {
      return upTo(i, !after.contains("haric") && !before.contains("not"), text);
    }
    if (before.contains(">=") || before.contains("from") || after.contains("itibaren")) {
      return onwards(i, true, text);
    }
    if (before.contains(">") || before.contains("since") || before.contains("above")) {
      return onwards(i, before.contains("since"), text);
    }
    Bound only = bound(i, true);
    return only == null || !plausible(i) ? null : VersionRange.only(only, text);
  }

  private static boolean joined(List<String> words) {
    return words.stream().anyMatch(RangeWords.JOINED::contains);
  }

  private @Nullable VersionRange upTo(int i, boolean inclusive, String text) {
    Bound to = bound(i, inclusive);
    return to == null ? null : new VersionRange(null, to, text);
  }

  private @Nullable VersionRange onwards(int i, boolean inclusive, String text) {
    Bound from = bound(i, inclusive);
    return from == null ? null : new VersionRange(from, null, text);
  }

  private static int index(List<String> words, Set<String> wanted) {
    for (int i = 0; i < words.size(); i++) {
      if (wanted.contains(words.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Bound bound(int i, boolean inclusive) {
    String text = tokens.get(i).text();
    boolean branch = text.matches("(?i).*\\.[x*]");
    String version = branch ? text.substring(0, text.length() - 2) : text;
    return Version.read(version).map(v -> new Bound(v, inclusive, branch)).orElse(null);
  }

  /** A lonely number is a version only right after the name of the product. */
  private boolean plausible(int i) {
    if (tokens.get(i).text().indexOf('.') > 0) {
      return true;
    }
    int at = i - 1;
    while (at >= 0 && between(tokens.get(at))) {
      at--;
    }
    return at >= 0 && (tokens.get(at).is(Kind.PRODUCT) || tokens.get(at).is(Kind.VERSION));
  }

  /** Not the version that mends it, not one that is spared, not a score. */
  private boolean counts(int first, int last, VersionRange range) {
    boolean fixed = false;
    for (int at = start(first); at < tokens.size() && !tokens.get(at).is(Kind.END); at++) {
      String text = tokens.get(at).text();
      if (!tokens.get(at).is(Kind.WORD)) {
        continue;
      }
      if (RangeWords.SPARED.stream().anyMatch(text::startsWith)
          || at < first
              && first - at <= 3
              && RangeWords.SCORES.stream().anyMatch(text::startsWith)) {
        return false;
      }
      fixed |= RangeWords.FIXED.stream().anyMatch(text::startsWith);
    }
    boolean lowest = range.to() == null;
    return !(fixed && (lowest || first == last && range.from() != null));
  }

  private int start(int i) {
    int at = i;
    while (at > 0 && !tokens.get(at - 1).is(Kind.END)) {
      at--;
    }
    return at;
  }

  /** ">= 7.0, < 7.4" is one range. */
  private void keep(VersionRange range, int first, int last) {
    List<VersionRange> all = found.computeIfAbsent(owner, key -> new ArrayList<>());
    VersionRange lower = open;
    if (lower != null && range.from() == null && nothingBetween(openEnd, first)) {
      all.removeLast();
      all.add(new VersionRange(lower.from(), range.to(), lower.text() + ", " + range.text()));
      open = null;
      return;
    }
    open = range.to() == null ? range : null;
    openEnd = last;
    if (all.size() < MAX_RANGES) {
      all.add(range);
    } else {
      open = null;
    }
  }

  private boolean nothingBetween(int from, int to) {
    for (int at = from + 1; at < to; at++) {
      if (!between(tokens.get(at))) {
        return false;
      }
    }
    return true;
  }

  /** How many tokens before the version belong to the quotation. */
  private static int marked(List<String> before) {
    for (int i = before.size() - 1; i >= 0; i--) {
      String word = before.get(i);
      if (RangeWords.OLDER.contains(word)
          || RangeWords.NEWER.contains(word)
          || word.matches("[<>]=?|from|up|until")) {
        return i + 1;
      }
    }
    return 0;
  }

  /** How many tokens after the version belong to the quotation. */
  private int shown(int i, List<String> after) {
    for (int at = after.size() - 1; at >= 0; at--) {
      String word = after.get(at);
      if (RangeWords.OLDER.contains(word)
          || RangeWords.NEWER.contains(word)
          || word.startsWith("arasi")
          || word.equals("kadar")
          || word.equals("itibaren")
          || word.equals("haric")) {
        return Math.min(at + 1, tokens.size() - 1 - i);
      }
    }
    return 0;
  }

  private String text(int first, int last) {
    String text = source.substring(tokens.get(Math.max(0, first)).from(), tokens.get(last).to());
    String line = text.replaceAll("\\s+", " ");
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }
}
