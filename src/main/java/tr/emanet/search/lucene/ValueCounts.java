package tr.emanet.search.lucene;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;
import tr.emanet.index.Combinations;
import tr.emanet.index.Schema;
import tr.emanet.search.Results.ValueCount;
import tr.emanet.search.TimeRange;

/**
 * Counts the values of one core field: ordinals a segment, merged by value at the end. When there
 * are very many values only those that can be among the winners are looked up. One thread only.
 */
final class ValueCounts {

  /** Up to so many (value, segment) pairs everything is merged, and distinct values are known. */
  private static final int MERGE_ALL = 50_000;

  /** More values that could win than this are merged in order instead of looked up. */
  private static final int MANY_CANDIDATES = 4_000;

  /** Documents between two looks at the clock. */
  private static final int CHECK_EVERY = 1 << 17;

  /** Counts by ordinal of one segment. */
  private record Segment(SortedDocValues values, int[] counts, int used) {}

  private final Field field;
  private final int part;
  private final TimeRange range;
  private final Deadline deadline;
  private final ColumnCounts known;
  private final long mergeAll;
  private final long manyCandidates;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<String, Long> byValue = new HashMap<>();
  private final LongCounts numbers = new LongCounts();
  private long withField;
  private long total;
  private long distinct = -1;

  ValueCounts(Field field, TimeRange range, Deadline deadline, ColumnCounts known) {
    this(field, range, deadline, known, MERGE_ALL, MANY_CANDIDATES);
  }

  ValueCounts(
      Field field,
      TimeRange range,
      Deadline deadline,
      ColumnCounts known,
      long mergeAll,
      long manyCandidates) {
    this.known = known;
    this.mergeAll = mergeAll;
    this.manyCandidates = manyCandidates;
    this.field = field;
    this.part = Combinations.indexOf(field);
    this.range = range;
    this.deadline = deadline;
  }

  long withField() {
    return withField;
  }

  long total() {
    return total;
  }

  /** Distinct values after {@link #top}; -1 when they were too many to count. */
  long distinct() {
    return distinct;
  }

  void add(Leaf leaf) throws IOException {
    if (field.type() == FieldType.LONG) {
      addNumbers(leaf);
      return;
    }
    String column = part >= 0 ? Schema.COMBINATION : field.ecsName();
    SortedDocValues values = leaf.context().reader().getSortedDocValues(column);
    int[] counts;
    if (values != null && leaf.whole(range)) {
      total += leaf.context().reader().maxDoc();
      counts = countAll(leaf, column, values);
    } else {
      counts = new int[values == null ? 0 : values.getValueCount()];
      int[] counted = counts;
      Hits.each(
          leaf.partition().weight(leaf, range),
          leaf,
          deadline,
          (docs, count) -> {
            total += count;
            if (values != null) {
              count(values, docs, count, counted);
            }
          });
    }
    if (values == null) {
      return;
    }
    if (part >= 0) {
      addParts(values, counts);
      return;
    }
    int used = 0;
    for (int count : counts) {
      used += count > 0 ? 1 : 0;
      withField += count;
    }
    if (used > 0) {
      segments.add(new Segment(values, counts, used));
    }
  }

  private static void count(SortedDocValues values, int[] docs, int count, int[] counts)
      throws IOException {
    for (int i = 0; i < count; i++) {
      if (values.advanceExact(docs[i])) {
        counts[values.ordValue()]++;
      }
    }
  }

  /** Reading a column from end to end costs a quarter of asking for each document. */
  private int[] countAll(Leaf leaf, String column, SortedDocValues values) throws IOException {
    IndexReader.CacheHelper segment = leaf.context().reader().getCoreCacheHelper();
    int[] before = segment == null ? null : known.get(segment, column);
    if (before != null) {
      return before;
    }
    int[] counts = new int[values.getValueCount()];
    int next = 0;
    for (int doc = values.nextDoc(); doc != NO_MORE_DOCS; doc = values.nextDoc()) {
      counts[values.ordValue()]++;
      if (doc >= next) {
        deadline.check();
        next = doc + CHECK_EVERY;
      }
    }
    if (segment != null) {
      known.put(segment, column, counts);
    }
    return counts;
  }

  private void addParts(SortedDocValues values, int[] counts) throws IOException {
    for (int ord = 0; ord < counts.length; ord++) {
      if (counts[ord] > 0) {
        String value = Combinations.value(values.lookupOrd(ord), part);
        if (value != null) {
          byValue.merge(value, (long) counts[ord], Long::sum);
          withField += counts[ord];
        }
      }
    }
  }

  private void addNumbers(Leaf leaf) throws IOException {
    NumericDocValues values = leaf.context().reader().getNumericDocValues(field.ecsName());
    Hits.each(
        leaf.partition().weight(leaf, range),
        leaf,
        deadline,
        (docs, count) -> {
          total += count;
          for (int i = 0; values != null && i < count; i++) {
            if (values.advanceExact(docs[i])) {
              numbers.add(values.longValue());
              withField++;
            }
          }
        });
  }

