package tr.emanet.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.RecordFlags;
import tr.emanet.index.IndexAppender;
import tr.emanet.journal.RecordBlock;

/** Parses and indexes whole blocks. One thread only; the counters are shared. */
final class IndexWorker {

  private final Consumer<Event> parser;
  private final IndexAppender appender;
  private final EventTap tap;
  private final Counters counters;
  private final Event event = new Event();
  private String streamName = "";
  private byte[] streamBytes = new byte[0];

  /** Shared by all workers. */
  static final class Counters {
    final LongAdder parsed = new LongAdder();
    final LongAdder unparsed = new LongAdder();
    final LongAdder redelivered = new LongAdder();
    final LongAdder replayed = new LongAdder();
  }

  IndexWorker(Consumer<Event> parser, IndexAppender appender, EventTap tap, Counters counters) {
    this.parser = parser;
    this.appender = appender;
    this.tap = tap;
    this.counters = counters;
  }

  /**
   * Indexes every record of a block.
   *
   * @param startedAt records up to this sequence do not count as received by this process
   */
  void index(RecordBlock block, long startedAt) throws IOException {
    if (!block.stream().equals(streamName)) {
      streamName = block.stream();
      streamBytes = streamName.getBytes(StandardCharsets.UTF_8);
    }
    long parsed = 0;
    long unparsed = 0;
    long redelivered = 0;
    long replayed = 0;
    int count = block.count();
    for (int i = 0; i < count; i++) {
      long sequence = block.firstSequence() + i;
      boolean current = sequence > startedAt;
      if ((block.flags(i) & RecordFlags.REDELIVERED) != 0) {
        redelivered += current ? 1 : 0;
        continue;
      }
      event.reset(
          block.bytes(),
          block.from(i),
          block.to(i),
          block.receivedMicros(i),
          block.source(i),
          block.attributes(i),
          block.flags(i));
      parser.accept(event);
      event.set(Field.EMANET_STREAM, streamBytes);
      tap.accept(event, streamName, sequence);
      boolean added = appender.add(event, streamName, sequence);
      if (!current) {
        replayed += added ? 1 : 0;
      } else if (event.parsed()) {
        parsed++;
      } else {
        unparsed++;
      }
    }
    counters.parsed.add(parsed);
    counters.unparsed.add(unparsed);
    counters.redelivered.add(redelivered);
    counters.replayed.add(replayed);
  }
}
