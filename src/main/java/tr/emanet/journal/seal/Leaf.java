package tr.emanet.journal.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One leaf: a range of a segment file's bytes as stored.
 *
 * @param offset of its first byte in the segment file
 * @param length at least 1
 * @param firstSequence of its chunk
 * @param records 0 for what stands behind the last chunk
 * @param digest SHA-256 of the bytes
 */
record Leaf(long offset, int length, long firstSequence, int records, byte[] digest) {

  static final int BYTES = 56;

  /** The 56 bytes of an entry. */
  byte[] entry() {
    return ByteBuffer.allocate(BYTES)
        .putLong(offset)
        .putInt(length)
        .putLong(firstSequence)
        .putInt(records)
        .put(digest)
        .array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Leaf leaf && Arrays.equals(entry(), leaf.entry());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entry());
  }
}
