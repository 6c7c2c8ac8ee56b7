package tr.emanet.backup.restic;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the files of a run by what became of them since the parent. Any thread. */
final class FileCounts {

  /** A blob that keeps so much of its size was compressed, or encrypted, before. */
  private static final double INCOMPRESSIBLE = 0.9;

  private final BlobIndex index;
  private final LongAdder all = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final LongAdder changed = new LongAdder();
  private final LongAdder fresh = new LongAdder();
  private final LongAdder scrambled = new LongAdder();

  FileCounts(BlobIndex index) {
    this.index = index;
  }

  void seen() {
    all.increment();
  }

  /** It was not read: it is as in the parent. */
  void asBefore() {
    unchanged.increment();
  }

  /**
   * It was read. A copy that was fetched anew has another inode; with the bytes of before it is no
   * change.
   *
   * @param looks whether it looks encrypted
   * @param old what the parent has under its name
   */
  void saved(Node node, boolean looks, @Nullable Node old) {
    if (old == null || old.type() != NodeType.FILE) {
      fresh.increment();
      count(looks);
    } else if (!node.content().isEmpty() && node.content().equals(old.content())) {
      unchanged.increment();
    } else {
      changed.increment();
      count(looks && compressed(old));
    }
  }

  private void count(boolean counts) {
    if (counts) {
      scrambled.increment();
    }
  }

  /** Whether the old bytes had a pattern. */
  private boolean compressed(Node old) {
    BlobIndex.Place first =
        old.content().isEmpty() ? null : index.find(old.content().getFirst(), BlobType.DATA);
    return first == null || first.length() < first.plain() * INCOMPRESSIBLE;
  }

  long all() {
    return all.sum();
  }

  long unchanged() {
    return unchanged.sum();
  }

  long changed() {
    return changed.sum();
  }

  long fresh() {
    return fresh.sum();
  }

  /** New and changed files that look encrypted now and did not before. */
  long scrambled() {
    return scrambled.sum();
  }
}
