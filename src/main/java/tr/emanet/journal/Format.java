package tr.emanet.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Numbers of the on-disk format, version 1, and its check sums; {@code format-journal.md}. */
final class Format {

  static final long SEGMENT_MAGIC = 0xE5_4D_4A_53_0D_0A_1A_0AL;
  static final int FRAME_MAGIC = 0xE5_4D_4A_46;
  static final int CHUNK_MAGIC = 0xE5_4D_4A_43;
  static final int VERSION = 1;

  static final int SEGMENT_HEADER = 128;
  static final int FRAME_HEADER = 40;
  static final int CHUNK_HEADER = 48;

  /** A frame ends with the record that reaches this many raw bytes. */
  static final int FRAME_RAW = 256 * 1024;

  /** No chunk decodes to more: a full frame plus one longest record with its attributes. */
  static final int MAX_RAW = 512 * 1024;

  /** Bound of a chunk's stored bytes: what zstd makes of {@link #MAX_RAW} incompressible ones. */
  static final int MAX_STORED = MAX_RAW + MAX_RAW / 128 + 1024;

  /** No frame holds more records: each takes at least two raw bytes. */
  static final int MAX_RECORDS = MAX_RAW / 2;

  static final int LAST_OF_FRAME = 1;

  /** Entries a frame's dictionary remembers; later definitions are written but not numbered. */
  static final int MAX_DICTIONARY = 4096;

  static final int MAX_LISTENER_CHARS = 64;

  static final String SUFFIX = ".emj";

  private static final Pattern STREAM = Pattern.compile("[a-z0-9-]{1,32}");

  private Format() {}

  static boolean isStream(String name) {
    return STREAM.matcher(name).matches();
  }

  /** File name of a segment: twenty digits, so that names sort like numbers. */
  static String fileName(long firstSequence) {
    String digits = Long.toString(firstSequence);
    return "0".repeat(20 - digits.length()) + digits + SUFFIX;
  }

  /** First sequence in a segment's file name, or -1 when it is not such a name. */
  static long sequenceOf(String fileName) {
    if (fileName.length() != 20 + SUFFIX.length() || !fileName.endsWith(SUFFIX)) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < 20; i++) {
      int digit = fileName.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value < 1 ? -1 : value;
  }

  /**
   * Makes a segment id: 32 random bits, then a check of stream and first sequence, so that even a
   * segment without a legible header cannot be taken for another stream's.
   */
  static long segmentId(int random, String stream, long firstSequence) {
    return (long) random << 32 | binding(stream, firstSequence) & 0xFFFF_FFFFL;
  }

  static boolean idFits(long id, String stream, long firstSequence) {
    return (int) id == binding(stream, firstSequence);
  }

  private static int binding(String stream, long firstSequence) {
    CRC32C crc = new CRC32C();
    crc.update(stream.getBytes(StandardCharsets.US_ASCII));
    crc.update(ByteBuffer.allocate(8).putLong(0, firstSequence));
    return (int) crc.getValue();
  }

  /** crc32c of {@code [from, to)}; position and limit stay as they were. */
  static int crc(CRC32C crc, ByteBuffer bytes, int from, int to) {
    int position = bytes.position();
    int limit = bytes.limit();
    crc.reset();
    bytes.limit(to).position(from);
    crc.update(bytes);
    bytes.limit(limit).position(position);
    return (int) crc.getValue();
  }
}
