package tr.emanet.search;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.Folding;
import tr.emanet.event.IpAddress;
import tr.emanet.index.Schema;

/**
 * Answers whether one event matches a query, by the plain meaning of every node and without an
 * index. It is the oracle for the index's answers and the final word on fields that have no column.
 * Reuses its buffers: one thread only.
 */
public final class QueryMatcher {

  /** What a node needs to know of an event; the text is decoded once and only when asked for. */
  private static final class Subject {
    private final EventRecord event;
    private byte @Nullable [] text;

    Subject(EventRecord event) {
      this.event = event;
    }

    byte[] text() {
      byte[] known = text;
      if (known == null) {
        known = LineText.utf8(event);
        text = known;
      }
      return known;
    }
  }

  private interface Test {
    boolean holds(Subject subject);
  }

  private final Test test;

  private QueryMatcher(Test test) {
    this.test = test;
  }

  /** Compiles a query. */
  public static QueryMatcher of(Query query) {
    return new QueryMatcher(test(query));
  }

  /** Whether the event matches. */
  public boolean matches(EventRecord event) {
    return test.holds(new Subject(event));
  }

  private static Test test(Query query) {
    return switch (query) {
      case Query.All all -> subject -> true;
      case Query.None none -> subject -> false;
      case Query.Text text -> line(LineMatcher.sequence(text.text()));
      case Query.Phrase phrase -> line(LineMatcher.phrase(phrase.text()));
      case Query.TextWildcard wildcard ->
          wildcard.pattern().equals("*")
              ? subject -> true
              : line(LineMatcher.wildcard(wildcard.pattern()));
      case Query.FieldIs is -> is(is);
      case Query.FieldWildcard wildcard -> wildcard(wildcard);
      case Query.FieldExists exists -> exists(exists.field());
      case Query.FieldRange range -> range(range);
      case Query.FieldNet net -> net(net);
      case Query.And and -> {
        List<Test> parts = and.parts().stream().map(QueryMatcher::test).toList();
        yield subject -> parts.stream().allMatch(part -> part.holds(subject));
      }
      case Query.Or or -> {
        List<Test> parts = or.parts().stream().map(QueryMatcher::test).toList();
        yield subject -> parts.stream().anyMatch(part -> part.holds(subject));
      }
      case Query.Not not -> {
        Test part = test(not.part());
        yield subject -> !part.holds(subject);
      }
    };
  }

  private static Test line(LineMatcher matcher) {
    return subject -> {
      byte[] text = subject.text();
      return matcher.matches(text, 0, text.length) || inValues(matcher, subject.event);
    };
  }

  /**
   * Whether a test of text holds for one of the values: words of unescaped or transcoded values do
   * not stand in the line as they are, and are found like words of the line.
   */
  public static boolean inValues(LineMatcher matcher, EventRecord event) {
    for (Map.Entry<String, Object> entry : event.fields().entrySet()) {
      Field field = Field.named(entry.getKey()).orElse(null);
      boolean text = field == null || field.type() == FieldType.KEYWORD && !Schema.combined(field);
      if (text) {
        byte[] value = entry.getValue().toString().getBytes(StandardCharsets.UTF_8);
        if (matcher.matches(value, 0, value.length)) {
          return true;
        }
      }
    }
    return false;
  }

  private static FieldType type(String name) {
    // Fields outside the core hold text.
    Optional<Field> field = Field.named(name);
    return field.isPresent() ? field.get().type() : FieldType.KEYWORD;
  }

  private static Test is(Query.FieldIs is) {
    return switch (type(is.field())) {
      case KEYWORD -> {
        String wanted = Folding.fold(is.value());
        yield subject -> {
          Object value = subject.event.fields().get(is.field());
          return value != null && Folding.fold(value.toString()).equals(wanted);
        };
      }
      case IP -> {
        byte[] wanted = IpAddress.parse(is.value());
        yield wanted == null
            ? subject -> false
            : net(new Query.FieldNet(is.field(), wanted, wanted));
      }
      case LONG -> {
        Long wanted = Numbers.whole(is.value());
        yield wanted == null
            ? subject -> false
            : range(new Query.FieldRange(is.field(), wanted, wanted));
      }
      case DATE -> {
        Optional<Query.FieldRange> span = span(is, ZoneOffset.UTC);
        yield span.isEmpty() ? subject -> false : range(span.get());
      }
      case TEXT -> line(LineMatcher.phrase(is.value()));
    };
  }

  /** The range that equality with a date means; empty when the value is no date. */
  public static Optional<Query.FieldRange> span(Query.FieldIs is, ZoneId zone) {
    DateSpan span = DateSpan.parse(is.value(), zone);
    return span == null
        ? Optional.empty()
        : Optional.of(new Query.FieldRange(is.field(), span.firstMillis(), span.lastMillis()));
  }

  private static Test wildcard(Query.FieldWildcard wildcard) {
    return switch (type(wildcard.field())) {
      case TEXT -> line(LineMatcher.anywhere(wildcard.pattern()));
      case DATE -> subject -> false;
      case KEYWORD, IP, LONG -> {
        Glob glob = Glob.of(wildcard.pattern());
        yield subject -> {
          Object value = subject.event.fields().get(wildcard.field());
          if (value == null) {
            return false;
          }
          byte[] folded = Folding.fold(value.toString().getBytes(StandardCharsets.UTF_8));
          return glob.matches(folded, 0, folded.length);
        };
      }
    };
  }

  private static Test exists(String name) {
    return type(name) == FieldType.DATE
        ? subject -> true
        : subject -> subject.event.fields().containsKey(name);
  }

  private static Test range(Query.FieldRange range) {
    Field field = Field.named(range.field()).orElse(null);
    if (field == Field.TIMESTAMP) {
      return subject -> within(subject.event.timestampMillis(), range);
    }
    if (field == Field.INGESTED) {
      return subject -> within(subject.event.ingestedMillis(), range);
    }
    return subject -> {
      Object value = subject.event.fields().get(range.field());
      if (value instanceof Long number) {
        return within(number, range);
      }
      return value != null
          && type(range.field()) == FieldType.KEYWORD
          && Numbers.within(value.toString(), range.low(), range.high());
    };
  }

  private static boolean within(long number, Query.FieldRange range) {
    return number >= range.low() && number <= range.high();
  }

  private static Test net(Query.FieldNet net) {
    return subject -> {
      Object value = subject.event.fields().get(net.field());
      byte[] address = value == null ? null : IpAddress.parse(value.toString());
      return address != null
          && Arrays.compareUnsigned(address, net.low()) >= 0
          && Arrays.compareUnsigned(address, net.high()) <= 0;
    };
  }
}
