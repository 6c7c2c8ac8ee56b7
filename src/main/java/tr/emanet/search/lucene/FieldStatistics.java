package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.index.Combinations;
import tr.emanet.index.Schema;
import tr.emanet.search.Results.FieldCount;
import tr.emanet.search.TimeRange;

/**
 * Counts which fields the hits have, from the one column that holds the set of fields of a
 * document, and how many values each field has. Distinct values are counted exactly while they are
 * few; a field with many says -1. One thread only.
 */
final class FieldStatistics {

  /** Hits whose values are looked at one by one; with more only small dictionaries are counted. */
  private static final int LOOK_AT_EACH = 20_000;

  private static final int MANY = 5_000;

  private final TimeRange range;
  private final Deadline deadline;
  private final LongCounts patterns = new LongCounts();
  private final List<@Nullable Set<Object>> distinct = new ArrayList<>();
  private long total;

  FieldStatistics(TimeRange range, Deadline deadline) {
    this.range = range;
    this.deadline = deadline;
    for (Field field : Field.all()) {
      distinct.add(field.type() == FieldType.TEXT ? null : new HashSet<>());
    }
  }

  long total() {
    return total;
  }

  void add(Leaf leaf) throws IOException {
    LeafReader reader = leaf.context().reader();
    NumericDocValues present = reader.getNumericDocValues(Schema.PRESENT);
    SortedDocValues combinations = reader.getSortedDocValues(Schema.COMBINATION);
    if (present == null || combinations == null) {
      return;
    }
    FixedBitSet combined = new FixedBitSet(Math.max(1, combinations.getValueCount()));
    long[] bits = new long[Hits.BATCH];
    List<int[]> each = new ArrayList<>();
    long before = total;
    Hits.each(
        leaf.partition().weight(leaf, range),
        leaf,
        deadline,
        (docs, count) -> {
          total += count;
          present.longValues(count, docs, bits, 0);
          for (int i = 0; i < count; i++) {
            patterns.add(bits[i]);
            if (combinations.advanceExact(docs[i])) {
              combined.set(combinations.ordValue());
            }
          }
          if (total - before <= LOOK_AT_EACH) {
            each.add(java.util.Arrays.copyOf(docs, count));
          }
        });
    addCombined(combinations, combined);
    boolean whole = total - before == reader.maxDoc();
    boolean few = total - before <= LOOK_AT_EACH;
    for (Field field : Field.all()) {
      Set<Object> known = distinct.get(field.ordinal());
      if (known != null && Schema.hasColumn(field)) {
        deadline.check();
        if (!addValues(reader, field, known, few ? each : null, whole) || known.size() > MANY) {
          distinct.set(field.ordinal(), null);
        }
      }
    }
  }

  private void addCombined(SortedDocValues combinations, FixedBitSet seen) throws IOException {
    for (int ord = 0; ord < combinations.getValueCount(); ord++) {
      if (!seen.get(ord)) {
        continue;
      }
      BytesRef combination = combinations.lookupOrd(ord);
      for (Field field : Schema.COMBINED) {
        Set<Object> known = distinct.get(field.ordinal());
        String value = Combinations.value(combination, Combinations.indexOf(field));
        if (known != null && value != null && known.size() <= MANY) {
          known.add(value);
        }
      }
    }
  }

  private static boolean addValues(
      LeafReader reader, Field field, Set<Object> known, @Nullable List<int[]> docs, boolean whole)
      throws IOException {
    if (field.type() == FieldType.LONG) {
      return addNumbers(reader.getNumericDocValues(field.ecsName()), known, docs);
    }
    SortedDocValues values = reader.getSortedDocValues(field.ecsName());
    if (values == null) {
      return true;
    }
    FixedBitSet used = null;
    if (docs != null) {
      used = new FixedBitSet(Math.max(1, values.getValueCount()));
      for (int[] batch : docs) {
        for (int doc : batch) {
          if (values.advanceExact(doc)) {
            used.set(values.ordValue());
          }
        }
      }
    }
    int count = used == null ? values.getValueCount() : used.cardinality();
    if (count > MANY || used == null && !whole) {
      return false;
    }
    for (int ord = 0; ord < values.getValueCount(); ord++) {
      if (used == null || used.get(ord)) {
        known.add(BytesRef.deepCopyOf(values.lookupOrd(ord)));
      }
    }
    return true;
  }

  private static boolean addNumbers(
      @Nullable NumericDocValues values, Set<Object> known, @Nullable List<int[]> docs)
      throws IOException {
    if (values == null) {
      return true;
    }
    if (docs == null) {
      return false;
    }
    for (int[] batch : docs) {
      for (int doc : batch) {
        if (values.advanceExact(doc)) {
          known.add(values.longValue());
        }
      }
    }
    return true;
  }

  /** The fields that occur, by name. */
  List<FieldCount> fields() {
    long[] with = new long[Field.all().size()];
    patterns.forEach(
        (bits, count) -> {
          for (long left = bits; left != 0; left &= left - 1) {
            with[Long.numberOfTrailingZeros(left)] += count;
          }
        });
    TreeMap<String, FieldCount> out = new TreeMap<>();
    for (Field field : Field.all()) {
      boolean always = field.type() == FieldType.DATE;
      long count = always ? total : with[field.ordinal()];
      if (count > 0) {
        Set<Object> known = always ? null : distinct.get(field.ordinal());
        out.put(
            field.ecsName(),
            new FieldCount(
                field.ecsName(), field.type().mark(), known == null ? -1 : known.size(), count));
      }
    }
    return List.copyOf(out.values());
  }
}
