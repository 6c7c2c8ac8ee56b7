package tr.emanet.journal;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Turns one stream's records into frames and chunks. All buffers are made once; the encoder starts
 * anew for each frame. One thread only.
 */
final class FrameWriter implements Closeable {

  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final RecordEncoder records = new RecordEncoder();
  private final ByteBuffer raw = ByteBuffer.allocateDirect(Format.MAX_RAW);
  private final ByteBuffer out =
      ByteBuffer.allocateDirect(Format.FRAME_HEADER + Format.CHUNK_HEADER + Format.MAX_STORED);
  private final FrameHeader frame = new FrameHeader();
  private final ChunkHeader chunk = new ChunkHeader();
  private final CRC32C sum = new CRC32C();
  private boolean open;
  private boolean headerDue;
  private long startedNanos;
  private int frameRaw;
  private int count;
  private long first;

  FrameWriter() {
    zstd.setLevel(1);
  }

  /** Whether the next record continues a frame. */
  boolean open() {
    return open;
  }

  boolean olderThan(long nanos, long now) {
    return open && now - startedNanos > nanos;
  }

  /** Forgets the frame: the next record begins a new one. */
  void abandon() {
    open = false;
    count = 0;
  }

  /**
   * Takes one record; a frame that is full, or a gap in the sequences, reaches the file at once.
   */
  void add(Batch batch, int i, long sequence, long previous, long now, SegmentWriter file)
      throws IOException {
    if (count > 0 && sequence != first + count) {
      flush(false, file);
    }
    if (!open) {
      begin(batch.receivedMicros(i), sequence, previous, now, file.segment().id());
    }
    if (count == 0) {
      first = sequence;
    }
    records.add(batch, i);
    count++;
    if (frameRaw + records.size() >= Format.FRAME_RAW) {
      flush(true, file);
    }
  }

  private void begin(long micros, long sequence, long previous, long now, long segmentId) {
    zstd.reset();
    records.beginFrame(micros);
    frame.segmentId = segmentId;
    frame.firstSequence = sequence;
    frame.previousSequence = previous;
    frame.baseMicros = micros;
    startedNanos = now;
    frameRaw = 0;
    headerDue = true;
    open = true;
  }

  /** Writes what waits as one chunk. */
  void flush(boolean end, SegmentWriter file) throws IOException {
    if (count == 0) {
      // A chunk has at least one record, so a frame may also end without being told so.
      open = open && !end;
      return;
    }
    raw.clear();
    records.drain(raw);
    raw.flip();
    int at = headerDue ? Format.FRAME_HEADER : 0;
    out.clear().position(at + Format.CHUNK_HEADER);
    chunk.rawLength = raw.limit();
    EndDirective directive = end ? EndDirective.END : EndDirective.FLUSH;
    while (!zstd.compressDirectByteBufferStream(out, raw, directive)) {
      if (!out.hasRemaining()) {
        throw new IllegalStateException("zstd needs more than its bound");
      }
    }
    if (headerDue) {
      frame.write(out, 0, sum);
      chunk.previousCrc = frame.crc;
    } else {
      chunk.previousCrc = chunk.crc;
    }
    chunk.segmentId = frame.segmentId;
    chunk.firstSequence = first;
    chunk.count = count;
    chunk.storedLength = out.position() - at - Format.CHUNK_HEADER;
    chunk.flags = end ? Format.LAST_OF_FRAME : 0;
    chunk.write(out, at, sum);
    headerDue = false;
    frameRaw += chunk.rawLength;
    count = 0;
    open = !end;
    out.flip();
    file.write(out);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
