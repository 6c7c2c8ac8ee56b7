package tr.emanet.journal;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one stream's files forward and waits at the end for more. One thread only. */
final class TailReader implements JournalReader {

  private final Catalogue catalogue;
  private final StreamLog log;
  private final Finder finder;
  private final Decoders decoders;
  private final Quarantine quarantine;
  private final Decoders.Pair pair;
  private @Nullable Segment segment;
  private long next;
  private long seen = -1;
  private long quarantined;
  private boolean frameBroken;
  private boolean closed;

  TailReader(
      Catalogue catalogue,
      StreamLog log,
      Finder finder,
      Decoders decoders,
      Quarantine quarantine,
      long from) {
    this.catalogue = catalogue;
    this.log = log;
    this.finder = finder;
    this.decoders = decoders;
    this.quarantine = quarantine;
    this.pair = decoders.take();
    this.next = Math.max(1, from);
  }

  @Override
  public @Nullable RecordBlock next(RecordBlock into, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Catalogue.nanos(patience);
    while (!closed) {
      long generation = catalogue.generation();
      into.begin(log.name(), next);
      if (fill(into)) {
        return into;
      }
      if (!catalogue.await(generation, deadline - System.nanoTime())) {
        return null;
      }
    }
    return null;
  }

  @Override
  public long quarantinedRecords() {
    return quarantined;
  }

  /** Reads until the block ends or nothing more is durable; false when it stayed empty. */
  private boolean fill(RecordBlock block) throws IOException {
    Segment file = segment;
    if (file == null) {
      file = log.at(next);
      if (file == null) {
        return false;
      }
      open(file);
    }
    SegmentScanner scanner = pair.scanner();
    while (true) {
      long limit = file.durableBytes();
      switch (scanner.look(limit, true)) {
        case FRAME -> {
          if (block.count() > 0) {
            return true;
          }
          frame(scanner);
        }
        case CHUNK -> {
          if (block.count() > 0 && scanner.chunk().firstSequence != block.lastSequence() + 1) {
            return true;
          }
          chunk(file, scanner, block);
        }
        case END -> {
          if (block.count() > 0) {
            return true;
          }
          Segment following = log.after(file);
          if (following == null) {
            return false;
          }
          // The writer publishes a segment's end before it shows the next one.
          if (scanner.position() >= file.durableBytes()) {
            file = following;
            open(file);
          }
        }
        case DAMAGE -> {
          if (block.count() > 0) {
            return true;
          }
          long from = scanner.position();
          scanner.resync(limit);
          quarantine.range(
              file.file(),
              file.stream(),
              from,
              scanner.position(),
              scanner.lastSequence(),
              "check sum");
        }
      }
    }
  }

  private void open(Segment file) throws IOException {
    long offset = Format.SEGMENT_HEADER;
    long first = file.firstSequence();
    if (next > first) {
      FrameIndex.Place place = finder.place(file, next);
      if (place != null) {
        offset = place.offset();
        first = place.firstSequence();
      }
    }
    pair.scanner().open(file.file(), file.id(), first, offset);
    if (seen < 0) {
      seen = Math.max(next, file.firstSequence()) - 1;
    }
    segment = file;
  }

  private void frame(SegmentScanner scanner) {
    FrameHeader frame = scanner.frame();
    if (frame.previousSequence > seen) {
      quarantined += frame.previousSequence - seen;
      seen = frame.previousSequence;
    }
    pair.decoder().begin(frame);
    frameBroken = false;
    scanner.advance();
  }

  private void chunk(Segment file, SegmentScanner scanner, RecordBlock block) throws IOException {
    ChunkHeader chunk = scanner.chunk();
    long last = chunk.lastSequence();
    int skip = Math.clamp(next - chunk.firstSequence, 0, chunk.count);
    int before = block.count();
    if (before == 0) {
      block.begin(log.name(), chunk.firstSequence + skip);
    }
    if (!frameBroken) {
      int at = block.reserve(chunk.rawLength);
      try {
        pair.decoder().decode(chunk, scanner.stored(), block.bytes(), at, skip, block);
        seen = Math.max(seen, last);
      } catch (DamagedException e) {
        block.cut(before);
        frameBroken = true;
        String why = String.valueOf(e.getMessage());
        long from = scanner.position();
        quarantine.range(file.file(), file.stream(), from, from + chunk.storedLength, seen, why);
      }
    }
    scanner.advance();
    next = Math.max(next, last + 1);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      decoders.give(pair);
    }
  }
}
