package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the frames and chunks of one segment. Trusts nothing: what it shows has valid check
 * sums, belongs to this segment, and continues what came before. One thread only.
 */
final class SegmentScanner implements Closeable {

  /** What lies at {@link #position}. */
  enum Item {
    FRAME,
    CHUNK,
    /** The limit. */
    END,
    /** Bytes that are neither; {@link #resync} finds the next frame. */
    DAMAGE
  }

  private final SegmentInput input = new SegmentInput();
  private final CRC32C sum = new CRC32C();
  private final FrameHeader frame = new FrameHeader();
  private final ChunkHeader chunk = new ChunkHeader();
  private long segmentId;
  private long position;
  private boolean inFrame;
  private boolean frameSeen;
  private int expectedCrc;
  private long lastSequence;
  private int frameRaw;
  private int chunkAt;

  /** Begins after the segment's header, or at a frame's offset that is known. */
  void open(Path file, long id, long firstSequence, long offset) throws IOException {
    input.open(file);
    segmentId = id;
    position = offset;
    inFrame = false;
    lastSequence = firstSequence - 1;
  }

  /** The header of the open file, or null when it is damaged. */
  @Nullable SegmentHeader header() throws IOException {
    int at = input.load(0, Format.SEGMENT_HEADER, Format.SEGMENT_HEADER);
    if (at < 0) {
      return null;
    }
    ByteBuffer head = ByteBuffer.allocate(Format.SEGMENT_HEADER);
    input.window().get(at, head.array());
    return SegmentHeader.decode(head);
  }

  long size() throws IOException {
    return input.size();
  }

  /** Offset of the item that {@link #look} shows. */
  long position() {
    return position;
  }

  /** Last sequence of the last chunk that was passed. */
  long lastSequence() {
    return lastSequence;
  }

  FrameHeader frame() {
    return frame;
  }

  ChunkHeader chunk() {
    return chunk;
  }

  /** The compressed bytes of the chunk that {@link #look} shows; valid until the next call. */
  ByteBuffer stored() {
    return input.window().slice(chunkAt + Format.CHUNK_HEADER, chunk.storedLength);
  }

  /**
   * Shows what lies at the position and does not move.
   *
   * @param limit offset at which the known part of the file ends
   * @param checkBytes whether a chunk's bytes are checked too, or only its header
   */
  Item look(long limit, boolean checkBytes) throws IOException {
    long left = limit - position;
    if (left <= 0) {
      return Item.END;
    }
    frameSeen = false;
    if (frameAt(position, left)) {
      frameSeen = true;
      return Item.FRAME;
    }
    if (inFrame
        && chunkAt(position, left, checkBytes)
        && chunk.previousCrc == expectedCrc
        && frameRaw + chunk.rawLength <= Format.MAX_RAW) {
      return Item.CHUNK;
    }
    return Item.DAMAGE;
  }

  private boolean frameAt(long at, long left) throws IOException {
    if (left < Format.FRAME_HEADER) {
      return false;
    }
    int i = input.load(at, Format.FRAME_HEADER, at + left);
    return i >= 0
        && frame.read(input.window(), i, sum)
        && frame.segmentId == segmentId
        && frame.firstSequence > lastSequence;
  }

  private boolean chunkAt(long at, long left, boolean checkBytes) throws IOException {
    if (left < Format.CHUNK_HEADER) {
      return false;
    }
    int i = input.load(at, Format.CHUNK_HEADER, at + left);
    if (i < 0
        || !chunk.read(input.window(), i, sum)
        || chunk.segmentId != segmentId
        || chunk.firstSequence <= lastSequence
        || left < Format.CHUNK_HEADER + chunk.storedLength) {
      return false;
    }
    if (checkBytes) {
      i = input.load(at, Format.CHUNK_HEADER + chunk.storedLength, at + left);
      chunkAt = i;
      return i >= 0 && chunk.bytesFit(input.window(), i, sum);
    }
    return true;
  }

  /** Moves behind the frame header or chunk that {@link #look} has shown. */
  void advance() {
    if (frameSeen) {
      inFrame = true;
      frameRaw = 0;
      expectedCrc = frame.crc;
      position += Format.FRAME_HEADER;
      frameSeen = false;
      return;
    }
    position += Format.CHUNK_HEADER + chunk.storedLength;
    lastSequence = chunk.lastSequence();
    expectedCrc = chunk.crc;
    frameRaw += chunk.rawLength;
    inFrame = !chunk.lastOfFrame();
  }

  /** Moves to the next valid frame; false, and at the limit, when there is none. */
  boolean resync(long limit) throws IOException {
    inFrame = false;
    position = search(position + 1, limit, false);
    return position < limit;
  }

  /**
   * The highest sequence of any valid frame or chunk behind the position, 0 when there is none:
   * what decides whether a damaged range is a torn tail.
   */
  long highestBehind(long limit) throws IOException {
    long highest = 0;
    long at = search(position, limit, true);
    while (at < limit) {
      boolean isFrame = frameAt(at, limit - at);
      highest = Math.max(highest, isFrame ? frame.firstSequence : chunk.lastSequence());
      at = search(at + 1, limit, true);
    }
    return highest;
  }

  private long search(long from, long limit, boolean chunksToo) throws IOException {
    for (long at = from; at + Format.FRAME_HEADER <= limit; at++) {
      int i = input.load(at, Format.FRAME_HEADER, limit);
      if (i < 0) {
        return limit;
      }
      int magic = input.window().getInt(i);
      if (magic == Format.FRAME_MAGIC && frameAt(at, limit - at)) {
        return at;
      }
      if (chunksToo && magic == Format.CHUNK_MAGIC && chunkAt(at, limit - at, true)) {
        return at;
      }
    }
    return limit;
  }

  /**
   * Finds the id of a segment whose header is damaged, from its first frame that fits.
   *
   * @return 0 when there is none
   */
  long adoptId(String stream, long firstSequence) throws IOException {
    long limit = input.size();
    for (long at = 0; at + Format.FRAME_HEADER <= limit; at++) {
      int i = input.load(at, Format.FRAME_HEADER, limit);
      if (i >= 0
          && input.window().getInt(i) == Format.FRAME_MAGIC
          && frame.read(input.window(), i, sum)
          && Format.idFits(frame.segmentId, stream, firstSequence)) {
        return frame.segmentId;
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
