package tr.emanet.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bytes of a segment.
 *
 * @param createdMicros microseconds since 1970 UTC
 * @param previousDigest SHA-256 of the stream's previous segment, 32 zero bytes when it is the
 *     first
 */
record SegmentHeader(
    String stream, long id, long firstSequence, long createdMicros, byte[] previousDigest) {

  ByteBuffer encode() {
    byte[] name = stream.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocateDirect(Format.SEGMENT_HEADER);
    out.putLong(0, Format.SEGMENT_MAGIC);
    out.putShort(8, (short) Format.VERSION);
    out.putShort(10, (short) Format.SEGMENT_HEADER);
    out.putLong(16, id);
    out.putLong(24, firstSequence);
    out.putLong(32, createdMicros);
    out.put(40, previousDigest);
    out.put(72, (byte) name.length);
    out.put(73, name);
    out.putInt(124, Format.crc(new CRC32C(), out, 0, 124));
    return out;
  }

  /** Reads the header at offset 0 of the buffer; null when it is not a valid one. */
  static @Nullable SegmentHeader decode(ByteBuffer in) {
    if (in.limit() < Format.SEGMENT_HEADER
        || in.getLong(0) != Format.SEGMENT_MAGIC
        || in.getInt(124) != Format.crc(new CRC32C(), in, 0, 124)
        || in.getShort(8) != Format.VERSION
        || in.getShort(10) != Format.SEGMENT_HEADER) {
      return null;
    }
    int length = in.get(72);
    if (length < 1 || length > 32) {
      return null;
    }
    byte[] name = new byte[length];
    in.get(73, name);
    byte[] digest = new byte[32];
    in.get(40, digest);
    String stream = new String(name, StandardCharsets.US_ASCII);
    if (!Format.isStream(stream)) {
      return null;
    }
    return new SegmentHeader(stream, in.getLong(16), in.getLong(24), in.getLong(32), digest);
  }
}
