package tr.emanet.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The 48 bytes before a chunk's compressed bytes; reused for many chunks. One thread only. */
final class ChunkHeader {

  long segmentId;
  long firstSequence;
  int count;
  int rawLength;
  int storedLength;
  int flags;

  /** Check sum of the chunk before, or of the frame header: no chunk can be lost or moved. */
  int previousCrc;

  /** Check sum over header and bytes. */
  int crc;

  long lastSequence() {
    return firstSequence + count - 1;
  }

  boolean lastOfFrame() {
    return (flags & Format.LAST_OF_FRAME) != 0;
  }

  /** Writes the header before the {@code storedLength} bytes that already lie behind it. */
  void write(ByteBuffer out, int at, CRC32C sum) {
    out.putInt(at, Format.CHUNK_MAGIC);
    out.putLong(at + 4, segmentId);
    out.putLong(at + 12, firstSequence);
    out.putInt(at + 20, count);
    out.putInt(at + 24, rawLength);
    out.putInt(at + 28, storedLength);
    out.putInt(at + 32, flags);
    out.putInt(at + 36, previousCrc);
    out.putInt(at + 40, Format.crc(sum, out, at, at + 40));
    crc = sumOf(out, at, storedLength, sum);
    out.putInt(at + 44, crc);
  }

  /** Reads the header alone; false when it is not valid by its own check sum and bounds. */
  boolean read(ByteBuffer in, int at, CRC32C sum) {
    if (in.getInt(at) != Format.CHUNK_MAGIC) {
      return false;
    }
    segmentId = in.getLong(at + 4);
    firstSequence = in.getLong(at + 12);
    count = in.getInt(at + 20);
    rawLength = in.getInt(at + 24);
    storedLength = in.getInt(at + 28);
    flags = in.getInt(at + 32);
    previousCrc = in.getInt(at + 36);
    crc = in.getInt(at + 44);
    return in.getInt(at + 40) == Format.crc(sum, in, at, at + 40)
        && firstSequence >= 1
        && within(count, Format.MAX_RECORDS)
        && firstSequence <= Long.MAX_VALUE - count
        && within(rawLength, Format.MAX_RAW)
        && within(storedLength, Format.MAX_STORED)
        && (flags & ~Format.LAST_OF_FRAME) == 0;
  }

  /** Whether header and bytes together are what was written; the bytes lie behind the header. */
  boolean bytesFit(ByteBuffer in, int at, CRC32C sum) {
    return crc == sumOf(in, at, storedLength, sum);
  }

  private static boolean within(int value, int most) {
    return value >= 1 && value <= most;
  }

  private static int sumOf(ByteBuffer bytes, int at, int length, CRC32C sum) {
    int position = bytes.position();
    int limit = bytes.limit();
    sum.reset();
    bytes.limit(at + 44).position(at);
    sum.update(bytes);
    bytes.limit(at + Format.CHUNK_HEADER + length).position(at + Format.CHUNK_HEADER);
    sum.update(bytes);
    bytes.limit(limit).position(position);
    return (int) sum.getValue();
  }
}
