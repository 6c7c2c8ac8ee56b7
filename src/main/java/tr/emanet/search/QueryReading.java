package tr.emanet.search;

import static tr.emanet.search.QueryParser.MAX_DEPTH;
import static tr.emanet.search.QueryParser.MAX_LENGTH;
import static tr.emanet.search.QueryParser.escapable;
import static tr.emanet.search.QueryParser.nameCharacter;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;
import tr.emanet.search.QueryParser.Refusal;
import tr.emanet.search.QueryParser.Word;

/** One reading of one text: the descent itself. One thread, used once. */
final class QueryReading {
  private final String s;
  private final Values values;
  private final @Nullable Masking masking;
  private int at;
  private int depth;
  private int operatorFrom = -1;

  QueryReading(String text, ZoneId zone, @Nullable Masking masking) {
    this.s = text;
    this.masking = masking;
    this.values = new Values(text, zone, masking != null);
  }

  Query query() {
    if (s.length() > MAX_LENGTH) {
      throw refusal(MAX_LENGTH, s.length(), "query.too.long", null, MAX_LENGTH);
    }
    skip();
    if (at == s.length()) {
      return new Query.All();
    }
    Query query = or(null);
    if (at < s.length()) {
      throw refusal(
          at, at + 1, "query.parenthesis.close", s.substring(0, at) + s.substring(at + 1));
    }
    return query;
  }

  private Query or(@Nullable String field) {
    List<Query> parts = new ArrayList<>();
    parts.add(and(field));
    while (operator("OR")) {
      parts.add(and(field));
    }
    return parts.size() == 1 ? parts.get(0) : new Query.Or(parts);
  }

  private Query and(@Nullable String field) {
    List<Query> parts = new ArrayList<>();
    parts.add(unary(field));
    skip();
    while (at < s.length() && s.charAt(at) != ')' && !ahead("OR")) {
      boolean said = operator("AND");
      parts.add(unary(field));
      skip();
      if (!said) {
        operatorFrom = -1;
      }
    }
    return parts.size() == 1 ? parts.get(0) : new Query.And(parts);
  }

  private Query unary(@Nullable String field) {
    skip();
    if (operator("NOT")) {
      deeper(at);
      Query part = unary(field);
      depth--;
      return new Query.Not(part);
    }
    if (at == s.length() || s.charAt(at) == ')' || ahead("OR") || ahead("AND")) {
      throw operandMissing();
    }
    operatorFrom = -1;
    if (s.charAt(at) == '-'
        && at + 1 < s.length()
        && !Character.isWhitespace(s.charAt(at + 1))
        && s.charAt(at + 1) != ')'
        && !(field != null && Character.isDigit(s.charAt(at + 1)))) {
      deeper(at);
      at++;
      Query part = unary(field);
      depth--;
      return new Query.Not(part);
    }
    return primary(field);
  }

  private Query primary(@Nullable String field) {
    char c = s.charAt(at);
    if (c == '(') {
      return group(field);
    }
    int from = at;
    if (field != null) {
      return known(value(field), from, field);
    }
    if (c == '"') {
      return known(new Query.Phrase(quoted().text()), from, null);
    }
    String name = name();
    if (name != null) {
      from = at;
      return known(value(name), from, name);
    }
    Word word = word(false);
    if (!word.wild()) {
      return known(new Query.Text(word.text()), from, null);
    }
    return word.pattern().equals("*") ? new Query.All() : new Query.TextWildcard(word.pattern());
  }

  /** Refuses what masked readers never see, where it stands. */
  private Query known(Query node, int from, @Nullable String field) {
    if (masking == null || !masking.asksForHidden(node)) {
      return node;
    }
    if (field == null) {
      throw refusal(from, at, "query.masked.text", null);
    }
    throw refusal(
        from, at, "query.masked.value", s.substring(0, from) + "*" + s.substring(at), field);
  }

  private Query group(@Nullable String field) {
    int open = at;
    deeper(at);
    at++;
    operatorFrom = -1;
    Query inner = or(field);
    if (at == s.length()) {
      throw refusal(open, open + 1, "query.parenthesis.open", s + ")");
    }
    at++;
    depth--;
    return inner;
  }

  private Query value(String field) {
    if (at == s.length() || Character.isWhitespace(s.charAt(at)) || s.charAt(at) == ')') {
      throw refusal(
          at, at, "query.value.missing", s.substring(0, at) + "*" + s.substring(at), field);
    }
    char c = s.charAt(at);
    if (c == '(') {
      return group(field);
    }
    if (c == '"') {
      return values.is(field, quoted());
    }
    if (c == '[' || c == '{') {
      return range(field);
    }
    if (c == '<' || c == '>') {
      int from = at;
      boolean equal = at + 1 < s.length() && s.charAt(at + 1) == '=';
      at += equal ? 2 : 1;
      skip();
      if (at == s.length() || s.charAt(at) == ')' || s.charAt(at) == '(') {
        throw refusal(at, at, "query.value.missing", null, field);
      }
      Word word = s.charAt(at) == '"' ? quoted() : word(false);
      return c == '>'
          ? values.range(field, from, word, equal, null, true)
          : values.range(field, from, null, true, word, equal);
    }
    Word word = word(false);
    if (word.pattern().equals("*")) {
      return new Query.FieldExists(field);
    }
    return word.wild() ? values.wildcard(field, word) : values.is(field, word);
  }

