package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import tr.emanet.event.Position;

/**
 * Reads a stream's segments, one after the other from end to end, for the tools; names what is
 * damaged or missing. One thread only.
 */
final class SegmentWalk implements Closeable {

  private final SegmentScanner scanner = new SegmentScanner();
  private final FrameDecoder decoder = new FrameDecoder();
  private final RecordBlock block = new RecordBlock();
  private boolean broken;
  private long records;
  private long rawBytes;
  private boolean told;
  private long lastGood = -1;
  private final LongPredicate destroyed;

  /** Nothing was destroyed. */
  SegmentWalk() {
    this(sequence -> false);
  }

  /**
   * @param destroyed whether the record of a sequence was the last of a segment destroyed on record
   */
  SegmentWalk(LongPredicate destroyed) {
    this.destroyed = destroyed;
  }

  /** Records of the segment that was walked last. */
  long records() {
    return records;
  }

  /** Their bytes as received. */
  long rawBytes() {
    return rawBytes;
  }

  /**
   * Walks over all frames.
   *
   * @param last whether it is its stream's last segment, whose end may be unfinished
   */
  void run(
      SegmentFiles.Found found,
      boolean last,
      Consumer<JournalTool.Damage> damages,
      Consumer<JournalRecord> out)
      throws IOException {
    String name = name(found.stream(), found.file());
    scanner.open(found.file(), found.id(), found.firstSequence(), Format.SEGMENT_HEADER);
    long size = scanner.size();
    records = 0;
    rawBytes = 0;
    if (lastGood < 0) {
      lastGood = found.firstSequence() - 1;
    }
    while (true) {
      switch (scanner.look(size, true)) {
        case FRAME -> {
          missing(name, damages);
          decoder.begin(scanner.frame());
          broken = false;
          scanner.advance();
        }
        case CHUNK -> chunk(found.stream(), name, damages, out);
        case END -> {
          return;
        }
        case DAMAGE -> {
          long from = scanner.position();
          boolean torn = last && scanner.highestBehind(size) == 0;
          boolean more = scanner.resync(size);
          long before =
              more && scanner.look(size, false) == SegmentScanner.Item.FRAME
                  ? scanner.frame().firstSequence
                  : 0;
          told = true;
          damages.accept(
              new JournalTool.Damage(
                  name,
                  from,
                  scanner.position(),
                  lastGood,
                  before,
                  torn,
                  torn ? "unfinished end" : "check sum or order"));
        }
      }
    }
  }

  /** Compares what the frame says of its stream's past with what was read. */
  private void missing(String name, Consumer<JournalTool.Damage> damages) {
    FrameHeader frame = scanner.frame();
    if (frame.previousSequence > lastGood && !told && !destroyed.test(frame.previousSequence)) {
      damages.accept(
          new JournalTool.Damage(
              name,
              scanner.position(),
              scanner.position(),
              lastGood,
              frame.firstSequence,
              false,
              "records before this frame are missing"));
    }
  }

  private void chunk(
      String stream,
      String name,
      Consumer<JournalTool.Damage> damages,
      Consumer<JournalRecord> out) {
    ChunkHeader chunk = scanner.chunk();
    long from = scanner.position();
    if (!broken) {
      block.begin(stream, chunk.firstSequence);
      int at = block.reserve(chunk.rawLength);
      try {
        decoder.decode(chunk, scanner.stored(), block.bytes(), at, 0, block);
        hand(stream, out);
        lastGood = chunk.lastSequence();
        told = false;
      } catch (DamagedException e) {
        broken = true;
        told = true;
        damages.accept(
            new JournalTool.Damage(
                name,
                from,
                from + Format.CHUNK_HEADER + chunk.storedLength,
                lastGood,
                chunk.lastSequence() + 1,
                false,
                String.valueOf(e.getMessage())));
      }
    }
    scanner.advance();
  }

  private void hand(String stream, Consumer<JournalRecord> out) {
    for (int i = 0; i < block.count(); i++) {
      int from = block.from(i);
      int to = block.to(i);
      rawBytes += to - from;
      out.accept(
          new JournalRecord(
              new Position(stream, block.firstSequence() + i),
              Arrays.copyOfRange(block.bytes(), from, to),
              block.receivedMicros(i),
              block.source(i),
              block.attributes(i),
              block.flags(i) & 255));
    }
    records += block.count();
  }

  static String name(String stream, Path file) {
    return stream + "/" + file.getFileName();
  }

  @Override
  public void close() throws IOException {
    decoder.close();
    scanner.close();
  }
}
