package tr.emanet.index;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.InvertableType;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.Folding;

/**
 * Turns an event into a Lucene document without allocating: every Lucene field is made once and
 * refilled. One instance a worker; the document is valid until the next {@link #of}.
 */
final class EventDocument {

  private static final long COLUMNS = Schema.columnBits();
  private static final long OWN_POSTINGS =
      Schema.OWN_POSTINGS.stream().mapToLong(Field::bit).reduce(0, (a, b) -> a | b);

  private final List<IndexableField> document = new ArrayList<>(80);
  private final EventTerms terms = new EventTerms();
  private final NumberField timestamp = new NumberField(Schema.TIMESTAMP, true);
  private final NumberField ingested = new NumberField(Schema.INGESTED, true);
  private final NumberField sequence = new NumberField(Schema.SEQUENCE, true);
  private final NumberField present = new NumberField(Schema.PRESENT, false);
  private final IndexableField words = new StreamField(Schema.TERMS, terms);
  private final IndexableField figures = new StreamField(Schema.NUMBERS, terms.numbers());
  private final IndexableField hidden = new StreamField(Schema.HIDDEN, terms.hidden());
  private final TermField combination =
      new TermField(Schema.COMBINATION, termType(DocValuesType.SORTED));
  private final TermField common = new TermField(Schema.COMMON, termType(DocValuesType.NONE));
  private final byte[] combinationBytes = new byte[Combinations.MAX_BYTES];
  private final @Nullable BytesField[] bytes = new BytesField[Field.all().size()];
  private final @Nullable NumberField[] numbers = new NumberField[Field.all().size()];
  private final List<TermField> derived = new ArrayList<>();
  private final byte[][] derivedPrefix = new byte[Field.all().size()][];
  private final byte[] derivedBytes = new byte[Schema.OWN_POSTINGS.size() * 4096];

  EventDocument() {
    for (Field field : Field.all()) {
      if (!Schema.hasColumn(field)) {
        continue;
      }
      switch (field.type()) {
        case KEYWORD ->
            bytes[field.ordinal()] =
                new BytesField(field.ecsName(), type(DocValuesType.SORTED, false));
        case IP -> {
          FieldType type = new FieldType();
          type.setDocValuesType(DocValuesType.SORTED);
          type.setDimensions(1, 16);
          type.setOmitNorms(true);
          type.freeze();
          bytes[field.ordinal()] = new BytesField(field.ecsName(), type);
        }
        case LONG -> numbers[field.ordinal()] = new NumberField(field.ecsName(), false);
        case DATE, TEXT -> {}
      }
    }
    for (Field field : Schema.OWN_POSTINGS) {
      derived.add(new TermField(Schema.DERIVED, termType(DocValuesType.NONE)));
      derivedPrefix[field.ordinal()] = Schema.derivedTerm(field, new byte[0]).bytes;
    }
  }

  private static FieldType type(DocValuesType values, boolean skip) {
    FieldType type = new FieldType();
    type.setDocValuesType(values);
    if (skip) {
      type.setDocValuesSkipIndexType(DocValuesSkipIndexType.RANGE);
    }
    type.setOmitNorms(true);
    type.freeze();
    return type;
  }

  private static FieldType termType(DocValuesType values) {
    FieldType type = new FieldType();
    type.setDocValuesType(values);
    type.setIndexOptions(IndexOptions.DOCS);
    type.setTokenized(false);
    type.setOmitNorms(true);
    type.freeze();
    return type;
  }

  /** Fills and returns the document. */
  Iterable<IndexableField> of(Event event, long seq) {
    document.clear();
    timestamp.set(event.timestampMillis());
    ingested.set(event.ingestedMillis());
    sequence.set(seq);
    present.set(event.present());
    document.add(timestamp);
    document.add(ingested);
    document.add(sequence);
    document.add(present);
    int length = Combinations.write(event, combinationBytes);
    combination.set(combinationBytes, 0, length);
    document.add(combination);
    for (long left = event.present() & COLUMNS; left != 0; left &= left - 1) {
      int ordinal = Long.numberOfTrailingZeros(left);
      NumberField number = numbers[ordinal];
      if (number != null) {
        number.set(event.number(Field.all().get(ordinal)));
        document.add(number);
        continue;
      }
      BytesField column = bytes[ordinal];
      if (column != null) {
        Field field = Field.all().get(ordinal);
        if (field.type() == tr.emanet.event.FieldType.IP) {
          column.set(event.addresses(), ordinal * 16, 16);
        } else {
          int from = event.valueFrom(field);
          column.set(
              event.valueBytes(field),
              from,
              Math.min(event.valueTo(field) - from, Schema.MAX_VALUE_BYTES));
        }
        document.add(column);
      }
    }
    if ((event.present() & OWN_POSTINGS) != 0) {
      addDerived(event);
    }
    terms.reset(event);
    BytesRef template = terms.template();
    if (template != null) {
      common.set(template.bytes, template.offset, template.length);
      document.add(common);
    }
    document.add(words);
    if (terms.hasNumbers()) {
      document.add(figures);
    }
    if (terms.mayHide()) {
      // After the words: those of a long line are cut while they are written.
      document.add(hidden);
    }
    return document;
  }

  private void addDerived(Event event) {
    int used = 0;
    int at = 0;
    for (long left = event.present() & OWN_POSTINGS; left != 0; left &= left - 1) {
      int ordinal = Long.numberOfTrailingZeros(left);
      Field field = Field.all().get(ordinal);
      byte[] prefix = derivedPrefix[ordinal];
      System.arraycopy(prefix, 0, derivedBytes, at, prefix.length);
      int from = event.valueFrom(field);
      int to = Math.min(event.valueTo(field), from + Schema.MAX_VALUE_BYTES);
      int end = Folding.fold(event.valueBytes(field), from, to, derivedBytes, at + prefix.length);
      TermField term = derived.get(used++);
      term.set(derivedBytes, at, end - at);
      document.add(term);
      at = end;
    }
  }

  /** A numeric doc value that can be refilled without boxing. */
  private static final class NumberField extends org.apache.lucene.document.Field {
    NumberField(String name, boolean skip) {
      super(name, type(DocValuesType.NUMERIC, skip));
      fieldsData = 0L;
    }

    void set(long value) {
      // Small values come from the box cache; the rest die young and cost less than a wrapper of
      // our own, because Lucene asks for a Number.
      fieldsData = value;
    }
  }

  /** A sorted doc value, perhaps also a point, over borrowed bytes. */
  private static class BytesField extends org.apache.lucene.document.Field {
    private final BytesRef value = new BytesRef();

    BytesField(String name, FieldType type) {
      super(name, type);
      fieldsData = value;
    }

    void set(byte[] source, int from, int length) {
      value.bytes = source;
      value.offset = from;
      value.length = length;
    }
  }

  /** Exactly one term, perhaps also a sorted doc value, without the detour over a token stream. */
  private static final class TermField extends BytesField {
    TermField(String name, FieldType type) {
      super(name, type);
    }

    @Override
    public InvertableType invertableType() {
      return InvertableType.BINARY;
    }
  }

  /** An inverted field without norms, frequencies or positions. */
  private static final class StreamField extends org.apache.lucene.document.Field {
    private static final FieldType TYPE = new FieldType();

    static {
      TYPE.setIndexOptions(IndexOptions.DOCS);
      TYPE.setTokenized(true);
      TYPE.setOmitNorms(true);
      TYPE.freeze();
    }

    StreamField(String name, TokenStream stream) {
      super(name, stream, TYPE);
    }
  }
}
