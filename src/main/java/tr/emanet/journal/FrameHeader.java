package tr.emanet.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The 40 bytes before a frame's first chunk; reused for many frames. One thread only. */
final class FrameHeader {

  long segmentId;
  long firstSequence;

  /**
   * The stream's last sequence before this frame, 0 at its very beginning: shows missing frames.
   */
  long previousSequence;

  /** Receive time from which the first record's difference counts, microseconds. */
  long baseMicros;

  int crc;

  /** Writes the header and remembers its check sum. */
  void write(ByteBuffer out, int at, CRC32C sum) {
    out.putInt(at, Format.FRAME_MAGIC);
    out.putLong(at + 4, segmentId);
    out.putLong(at + 12, firstSequence);
    out.putLong(at + 20, previousSequence);
    out.putLong(at + 28, baseMicros);
    crc = Format.crc(sum, out, at, at + 36);
    out.putInt(at + 36, crc);
  }

  /** Reads 40 bytes; false when they are not a valid frame header. */
  boolean read(ByteBuffer in, int at, CRC32C sum) {
    if (in.getInt(at) != Format.FRAME_MAGIC) {
      return false;
    }
    segmentId = in.getLong(at + 4);
    firstSequence = in.getLong(at + 12);
    previousSequence = in.getLong(at + 20);
    baseMicros = in.getLong(at + 28);
    crc = in.getInt(at + 36);
    return crc == Format.crc(sum, in, at, at + 36)
        && firstSequence >= 1
        && previousSequence >= 0
        && previousSequence < firstSequence;
  }
}
