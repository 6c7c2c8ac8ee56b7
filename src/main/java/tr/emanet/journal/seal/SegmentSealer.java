package tr.emanet.journal.seal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Digests;
import tr.emanet.journal.StoredChunks;
import tr.emanet.journal.StoredSegment;

/**
 * Makes the leaves of one segment while it grows. What an earlier checkpoint has sealed of it is
 * read again and compared first, so that a change is refused and never sealed anew. One thread.
 */
final class SegmentSealer implements Closeable {

  private static final int BUFFER = 256 * 1024;

  /** What was sealed is no longer what stands in the file. */
  static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedException(String message) {
      super(message);
    }
  }

  private final StoredSegment segment;
  private final @Nullable SealedSegment known;
  private final StoredChunks chunks;
  private final FileChannel channel;
  private final LeafFile leaves;
  private final Merkle merkle = new Merkle();
  private final MessageDigest leaf = Digests.sha256();
  private final MessageDigest whole = Digests.sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long covered;
  private boolean leavesAsKnown = true;
  private @Nullable String digest;

  /**
   * Begins; whatever {@code known} says is made again and compared by the first {@link #advance}.
   *
   * @param known what the last checkpoint about this segment says, null when there is none
   */
  SegmentSealer(StoredSegment segment, @Nullable SealedSegment known, SealPaths paths, Durable to)
      throws IOException {
    this.segment = segment;
    this.known = known;
    this.chunks = new StoredChunks(segment);
    this.channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
    this.leaves = LeafFile.open(paths.leaves(segment.path()), to);
    if (known == null) {
      leaves.cut(0);
    }
  }

  /**
   * Makes leaves of everything durable.
   *
   * @return whether anything is new
   * @throws ChangedException when the sealed part is not what it was
   */
  boolean advance(StoredSegment now) throws IOException {
    if (known != null && merkle.count() < known.leaves()) {
      again(known, now.durableBytes());
    }
    long before = merkle.count();
    boolean wasOpen = digest == null;
    while (chunks.next(now.durableBytes())) {
      add(chunks.end(), chunks.firstSequence(), chunks.records());
    }
    if (now.closed() && wasOpen) {
      if (covered < now.durableBytes()) {
        add(now.durableBytes(), chunks.lastSequence() + 1, 0);
      }
      digest = HexFormat.of().formatHex(whole.digest());
    }
    return merkle.count() > before || wasOpen && digest != null;
  }

  /** Walks over what is sealed already. */
  private void again(SealedSegment sealed, long durable) throws IOException {
    if (durable < sealed.bytes()) {
      throw changed("is shorter than what was sealed");
    }
    while (merkle.count() < sealed.leaves() && chunks.next(sealed.bytes())) {
      add(chunks.end(), chunks.firstSequence(), chunks.records());
    }
    if (merkle.count() != sealed.leaves()
        || covered != sealed.bytes()
        || !HexFormat.of().formatHex(merkle.root()).equals(sealed.root())) {
      throw changed("does not have the root that was sealed");
    }
    if (leavesAsKnown) {
      leaves.cut(sealed.leaves());
    } else {
      remake(sealed);
    }
  }

  /** The leaf file is not what it was, but the segment is: it is made again. */
  private void remake(SealedSegment sealed) throws IOException {
    leaves.cut(0);
    long at = 0;
    try (StoredChunks from = new StoredChunks(segment)) {
      while (at < sealed.bytes() && from.next(sealed.bytes())) {
        leaves.append(leaf(at, from.end(), from.firstSequence(), from.records(), false).entry());
        at = from.end();
      }
    }
  }

  private ChangedException changed(String how) {
    return new ChangedException(
        "segment "
            + segment.path()
            + ' '
            + how
            + ": it was changed from outside; verify it against an archive or a copy");
  }

  private void add(long end, long firstSequence, int records) throws IOException {
    byte[] entry = leaf(covered, end, firstSequence, records, true).entry();
    if (known != null && merkle.count() < known.leaves()) {
      leavesAsKnown &= leaves.holds(merkle.count(), entry);
    } else {
      leaves.append(entry);
    }
    merkle.add(entry);
    covered = end;
  }

  private Leaf leaf(long from, long end, long firstSequence, int records, boolean isNew)
      throws IOException {
    long at = from;
    while (at < end) {
      buffer.clear().limit((int) Math.min(BUFFER, end - at));
      if (channel.read(buffer, at) <= 0) {
        throw new EOFException("segment " + segment.path() + " ends at " + at);
      }
      at += buffer.position();
      leaf.update(buffer.flip());
      if (isNew) {
        whole.update(buffer.rewind());
      }
    }
    return new Leaf(from, Math.toIntExact(end - from), firstSequence, records, leaf.digest());
  }

  /** Whether it holds anything that a checkpoint can say. */
  boolean any() {
    return merkle.count() > 0;
  }

  /** Makes the leaves durable. */
  void force() throws IOException {
    leaves.force();
  }

  /** What the next checkpoint says of it. */
  SealedSegment sealed() {
    return new SealedSegment(
        segment.path(),
        digest != null,
        covered,
        merkle.count(),
        segment.firstSequence(),
        chunks.lastSequence(),
        HexFormat.of().formatHex(merkle.root()),
        digest == null ? "-" : digest);
  }

  @Override
  public void close() throws IOException {
    try {
      leaves.close();
    } finally {
      try {
        channel.close();
      } finally {
        chunks.close();
      }
    }
  }
}
