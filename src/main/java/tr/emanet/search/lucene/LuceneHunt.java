package tr.emanet.search.lucene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexView;
import tr.emanet.index.PartitionView;
import tr.emanet.index.Schema;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalRecord;
import tr.emanet.search.EventHunt;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.TimeRange;

/** Hunts in the index, segment by segment; events come from the journal. Safe for many threads. */
public final class LuceneHunt implements EventHunt {

  /** Candidates that are read in the order of the journal at a time; bounds the memory. */
  private static final int CHUNK = 1 << 16;

  private final EventIndex index;
  private final Journal journal;
  private final Supplier<? extends Consumer<Event>> parsers;

  /**
   * Makes a hunt.
   *
   * @param parsers makes a parser for one thread, the pipeline's own
   */
  public LuceneHunt(
      EventIndex index, Journal journal, Supplier<? extends Consumer<Event>> parsers) {
    this.index = index;
    this.journal = journal;
    this.parsers = parsers;
  }

  @Override
  public long received() {
    return journal.streams().stream().mapToLong(journal::committed).max().orElse(0);
  }

  @Override
  public boolean searchable(long sequence) {
    if (index.searchableUpTo() >= sequence) {
      return true;
    }
    index.view().close();
    return index.searchableUpTo() >= sequence;
  }

  @Override
  public List<String> partitions() {
    try (IndexView view = index.view()) {
      return view.partitions().stream().map(LuceneHunt::name).toList();
    }
  }

  private static String name(PartitionView partition) {
    return partition.day() + "/" + partition.stream();
  }

  @Override
  public long hunt(String partition, HuntTerms terms, TimeRange range, Hunter hunter)
      throws IOException {
    try (IndexView view = index.view()) {
      Optional<PartitionView> found =
          view.partitions().stream().filter(p -> name(p).equals(partition)).findFirst();
      if (found.isEmpty()
          || found.get().minTimestamp() >= range.toMillis()
          || found.get().maxTimestamp() < range.fromMillis()) {
        return 0;
      }
      Reading reading = new Reading(found.get().stream(), hunter);
      for (LeafReaderContext leaf : found.get().searcher().getIndexReader().leaves()) {
        if (!hunter.goesOn()) {
          break;
        }
        FixedBitSet candidates = new SegmentHunt(leaf.reader(), terms, hunter::goesOn).candidates();
        if (candidates != null) {
          reading.read(leaf, candidates, range);
        }
      }
      return reading.looked;
    }
  }

  /** Reads candidates of one stream back. One thread only. */
  private final class Reading {
    private final String stream;
    private final byte[] streamBytes;
    private final Hunter hunter;
    private final Event event = new Event();
    private final Consumer<Event> parser = parsers.get();
    private final long[] sequences = new long[CHUNK];
    private long looked;

    Reading(String stream, Hunter hunter) {
      this.stream = stream;
      this.streamBytes = stream.getBytes(StandardCharsets.UTF_8);
      this.hunter = hunter;
    }

    void read(LeafReaderContext leaf, FixedBitSet candidates, TimeRange range) throws IOException {
      NumericDocValues numbers = leaf.reader().getNumericDocValues(Schema.SEQUENCE);
      NumericDocValues times = leaf.reader().getNumericDocValues(Schema.TIMESTAMP);
      if (numbers == null || times == null) {
        return;
      }
      BitSetIterator docs = new BitSetIterator(candidates, candidates.length());
      int count = 0;
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        if (times.advanceExact(doc)
            && range.contains(times.longValue())
            && numbers.advanceExact(doc)) {
          sequences[count++] = numbers.longValue();
        }
        if (count == CHUNK) {
          look(count);
          count = 0;
        }
      }
      look(count);
    }

    /** Neighbours lie in one frame of the journal, which is decoded once. */
    private void look(int count) throws IOException {
      Arrays.sort(sequences, 0, count);
      for (int i = 0; i < count && hunter.goesOn(); i++) {
        Position position = new Position(stream, sequences[i]);
        Optional<JournalRecord> found = journal.find(position);
        if (found.isPresent()) {
          JournalRecord record = found.get();
          byte[] bytes = record.bytes();
          event.reset(
              bytes,
              0,
              bytes.length,
              record.receivedMicros(),
              record.source(),
              record.attributes(),
              record.flags());
          parser.accept(event);
          event.set(Field.EMANET_STREAM, streamBytes);
          looked++;
          hunter.look(event, position);
        }
      }
    }
  }
}
