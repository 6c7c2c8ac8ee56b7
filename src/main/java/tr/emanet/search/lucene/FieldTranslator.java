package tr.emanet.search.lucene;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.Folding;
import tr.emanet.event.IpAddress;
import tr.emanet.index.CombinationQuery;
import tr.emanet.index.Schema;
import tr.emanet.search.Glob;
import tr.emanet.search.LineMatcher;
import tr.emanet.search.Networks;
import tr.emanet.search.Numbers;
import tr.emanet.search.Query;
import tr.emanet.search.QueryMatcher;
import tr.emanet.search.Words;
import tr.emanet.search.lucene.LeafQueries.ValueTest;
import tr.emanet.search.lucene.LeafQueries.Verdict;

/** Translates the nodes about one field, by the type of the field and where its values are kept. */
final class FieldTranslator {

  private final LeafQueries leaves;
  private final RecordChecks records;
  private final TextTranslator texts;
  private final @Nullable IndexSearcher windows;

  FieldTranslator(
      LeafQueries leaves,
      RecordChecks records,
      TextTranslator texts,
      @Nullable IndexSearcher windows) {
    this.leaves = leaves;
    this.records = records;
    this.texts = texts;
    this.windows = windows;
  }

  org.apache.lucene.search.Query is(Query.FieldIs is) throws IOException {
    Field field = Field.named(is.field()).orElse(null);
    if (field == null) {
      return records.checked(Clauses.candidates(Words.of(is.value())), is);
    }
    return switch (field.type()) {
      case KEYWORD -> keyword(field, is);
      case IP -> {
        byte[] address = IpAddress.parse(is.value());
        yield address == null ? Clauses.none() : addresses(is.field(), address, address);
      }
      case LONG -> {
        Long number = Numbers.whole(is.value());
        yield number == null ? Clauses.none() : leaves.range(is.field(), number, number);
      }
      case DATE -> {
        Optional<Query.FieldRange> span = QueryMatcher.span(is, ZoneOffset.UTC);
        yield span.isEmpty() ? Clauses.none() : range(span.get());
      }
      case TEXT -> texts.phrase(is.value());
    };
  }

  private org.apache.lucene.search.Query keyword(Field field, Query.FieldIs is) {
    byte[] wanted = Folding.fold(is.value().getBytes(StandardCharsets.UTF_8));
    if (Schema.combined(field)) {
      return new CombinationQuery(
          field, is.value(), value -> value.length > 0 && Arrays.equals(folded(value), wanted));
    }
    if (Schema.OWN_POSTINGS.contains(field) && wanted.length < Schema.MAX_VALUE_BYTES) {
      return new TermQuery(new Term(Schema.DERIVED, Schema.derivedTerm(field, wanted)));
    }
    List<org.apache.lucene.search.Query> parts =
        Schema.OWN_POSTINGS.contains(field)
            ? new ArrayList<>()
            : Clauses.candidates(Words.of(is.value()));
    parts.add(values(field, is, value -> Arrays.equals(folded(value), wanted)));
    return Clauses.every(parts);
  }