  /** The most frequent values; equal counts in the order of their bytes. */
  List<ValueCount> top(int limit) throws IOException {
    if (field.type() == FieldType.LONG) {
      numbers.forEach((value, count) -> byValue.put(Long.toString(value), count));
    } else if (part < 0) {
      merge(limit);
    }
    if (distinct < 0 && (part >= 0 || field.type() == FieldType.LONG)) {
      distinct = byValue.size();
    }
    return best(byValue, limit);
  }

  private void merge(int limit) throws IOException {
    long pairs = segments.stream().mapToLong(Segment::used).sum();
    Map<BytesRef, long[]> sums = new HashMap<>();
    if (segments.size() > 1 && pairs > mergeAll) {
      long share = share(limit);
      if (atLeast(share) <= manyCandidates) {
        for (BytesRef value : candidates(share)) {
          sums.put(value, new long[] {sum(value)});
        }
      } else {
        ValueMerge merge = new ValueMerge(deadline);
        for (Segment segment : segments) {
          merge.add(segment.values, segment.counts);
        }
        merge.top(limit).forEach(sum -> sums.put(sum.value(), new long[] {sum.count()}));
        distinct = merge.distinct();
      }
    } else {
      int least = segments.size() == 1 ? leastOf(segments.get(0), limit) : 1;
      for (Segment segment : segments) {
        for (int ord = 0; ord < segment.counts.length; ord++) {
          if (segment.counts[ord] >= least) {
            BytesRef value = BytesRef.deepCopyOf(segment.values.lookupOrd(ord));
            sums.computeIfAbsent(value, v -> new long[1])[0] += segment.counts[ord];
          }
        }
      }
      distinct = segments.size() == 1 ? segments.get(0).used : sums.size();
    }
    sums.forEach((value, sum) -> byValue.merge(text(value), sum[0], Long::sum));
  }

  /** The count that the limit-th best ordinal of a segment has; at least 1. */
  private static int leastOf(Segment segment, int limit) {
    PriorityQueue<Integer> best = new PriorityQueue<>();
    for (int count : segment.counts) {
      if (count > 0 && (best.size() < limit || count > best.element())) {
        best.add(count);
        if (best.size() > limit) {
          best.remove();
        }
      }
    }
    return best.size() < limit ? 1 : best.element();
  }

  /**
   * The least count in some segment that a winner must have: the limit-th best sum known so far,
   * shared out over all segments.
   */
  private long share(int limit) throws IOException {
    Segment largest = segments.get(0);
    for (Segment segment : segments) {
      largest = segment.used > largest.used ? segment : largest;
    }
    int least = leastOf(largest, limit);
    PriorityQueue<Long> known = new PriorityQueue<>();
    for (int ord = 0; ord < largest.counts.length && known.size() < limit * 4; ord++) {
      if (largest.counts[ord] >= least) {
        known.add(sum(BytesRef.deepCopyOf(largest.values.lookupOrd(ord))));
      }
    }
    while (known.size() > limit) {
      known.remove();
    }
    long bar = known.size() < limit ? 1 : known.element();
    return Math.max(1, (bar + segments.size() - 1) / segments.size());
  }

  private long atLeast(long share) {
    long candidates = 0;
    for (Segment segment : segments) {
      for (int count : segment.counts) {
        candidates += count >= share ? 1 : 0;
      }
    }
    return candidates;
  }

  private Set<BytesRef> candidates(long share) throws IOException {
    Set<BytesRef> out = new HashSet<>();
    for (Segment segment : segments) {
      for (int ord = 0; ord < segment.counts.length; ord++) {
        if (segment.counts[ord] >= share) {
          out.add(BytesRef.deepCopyOf(segment.values.lookupOrd(ord)));
        }
      }
      deadline.check();
    }
    return out;
  }

  private long sum(BytesRef value) throws IOException {
    long sum = 0;
    for (Segment segment : segments) {
      int ord = segment.values.lookupTerm(value);
      sum += ord < 0 ? 0 : segment.counts[ord];
    }
    return sum;
  }

  private String text(BytesRef value) {
    return field.type() == FieldType.IP
        ? IpAddress.text(value.bytes, value.offset)
        : new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
  }

  /** The best of counted values. */
  static List<ValueCount> best(Map<String, Long> counted, int limit) {
    List<ValueCount> all = new ArrayList<>(counted.size());
    counted.forEach((value, count) -> all.add(new ValueCount(value, count)));
    all.sort(
        (a, b) ->
            a.count() != b.count()
                ? Long.compare(b.count(), a.count())
                : a.value().compareTo(b.value()));
    return all.size() > limit ? all.subList(0, limit) : all;
  }
}
