package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Position;

/** Looks up single records; decoded frames and frame indexes are kept. Safe for many threads. */
final class Finder {

  private static final int KEPT_INDEXES = 4096;

  private record Key(long segment, long offset) {}

  private final Decoders decoders;
  private final Quarantine quarantine;
  private final long cacheBytes;
  private final Map<Key, DecodedFrame> frames = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Long, FrameIndex> indexes = new LinkedHashMap<>(64, 0.75f, true);
  private long weight;
  private long decodedFrames;

  Finder(Decoders decoders, Quarantine quarantine, long cacheBytes) {
    this.decoders = decoders;
    this.quarantine = quarantine;
    this.cacheBytes = cacheBytes;
  }

  Optional<JournalRecord> find(StreamLog log, Position position) throws IOException {
    long sequence = position.sequence();
    Segment segment = log.floor(sequence);
    if (segment == null) {
      return Optional.empty();
    }
    try {
      FrameIndex.Place place = place(segment, sequence);
      if (place == null) {
        return Optional.empty();
      }
      DecodedFrame frame = frame(segment, place, sequence);
      int i = frame.indexOf(sequence);
      return i < 0 ? Optional.empty() : Optional.of(frame.record(position, i));
    } catch (NoSuchFileException e) {
      // Retention has removed the segment since it was looked up.
      return Optional.empty();
    }
  }

  /** Where the frame lies that would hold the sequence, or null when it lies before all. */
  FrameIndex.@Nullable Place place(Segment segment, long sequence) throws IOException {
    FrameIndex index;
    synchronized (this) {
      index = indexes.computeIfAbsent(segment.id(), id -> new FrameIndex());
      if (indexes.size() > KEPT_INDEXES) {
        indexes.remove(indexes.keySet().iterator().next());
      }
    }
    return index.find(segment, sequence, decoders);
  }

  private DecodedFrame frame(Segment segment, FrameIndex.Place place, long sequence)
      throws IOException {
    Key key = new Key(segment.id(), place.offset());
    synchronized (this) {
      DecodedFrame known = frames.get(key);
      if (known != null && (known.coveredTo() >= place.end() || known.indexOf(sequence) >= 0)) {
        return known;
      }
    }
    DecodedFrame frame = decode(segment, place);
    synchronized (this) {
      decodedFrames++;
      DecodedFrame old = frames.put(key, frame);
      weight += frame.weight() - (old == null ? 0 : old.weight());
      while (weight > cacheBytes && frames.size() > 1) {
        Key eldest = frames.keySet().iterator().next();
        DecodedFrame gone = frames.remove(eldest);
        weight -= gone == null ? 0 : gone.weight();
      }
    }
    return frame;
  }

  /** How many frames were decoded so far; for tests and the system page. */
  synchronized long decodedFrames() {
    return decodedFrames;
  }

  private DecodedFrame decode(Segment segment, FrameIndex.Place place) throws IOException {
    DecodedFrame out = new DecodedFrame();
    Decoders.Pair pair = decoders.take();
    try {
      SegmentScanner scanner = pair.scanner();
      scanner.open(segment.file(), segment.id(), place.firstSequence(), place.offset());
      if (scanner.look(place.end(), true) != SegmentScanner.Item.FRAME) {
        return out.done(place.end());
      }
      pair.decoder().begin(scanner.frame());
      scanner.advance();
      while (scanner.look(place.end(), true) == SegmentScanner.Item.CHUNK) {
        ChunkHeader chunk = scanner.chunk();
        int before = out.count();
        int at = out.begin(chunk.firstSequence, chunk.rawLength);
        try {
          pair.decoder().decode(chunk, scanner.stored(), out.bytes(), at, 0, out);
        } catch (DamagedException e) {
          out.cut(before);
          break;
        }
        scanner.advance();
      }
      if (scanner.position() < place.end()) {
        quarantine.range(
            segment.file(),
            segment.stream(),
            scanner.position(),
            place.end(),
            scanner.lastSequence(),
            "check sum");
      }
      return out.done(place.end());
    } finally {
      decoders.give(pair);
    }
  }
}
