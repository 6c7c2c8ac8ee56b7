package tr.emanet;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tr.emanet.alert.Alerts;
import tr.emanet.event.Position;

/**
 * Tells what arrives from what is only read again. An index that is built again shows old events to
 * the taps as if they were new; an indicator that was listed since would then ring as if it had
 * been seen on arrival. What lies at or before the position up to which the live path had read when
 * this process began is the past, and so is, where there is no such position yet, whatever was
 * received before detection was first switched on. Safe for many threads.
 */
final class LiveSince {

  static final String VIEW = "indicator";
  private static final String FIRST = "indicator-since";
  private static final String CLOCK = "-";

  private final Map<String, Long> done = new HashMap<>();
  private final long firstMillis;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();

  private LiveSince(List<Position> done, long firstMillis) {
    done.forEach(position -> this.done.put(position.stream(), position.sequence()));
    this.firstMillis = firstMillis;
  }

  /** Reads how far the live path came before, and notes the first time that it runs. */
  static LiveSince open(Alerts alerts, InstantSource clock) {
    if (alerts.position(FIRST, CLOCK).isEmpty()) {
      int ignored =
          alerts.accept(FIRST, List.of(), List.of(), List.of(new Position(CLOCK, clock.millis())));
    }
    return new LiveSince(
        alerts.positions(VIEW), alerts.position(FIRST, CLOCK).orElse(clock.millis()));
  }

  /** Whether an event had been read before, and comes again. */
  boolean isPast(String stream, long sequence, long receivedMillis) {
    Long before = done.get(stream);
    return before == null ? receivedMillis < firstMillis : sequence <= before;
  }

  /** How far one tap has come. One thread writes; read while no event is under way. */
  static final class Reader {
    private final Map<String, Long> reached = new HashMap<>();
    private String stream = "";
    private long sequence;

    /** Notes an event; cheap while the stream stays the same. */
    void note(String of, long at) {
      if (!of.equals(stream)) {
        if (!stream.isEmpty()) {
          reached.merge(stream, sequence, Math::max);
        }
        sequence = 0;
        stream = of;
      }
      sequence = Math.max(sequence, at);
    }
  }

  /** For a new tap. */
  Reader reader() {
    Reader reader = new Reader();
    readers.add(reader);
    return reader;
  }

  /** How far all taps have come, each stream once; only while no event is under way. */
  List<Position> reached() {
    Map<String, Long> most = new HashMap<>();
    for (Reader reader : readers) {
      reader.reached.forEach((stream, at) -> most.merge(stream, at, Math::max));
      if (reader.sequence > 0) {
        most.merge(reader.stream, reader.sequence, Math::max);
      }
    }
    List<Position> out = new ArrayList<>();
    most.forEach((stream, at) -> out.add(new Position(stream, at)));
    return out;
  }
}
