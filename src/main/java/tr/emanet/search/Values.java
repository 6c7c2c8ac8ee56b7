package tr.emanet.search;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;
import tr.emanet.search.QueryParser.Refusal;
import tr.emanet.search.QueryParser.Word;

/** Gives the values of a query text the type of their field; knows the whole text for remedies. */
final class Values {

  private static final byte[] FIRST_ADDRESS = new byte[16];
  private static final byte[] LAST_ADDRESS = Networks.high(FIRST_ADDRESS, 0);

  private final String whole;
  private final ZoneId zone;
  private final boolean masked;

  /**
   * @param masked whether address fields may also hold pseudonyms
   */
  Values(String whole, ZoneId zone, boolean masked) {
    this.masked = masked;
    this.whole = whole;
    this.zone = zone;
  }

  Query is(String field, Word word) {
    return switch (type(field)) {
      case KEYWORD, TEXT -> new Query.FieldIs(field, word.text());
      case LONG -> {
        number(field, word);
        yield new Query.FieldIs(field, word.text());
      }
      case DATE -> {
        DateSpan span = date(field, word);
        yield new Query.FieldRange(field, span.firstMillis(), span.lastMillis());
      }
      case IP -> network(field, word);
    };
  }

  Query wildcard(String field, Word word) {
    if (type(field) == FieldType.DATE) {
      throw refusal(word, "query.date.bad", null, word.text(), field);
    }
    return new Query.FieldWildcard(field, word.pattern());
  }

  /** A range; an open end is null. */
  Query range(
      String field,
      int from,
      @Nullable Word low,
      boolean includeLow,
      @Nullable Word high,
      boolean includeHigh) {
    return switch (type(field)) {
      case LONG, KEYWORD ->
          numbers(
              field,
              low,
              high,
              low == null ? Long.MIN_VALUE : number(field, low) + (includeLow ? 0 : 1),
              high == null ? Long.MAX_VALUE : number(field, high) - (includeHigh ? 0 : 1));
      case DATE -> {
        DateSpan first = low == null ? null : date(field, low);
        DateSpan last = high == null ? null : date(field, high);
        yield numbers(
            field,
            low,
            high,
            first == null
                ? Long.MIN_VALUE
                : includeLow ? first.firstMillis() : first.lastMillis() + 1,
            last == null
                ? Long.MAX_VALUE
                : includeHigh ? last.lastMillis() : last.firstMillis() - 1);
      }
      case IP -> {
        byte[] first = low == null ? FIRST_ADDRESS : address(field, low);
        byte[] last = high == null ? LAST_ADDRESS : address(field, high);
        first = includeLow ? first : Networks.next(first, 1);
        last = includeHigh ? last : Networks.next(last, -1);
        order(low, high, Arrays.compareUnsigned(first, last) > 0);
        yield new Query.FieldNet(field, first, last);
      }
      case TEXT ->
          throw new Refusal(
              new QueryProblem(
                  from,
                  low != null ? low.to() : high != null ? high.to() : from + 1,
                  "query.range.type",
                  List.of(field),
                  null));
    };
  }

  private Query numbers(
      String field, @Nullable Word low, @Nullable Word high, long first, long last) {
    order(low, high, first > last);
    return new Query.FieldRange(field, first, last);
  }

  private void order(@Nullable Word low, @Nullable Word high, boolean wrong) {
    if (wrong && low != null && high != null) {
      String swapped =
          whole.substring(0, low.from())
              + whole.substring(high.from(), high.to())
              + whole.substring(low.to(), high.from())
              + whole.substring(low.from(), low.to())
              + whole.substring(high.to());
      throw new Refusal(
          new QueryProblem(
              low.from(),
              high.to(),
              "query.range.order",
              List.of(low.text(), high.text()),
              low.text().equals(high.text()) ? null : swapped));
    }
  }

  private Query network(String field, Word word) {
    String text = word.text();
    if (masked && Pseudonyms.is(text)) {
      return new Query.FieldIs(field, text);
    }
    int slash = text.indexOf('/');
    if (slash < 0) {
      int dash = text.indexOf('-');
      if (dash > 0) {
        byte[] low = address(field, part(word, 0, dash));
        byte[] high = address(field, part(word, dash + 1, text.length()));
        order(
            part(word, 0, dash),
            part(word, dash + 1, text.length()),
            Arrays.compareUnsigned(low, high) > 0);
        return new Query.FieldNet(field, low, high);
      }
      address(field, word);
      return new Query.FieldIs(field, text);
    }
    byte[] address = address(field, part(word, 0, slash));
    boolean v4 = IpAddress.isV4(address, 0);
    int max = v4 ? 32 : 128;
    Word prefix = part(word, slash + 1, text.length());
    Long bits = Numbers.whole(prefix.text());
    if (bits == null || bits < 0 || bits > max) {
      throw refusal(
          prefix, "query.prefix.range", Integer.toString(max), prefix.text(), max, v4 ? 4 : 6);
    }
    int fixed = (int) (v4 ? bits + 96 : bits);
    return new Query.FieldNet(field, Networks.low(address, fixed), Networks.high(address, fixed));
  }

  /**
   * A part of a word; positions are exact when the word has no escapes, as addresses never have.
   */
  private static Word part(Word word, int from, int to) {
    String text = word.text().substring(from, to);
    return new Word(word.from() + from, word.from() + to, text, text, false);
  }

  private byte[] address(String field, Word word) {
    return read(word, "query.address.bad", field, IpAddress::parse);
  }

  private long number(String field, Word word) {
    return read(word, "query.number.bad", field, Numbers::whole);
  }

  private DateSpan date(String field, Word word) {
    return read(word, "query.date.bad", field, text -> DateSpan.parse(text, zone));
  }

  private <T> T read(Word word, String key, String field, Function<String, @Nullable T> reader) {
    T value = reader.apply(word.text());
    if (value == null) {
      throw refusal(word, key, null, word.text(), field);
    }
    return value;
  }

  private static FieldType type(String name) {
    Optional<Field> field = Field.named(name);
    return field.isPresent() ? field.get().type() : FieldType.KEYWORD;
  }

  private Refusal refusal(
      Word word, String key, @Nullable String replacement, Object... arguments) {
    String remedy =
        replacement == null
            ? null
            : whole.substring(0, word.from()) + replacement + whole.substring(word.to());
    return new Refusal(new QueryProblem(word.from(), word.to(), key, List.of(arguments), remedy));
  }
}
