package tr.emanet.backup.restore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.Node;

/**
 * One file on its way: blobs come in the order of the packs, not of the file. It is written under a
 * temporary name and renamed when the last blob is in it; when one is missing, nothing of it stays.
 * Any thread; a file is written by one at a time.
 */
final class FileTask {

  private static final int HOLE = 4096;

  private final Session session;
  private final Folder folder;
  private final Node node;
  private final int[] blobs;
  private int missing;
  private int descriptor = -1;
  private long reached;
  private boolean created;
  private boolean failed;
  private boolean replaces;
  private byte @Nullable [] temporary;

  FileTask(Session session, Folder folder, Node node, int[] blobs) {
    this.session = session;
    this.folder = folder;
    this.node = node;
    this.blobs = blobs;
    this.missing = blobs.length;
  }

  Folder folder() {
    return folder;
  }

  Node node() {
    return node;
  }

  int[] blobs() {
    return blobs;
  }

  String path() {
    return folder.show(node.name());
  }

  /** Something stands in its place and is to be replaced. */
  void replaces() {
    replaces = true;
  }

  /** Writes one blob at its place in the file; the last one finishes the file. */
  synchronized void write(Hand hand, long offset, byte[] plain, int length) {
    if (failed) {
      return;
    }
    try {
      open(hand);
      sparse(hand.kernel(), offset, plain, length);
      session.tally().bytes.addAndGet(length);
      missing--;
      if (missing == 0) {
        finish(hand);
      } else if (!session.mayStayOpen()) {
        shut(hand);
      }
      session.tally().passed(length, path());
    } catch (IOException e) {
      fail(hand, e);
    }
  }

  /** A file without a byte. */
  synchronized void writeEmpty(Hand hand) {
    try {
      open(hand);
      finish(hand);
      session.tally().passed(0, path());
    } catch (IOException e) {
      fail(hand, e);
    }
  }

  /** Removes what there is of it and counts it as failed, once. */
  synchronized void fail(Hand hand, IOException why) {
    if (failed) {
      return;
    }
    failed = true;
    session.tally().problem(path(), why);
    discard(hand);
  }

  /** Removes the temporary file when it was not finished. */
  synchronized void discard(Hand hand) {
    shut(hand);
    byte[] name = temporary;
    if (created && name != null) {
      created = false;
      try {
        hand.kernel().unlink(hand.open(folder), name);
      } catch (IOException e) {
        session.tally().problem(path(), "its temporary file stays: " + e.getMessage());
      }
    }
  }

  private void open(Hand hand) throws IOException {
    if (descriptor >= 0) {
      return;
    }
    byte[] name = temporary;
    if (created && name != null) {
      descriptor = hand.kernel().write(hand.open(folder), name);
    } else {
      name = session.temporaryName(folder, node.name());
      temporary = name;
      descriptor = session.create(hand, folder, name);
      created = true;
    }
    session.opened();
  }

  private void shut(Hand hand) {
    if (descriptor >= 0) {
      hand.kernel().close(descriptor);
      descriptor = -1;
      session.closed();
    }
  }

  private void finish(Hand hand) throws IOException {
    Kernel kernel = hand.kernel();
    byte[] name = temporary;
    if (name == null) {
      throw new IllegalStateException("an open file has a name");
    }
    if (node.facts().place().links() > 1) {
      session.stands(node.facts().place(), kernel.stat(descriptor));
    }
    if (reached != node.facts().size()) {
      kernel.truncate(descriptor, node.facts().size()); // it ends in a hole
    }
    session.facts().apply(kernel, descriptor, false, node, path());
    if (replaces) {
      // After a power cut there is the old file or the new one, never an empty one.
      kernel.synchronise(descriptor);
    }
    shut(hand);
    kernel.rename(hand.open(folder), name, node.name(), replaces);
    created = false;
    session.tally().written.incrementAndGet();
    if (replaces) {
      session.tally().overwritten.incrementAndGet();
    }
    session.done(folder, node);
  }

  /** Writes the bytes, leaving holes where they are zero. */
  private void sparse(Kernel kernel, long start, byte[] plain, int length) throws IOException {
    int at = 0;
    while (at < length) {
      int end = at;
      boolean zero = zero(plain, at, length);
      while (end < length && zero(plain, end, length) == zero) {
        end = Math.min(length, end + HOLE);
      }
      if (!zero) {
        kernel.write(descriptor, start + at, plain, at, end - at);
        reached = Math.max(reached, start + end);
      }
      at = end;
    }
  }

  /** True when the block at the place is full and zero. */
  private static boolean zero(byte[] plain, int at, int length) {
    if (plain[at] != 0 || length - at < HOLE) {
      return false;
    }
    for (int i = at; i < at + HOLE; i++) {
      if (plain[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