  org.apache.lucene.search.Query wildcard(Query.FieldWildcard wildcard) {
    Field field = Field.named(wildcard.field()).orElse(null);
    Glob glob =
        field != null && field.type() == FieldType.TEXT
            ? Glob.anywhere(wildcard.pattern())
            : Glob.of(wildcard.pattern());
    List<org.apache.lucene.search.Query> parts =
        Clauses.candidates(Words.certain(wildcard.pattern()));
    if (field == null) {
      return records.checked(parts, wildcard);
    }
    return switch (field.type()) {
      case KEYWORD -> {
        if (Schema.combined(field)) {
          yield new CombinationQuery(
              field, wildcard.pattern(), value -> value.length > 0 && fits(glob, folded(value)));
        }
        if (Schema.OWN_POSTINGS.contains(field)) {
          byte[] before = Schema.derivedTerm(field, new byte[0]).bytes;
          yield leaves.terms(Schema.DERIVED, before, glob);
        }
        parts.add(values(field, wildcard, value -> fits(glob, folded(value))));
        yield Clauses.every(parts);
      }
      case IP ->
          leaves.values(
              field.ecsName(), value -> LeafQueries.addressFits(glob, value), sequence -> false);
      case LONG ->
          leaves.numbers(
              wildcard.field(),
              number -> fits(glob, Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
      case DATE -> Clauses.none();
      case TEXT -> {
        parts.add(records.line(LineMatcher.anywhere(wildcard.pattern())));
        yield Clauses.every(parts);
      }
    };
  }

  org.apache.lucene.search.Query exists(Query.FieldExists exists) {
    Field field = Field.named(exists.field()).orElse(null);
    if (field == null) {
      return records.checked(new ArrayList<>(), exists);
    }
    if (field.type() == FieldType.DATE) {
      return MatchAllDocsQuery.INSTANCE;
    }
    if (Schema.combined(field)) {
      return new CombinationQuery(field, "*", value -> value.length > 0);
    }
    long bit = field.bit();
    return Schema.hasColumn(field)
        ? new FieldExistsQuery(exists.field())
        : leaves.numbers(Schema.PRESENT, present -> (present & bit) != 0);
  }

  org.apache.lucene.search.Query range(Query.FieldRange range) {
    Field field = Field.named(range.field()).orElse(null);
    if (field == null) {
      return records.checked(new ArrayList<>(), range);
    }
    if (range.low() > range.high()) {
      return Clauses.none();
    }
    return switch (field.type()) {
      case LONG -> leaves.range(range.field(), range.low(), range.high());
      case DATE ->
          NumericDocValuesField.newSlowRangeQuery(
              field == Field.TIMESTAMP ? Schema.TIMESTAMP : Schema.INGESTED,
              range.low(),
              range.high());
      case KEYWORD -> {
        ValueTest within =
            value -> verdict(Numbers.within(value.utf8ToString(), range.low(), range.high()));
        yield Schema.combined(field)
            ? new CombinationQuery(
                field,
                "range" + range.low() + "," + range.high(),
                value -> within.test(value) == Verdict.YES)
            : leaves.values(range.field(), within, sequence -> false);
      }
      case IP, TEXT -> Clauses.none();
    };
  }

  org.apache.lucene.search.Query net(Query.FieldNet net) throws IOException {
    Field field = Field.named(net.field()).orElse(null);
    if (field == null) {
      return records.checked(new ArrayList<>(), net);
    }
    return switch (field.type()) {
      case IP -> addresses(net.field(), net.low(), net.high());
      case KEYWORD -> {
        ValueTest within =
            value -> {
              byte[] address = IpAddress.parse(value.utf8ToString());
              return verdict(address != null && Networks.within(address, net.low(), net.high()));
            };
        yield Schema.combined(field)
            ? new CombinationQuery(
                field,
                Networks.text(net.low(), net.high()),
                value -> within.test(value) == Verdict.YES)
            : leaves.values(net.field(), within, sequence -> false);
      }
      case LONG, DATE, TEXT -> Clauses.none();
    };
  }

  private org.apache.lucene.search.Query addresses(String field, byte[] low, byte[] high)
      throws IOException {
    if (Arrays.compareUnsigned(low, high) > 0) {
      return Clauses.none();
    }
    try {
      org.apache.lucene.search.Query points =
          InetAddressPoint.newRangeQuery(
              field, InetAddress.getByAddress(low), InetAddress.getByAddress(high));
      return windows == null ? points : leaves.once(points, windows);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are always an address", e);
    }
  }

  private org.apache.lucene.search.Query values(
      Field field, Query node, java.util.function.Predicate<BytesRef> test) {
    return leaves.values(
        field.ecsName(),
        value ->
            value.length >= Schema.MAX_VALUE_BYTES ? Verdict.ASK_RECORD : verdict(test.test(value)),
        records.record(node));
  }

  private static Verdict verdict(boolean holds) {
    return holds ? Verdict.YES : Verdict.NO;
  }

  private static boolean fits(Glob glob, byte[] folded) {
    return glob.matches(folded, 0, folded.length);
  }

  private static byte[] folded(BytesRef value) {
    byte[] out = new byte[value.length * 3];
    int end = Folding.fold(value.bytes, value.offset, value.offset + value.length, out, 0);
    return Arrays.copyOf(out, end);
  }
}