  private Query range(String field) {
    int from = at;
    boolean includeLow = s.charAt(at++) == '[';
    Word low = end(from);
    skip();
    if (!s.startsWith("TO", at) || at + 2 >= s.length() || !blank(at + 2)) {
      throw refusal(from, at, "query.range.syntax", null, field);
    }
    at += 2;
    Word high = end(from);
    skip();
    if (at == s.length()) {
      throw refusal(from, at, "query.range.open", s + "]", field);
    }
    char close = s.charAt(at);
    if (close != ']' && close != '}') {
      throw refusal(from, at + 1, "query.range.syntax", null, field);
    }
    at++;
    return values.range(
        field,
        from,
        low.pattern().equals("*") ? null : low,
        includeLow,
        high.pattern().equals("*") ? null : high,
        close == ']');
  }

  private Word end(int rangeFrom) {
    skip();
    if (at == s.length() || s.charAt(at) == ']' || s.charAt(at) == '}') {
      throw refusal(rangeFrom, at, "query.range.syntax", null, "");
    }
    return s.charAt(at) == '"' ? quoted() : word(true);
  }

  private Word quoted() {
    int from = at++;
    StringBuilder text = new StringBuilder();
    while (at < s.length() && s.charAt(at) != '"') {
      char c = s.charAt(at++);
      boolean escape = at < s.length() && (s.charAt(at) == '"' || s.charAt(at) == '\\');
      text.append(c == '\\' && escape ? s.charAt(at++) : c);
    }
    if (at == s.length()) {
      throw refusal(from, s.length(), "query.quote.open", s + "\"");
    }
    at++;
    String value = text.toString();
    return new Word(from + 1, at - 1, value, Glob.escape(value), false);
  }

  private Word word(boolean inRange) {
    int from = at;
    StringBuilder text = new StringBuilder();
    StringBuilder pattern = new StringBuilder();
    boolean wild = false;
    while (at < s.length() && !ends(s.charAt(at), inRange)) {
      char c = s.charAt(at++);
      if (c == '\\') {
        if (at == s.length()) {
          throw refusal(at - 1, at, "query.escape.end", s + "\\");
        }
        if (escapable(s.charAt(at)) || at - 1 == from && operatorAt(at)) {
          c = s.charAt(at++);
        }
        text.append(c);
        pattern.append(Glob.escape(String.valueOf(c)));
        continue;
      }
      wild |= c == '*' || c == '?';
      text.append(c);
      pattern.append(c);
    }
    if (at == from) {
      throw refusal(at, Math.min(s.length(), at + 1), "query.operand.missing", null);
    }
    return new Word(from, at, text.toString(), pattern.toString(), wild);
  }

  private static boolean ends(char c, boolean inRange) {
    return Character.isWhitespace(c)
        || c == '('
        || c == ')'
        || c == '"'
        || inRange && (c == ']' || c == '}');
  }

  /** Reads {@code name:} when the next word begins with one; else leaves everything as it is. */
  private @Nullable String name() {
    StringBuilder name = new StringBuilder();
    int i = at;
    while (i < s.length() && s.charAt(i) != ':') {
      char c = s.charAt(i);
      if (c == '\\' && i + 1 < s.length() && escapable(s.charAt(i + 1))) {
        c = s.charAt(++i);
      } else if (!nameCharacter(c, i - at)) {
        return null;
      }
      name.append(c);
      i++;
    }
    if (i >= s.length() || name.isEmpty() || s.startsWith("//", i + 1)) {
      return null;
    }
    boolean drive =
        name.length() == 1
            && s.startsWith("\\", i + 1)
            && i + 2 < s.length()
            && !escapable(s.charAt(i + 2));
    if (drive || address()) {
      return null;
    }
    at = i + 1;
    return name.toString();
  }

  /** Whether the word here is an IPv6 or MAC address, whose colons part no field name. */
  private boolean address() {
    int end = at;
    while (end < s.length() && !ends(s.charAt(end), false)) {
      end++;
    }
    String word = s.substring(at, end);
    if (IpAddress.parse(word) != null) {
      return true;
    }
    boolean mac = word.length() == 17;
    for (int i = 0; mac && i < 17; i++) {
      mac = i % 3 == 2 ? word.charAt(i) == ':' : Character.digit(word.charAt(i), 16) >= 0;
    }
    return mac;
  }

  private void skip() {
    while (at < s.length() && Character.isWhitespace(s.charAt(at))) {
      at++;
    }
  }

  private boolean blank(int i) {
    return i >= s.length() || Character.isWhitespace(s.charAt(i));
  }

  private boolean ahead(String word) {
    int end = at + word.length();
    return s.startsWith(word, at) && (blank(end) || s.charAt(end) == '(' || s.charAt(end) == ')');
  }

  private boolean operatorAt(int i) {
    for (String word : List.of("AND", "OR", "NOT")) {
      int end = i + word.length();
      if (s.startsWith(word, i) && (end == s.length() || ends(s.charAt(end), false))) {
        return true;
      }
    }
    return false;
  }

  private boolean operator(String word) {
    skip();
    if (!ahead(word)) {
      return false;
    }
    operatorFrom = at;
    at += word.length();
    return true;
  }

  private void deeper(int where) {
    if (++depth > MAX_DEPTH) {
      throw refusal(where, where + 1, "query.too.deep", null, MAX_DEPTH);
    }
  }

  private Refusal operandMissing() {
    if (operatorFrom < 0) {
      int to = at == s.length() ? at : s.charAt(at) == ')' ? at : at + (ahead("OR") ? 2 : 3);
      String rest = s.substring(0, at).strip() + s.substring(to);
      return refusal(at, to, "query.operand.missing", rest.isBlank() ? null : rest.strip());
    }
    String rest = (s.substring(0, operatorFrom).strip() + " " + s.substring(at)).strip();
    return refusal(at, at, "query.operand.missing", rest.isBlank() ? null : rest);
  }

  private static Refusal refusal(
      int from, int to, String key, @Nullable String remedy, Object... arguments) {
    return new Refusal(new QueryProblem(from, to, key, List.of(arguments), remedy));
  }
}
