package tr.emanet.search;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;

/** Writes a query tree as text that {@link QueryParser} reads back to the same tree. */
public final class QueryPrinter {

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
  private static final String SPECIAL = "()\":\\*?[]{}<>=!";

  private QueryPrinter() {}

  /** The text of a query. */
  public static String print(Query query) {
    StringBuilder out = new StringBuilder();
    write(query, out);
    return out.toString();
  }

  private static void write(Query query, StringBuilder out) {
    switch (query) {
      case Query.All all -> out.append('*');
      case Query.None none -> out.append("NOT *");
      case Query.Text text -> out.append(text.text().isEmpty() ? "*" : word(text.text()));
      case Query.Phrase phrase -> quote(phrase.text(), out);
      case Query.TextWildcard wildcard -> out.append(pattern(wildcard.pattern()));
      case Query.FieldIs is -> {
        name(is.field(), out);
        if (plain(is.value())) {
          out.append(is.value());
        } else {
          quote(is.value(), out);
        }
      }
      case Query.FieldWildcard wildcard -> {
        name(wildcard.field(), out);
        out.append(pattern(wildcard.pattern()));
      }
      case Query.FieldExists exists -> {
        name(exists.field(), out);
        out.append('*');
      }
      case Query.FieldRange range -> {
        name(range.field(), out);
        out.append('[').append(end(range.field(), range.low(), Long.MIN_VALUE)).append(" TO ");
        out.append(end(range.field(), range.high(), Long.MAX_VALUE)).append(']');
      }
      case Query.FieldNet net -> {
        name(net.field(), out);
        out.append(Networks.text(net.low(), net.high()));
      }
      case Query.And and -> join(and.parts(), " AND ", "*", out);
      case Query.Or or -> join(or.parts(), " OR ", "NOT *", out);
      case Query.Not not -> {
        out.append("NOT ");
        operand(not.part(), out);
      }
    }
  }

  private static void join(List<Query> parts, String between, String none, StringBuilder out) {
    if (parts.isEmpty()) {
      out.append(none);
    }
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.append(between);
      }
      operand(parts.get(i), out);
    }
  }

  private static void operand(Query part, StringBuilder out) {
    boolean compound =
        part instanceof Query.And || part instanceof Query.Or || part instanceof Query.None;
    if (compound) {
      out.append('(');
    }
    write(part, out);
    if (compound) {
      out.append(')');
    }
  }

  private static String end(String field, long value, long open) {
    if (value == open) {
      return "*";
    }
    Optional<Field> known = Field.named(field);
    return known.isPresent() && known.get().type() == FieldType.DATE && Math.abs(value) < 1L << 46
        ? date(value)
        : Long.toString(value);
  }

  private static String date(long millis) {
    return millis < -62_135_596_800_000L || millis > 253_402_300_799_999L
        ? Long.toString(millis)
        : Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).format(ISO);
  }

  private static void name(String field, StringBuilder out) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (!QueryParser.nameCharacter(c, i)) {
        out.append('\\');
      }
      out.append(c);
    }
    out.append(':');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  private static boolean plain(String value) {
    return !value.isEmpty() && word(value).equals(value);
  }

  private static String word(String text) {
    return isOperator(text) ? "\\" + text : escaped(text, false);
  }

  private static String pattern(String pattern) {
    return escaped(pattern, true);
  }

  /** Escapes for the text outside quotes; a pattern brings its own escapes for wildcards. */
  private static String escaped(String text, boolean pattern) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (pattern && c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        if (QueryParser.escapable(next)) {
          out.append('\\');
        }
        out.append(next);
        continue;
      }
      boolean wildcard = pattern && (c == '*' || c == '?');
      boolean special = SPECIAL.indexOf(c) >= 0 || Character.isWhitespace(c);
      if (!wildcard && special || i == 0 && (c == '-' || text.startsWith("//"))) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  static boolean isOperator(String text) {
    return text.equals("AND") || text.equals("OR") || text.equals("NOT");
  }
}
