package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Position;
import tr.emanet.index.Schema;
import tr.emanet.search.Query;
import tr.emanet.search.TimeRange;

/**
 * Finds hits by sequence, the order of arrival: lines around an event and what came after a
 * sequence. Segments outside the wanted sequences are skipped by their minimum and maximum. One
 * thread only.
 */
final class Neighbours {

  private final long sequence;
  private final Deadline deadline;

  Neighbours(long sequence, Deadline deadline) {
    this.sequence = sequence;
    this.deadline = deadline;
  }

  /** Same host name; without one, same transport address. */
  static Query sameSource(EventRecord event) {
    String host = event.text(Field.HOST_NAME);
    return host != null
        ? new Query.FieldIs(Field.HOST_NAME.ecsName(), host)
        : new Query.FieldIs(
            Field.EMANET_SOURCE_IP.ecsName(), IpAddress.text(event.source().address(), 0));
  }

  /** The last hits before the sequence, oldest first. */
  List<Position> before(List<Leaf> leaves, int limit) throws IOException {
    return nearest(leaves, TimeRange.ALL, Long.MIN_VALUE, sequence - 1, limit, true);
  }

  /** The first hits after the sequence, oldest first. */
  List<Position> after(List<Leaf> leaves, int limit) throws IOException {
    return nearest(leaves, TimeRange.ALL, sequence + 1, Long.MAX_VALUE, limit, false);
  }

  /** The last hits between the sequence and another, oldest first. */
  List<Position> newest(List<Leaf> leaves, TimeRange range, long upTo, int limit)
      throws IOException {
    return nearest(leaves, range, sequence + 1, upTo, limit, true);
  }

  private List<Position> nearest(
      List<Leaf> leaves, TimeRange range, long low, long high, int limit, boolean highest)
      throws IOException {
    if (limit == 0 || low > high) {
      return List.of();
    }
    List<Leaf> order = new ArrayList<>(leaves);
    order.sort((a, b) -> Long.compare(edge(a, highest), edge(b, highest)));
    // The heap keeps the highest "time"; a negative sequence keeps the lowest instead.
    NewestHits best = new NewestHits(limit);
    for (Leaf leaf : order) {
      DocValuesSkipper span = leaf.context().reader().getDocValuesSkipper(Schema.SEQUENCE);
      if (span == null || span.maxValue() < low || span.minValue() > high) {
        continue;
      }
      if (best.wants(highest ? span.maxValue() : -span.minValue())) {
        collect(leaf, span, range, low, high, highest, best);
      }
    }
    List<Position> out = new ArrayList<>(best.size());
    for (NewestHits.Hit hit : best.sorted()) {
      out.add(new Position(hit.stream(), Math.abs(hit.timestampMillis())));
    }
    if (highest) {
      Collections.reverse(out);
    }
    return out;
  }

  private static long edge(Leaf leaf, boolean highest) {
    DocValuesSkipper span;
    try {
      span = leaf.context().reader().getDocValuesSkipper(Schema.SEQUENCE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return span == null ? Long.MAX_VALUE : highest ? -span.maxValue() : span.minValue();
  }

  private void collect(
      Leaf leaf,
      DocValuesSkipper span,
      TimeRange range,
      long low,
      long high,
      boolean highest,
      NewestHits best)
      throws IOException {
    NumericDocValues sequences = leaf.context().reader().getNumericDocValues(Schema.SEQUENCE);
    if (sequences == null) {
      return;
    }
    int from = 0;
    if (span.minValue() < low) {
      span.advance(low, high);
      from = span.minDocID(0);
      if (from == DocIdSetIterator.NO_MORE_DOCS) {
        return;
      }
    }
    String stream = leaf.partition().stream();
    long[] found = new long[Hits.BATCH];
    Hits.from(
        leaf.partition().weight(leaf, range),
        leaf,
        deadline,
        from,
        (docs, count) -> {
          sequences.longValues(count, docs, found, 0);
          for (int i = 0; i < count; i++) {
            long key = highest ? found[i] : -found[i];
            if (found[i] >= low && found[i] <= high && best.wants(key)) {
              best.add(stream, key, found[i]);
            }
          }
        });
  }
}
