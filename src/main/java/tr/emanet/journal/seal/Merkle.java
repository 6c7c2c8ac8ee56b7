package tr.emanet.journal.seal;

import java.security.MessageDigest;
import tr.emanet.crypto.Digests;

/**
 * The Merkle tree hash of RFC 6962, section 2.1, of a list that grows: only the roots of its full
 * subtrees are kept, one for each bit of the count. One thread only.
 */
final class Merkle {

  private final MessageDigest sha = Digests.sha256();

  /** The root of the full subtree of 2^i entries, where bit i of the count is set. */
  private final byte[][] full = new byte[64][0];

  private long count;

  void add(byte[] entry) {
    sha.update((byte) 0);
    byte[] node = sha.digest(entry);
    int level = 0;
    for (long bits = count; (bits & 1) != 0; bits >>>= 1) {
      node = join(full[level++], node);
    }
    full[level] = node;
    count++;
  }

  long count() {
    return count;
  }

  /** The root of all entries so far. */
  byte[] root() {
    if (count == 0) {
      return sha.digest();
    }
    int level = Long.numberOfTrailingZeros(count);
    byte[] root = full[level].clone();
    for (level++; level < Long.SIZE; level++) {
      if ((count >>> level & 1) != 0) {
        // Larger subtrees stand to the left of smaller ones.
        root = join(full[level], root);
      }
    }
    return root;
  }

  private byte[] join(byte[] left, byte[] right) {
    sha.update((byte) 1);
    sha.update(left);
    return sha.digest(right);
  }
}
