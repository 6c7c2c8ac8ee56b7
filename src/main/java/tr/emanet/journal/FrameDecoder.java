package tr.emanet.journal;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.nio.ByteBuffer;

/** Decodes the chunks of one frame, one after the other. Buffers are made once. One thread only. */
final class FrameDecoder implements Closeable {

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private final ByteBuffer raw = ByteBuffer.allocateDirect(Format.MAX_RAW);
  private final RecordDecoder records = new RecordDecoder();

  void begin(FrameHeader frame) {
    zstd.reset();
    records.beginFrame(frame.baseMicros);
  }

  /**
   * Decodes the next chunk of the frame.
   *
   * @param stored its compressed bytes, a direct buffer whose check sum held
   * @param into array with room for {@code chunk.rawLength} bytes at {@code at}
   * @param skip how many of its first records the sink does not want
   */
  void decode(ChunkHeader chunk, ByteBuffer stored, byte[] into, int at, int skip, RecordSink sink)
      throws DamagedException {
    raw.clear().limit(chunk.rawLength);
    try {
      while (raw.hasRemaining() || stored.hasRemaining()) {
        int before = raw.remaining() + stored.remaining();
        zstd.decompressDirectByteBufferStream(raw, stored);
        if (raw.remaining() + stored.remaining() == before) {
          throw new DamagedException("a chunk decodes to another length than its header says");
        }
      }
    } catch (ZstdException e) {
      DamagedException damaged = new DamagedException("a chunk does not decompress");
      damaged.initCause(e);
      throw damaged;
    }
    raw.get(0, into, at, chunk.rawLength);
    records.decode(into, at, at + chunk.rawLength, chunk.count, skip, sink);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
