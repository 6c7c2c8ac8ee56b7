package tr.emanet.search;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalRecord;

/** Reads records back from the journal and parses them again, with the pipeline's own parser. */
public final class JournalRecords implements RecordLoader {

  /** A parser with the event it fills; neither may be shared between threads at the same time. */
  private record Desk(Event event, Consumer<Event> parser) {}

  private static final int MAX_IDLE = 16;

  private final Journal journal;
  private final Supplier<? extends Consumer<Event>> parsers;
  private final ConcurrentLinkedDeque<Desk> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param parsers makes a parser for one thread, called a few times in all
   */
  public JournalRecords(Journal journal, Supplier<? extends Consumer<Event>> parsers) {
    this.journal = journal;
    this.parsers = parsers;
  }

  @Override
  public @Nullable EventRecord load(Position position) throws IOException {
    Optional<JournalRecord> found = journal.find(position);
    if (found.isEmpty()) {
      return null;
    }
    JournalRecord record = found.get();
    Desk free = idle.pollFirst();
    Desk desk = free == null ? new Desk(new Event(), parsers.get()) : free;
    byte[] bytes = record.bytes();
    desk.event.reset(
        bytes,
        0,
        bytes.length,
        record.receivedMicros(),
        record.source(),
        record.attributes(),
        record.flags());
    desk.parser.accept(desk.event);
    EventRecord event = EventRecord.of(position, desk.event);
    if (idle.size() < MAX_IDLE) {
      idle.addFirst(desk);
    }
    return event;
  }

  @Override
  public byte @Nullable [] raw(Position position) throws IOException {
    return journal.find(position).map(JournalRecord::bytes).orElse(null);
  }
}
