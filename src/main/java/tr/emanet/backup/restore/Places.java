package tr.emanet.backup.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;

/**
 * Makes all that is no content: directories, symbolic links, FIFOs, devices, further names of a
 * file. Each is made under a temporary name, gets its facts through a handle on itself, and is
 * renamed. One thread.
 */
final class Places {

  private static final int WRITABLE = 0700;

  private final Session session;
  private final Hand hand;
  private final Map<Node.Place, First> firsts = new HashMap<>();

  /** The first name of a file with several, and its content to compare. */
  private record First(Folder folder, byte[] name, int[] blobs, NodeType type) {}

  Places(Session session, Hand hand) {
    this.session = session;
    this.hand = hand;
  }

  /** The directory in the target, made when it does not stand there; null when it cannot be. */
  @Nullable Folder directory(Folder parent, Node node, boolean facts) {
    String path = parent.show(node.name());
    try {
      boolean fresh = makeDirectory(parent, node.name());
      boolean ours = fresh || session.madeBefore(parent, node.name());
      boolean never = session.request().options().overwrite() == RestoreRequest.Overwrite.NEVER;
      boolean untouched = !ours && (!facts || never);
      Folder made = new Folder(parent, node.name(), untouched ? null : node, fresh);
      int handle = hand.open(made);
      if (ours && !fresh) {
        // The facts of a run that was stopped may forbid us to write into it; they come again.
        hand.kernel().mode(handle, WRITABLE, true);
      }
      session.tally().directories.incrementAndGet();
      return made;
    } catch (IOException e) {
      session.tally().problem(path, e);
      return null;
    }
  }

  private boolean makeDirectory(Folder parent, byte[] name) throws IOException {
    if (parent.fresh() || hand.kernel().stat(hand.open(parent), name) == null) {
      session.made(parent, name); // before: a kill in between leaves none that nobody made
    }
    try {
      hand.kernel().makeDirectory(hand.open(parent), name);
      return true;
    } catch (KernelException e) {
      if (e.error() != KernelException.EEXIST) {
        throw e;
      }
      Stat stands = hand.kernel().stat(hand.open(parent), name);
      if (stands != null && !stands.isDirectory()) {
        throw new BackupException(
            "a directory is wanted, a " + stands.kind() + " stands there; move it away");
      }
      return false;
    }
  }

  /** Gives the directory its own facts; at the end, when nothing more is made in it. */
  void finish(Folder folder) {
    Node node = folder.node();
    if (node != null) {
      try {
        session
            .facts()
            .apply(hand.kernel(), hand.open(folder), true, node, folder.show(new byte[0]));
      } catch (IOException e) {
        session.tally().problem(folder.show(new byte[0]), e);
      }
    }
  }

  /** A symbolic link, FIFO or device. */
  void entry(Folder folder, Node node) {
    String path = folder.show(node.name());
    Tally tally = session.tally();
    try {
      boolean device = node.type() == NodeType.DEV || node.type() == NodeType.CHARDEV;
      if (node.type() == NodeType.SOCKET) {
        tally.leftOut(path, "sockets are made by their programs");
      } else if (device && !session.request().options().special()) {
        tally.leftOut(path, "devices need the permission for special files");
      } else {
        make(folder, node, path);
      }
    } catch (IOException e) {
      tally.problem(path, e);
    }
  }

  private void make(Folder folder, Node node, String path) throws IOException {
    Standing standing = standing(folder, node);
    if (standing == Standing.KEPT) {
      return;
    }
    int directory = hand.open(folder);
    byte[] temporary = session.temporaryName(folder, node.name());
    try {
      make(directory, temporary, node);
    } catch (KernelException e) {
      session.clearLeftover(hand, directory, temporary, e);
      make(directory, temporary, node);
    }
    remember(node, hand.kernel().stat(directory, temporary));
    int handle = -1;
    try {
      handle = hand.kernel().handle(directory, temporary);
      session.facts().apply(hand.kernel(), handle, true, node, path);
      hand.kernel().rename(directory, temporary, node.name(), standing == Standing.REPLACED);
    } catch (IOException e) {
      hand.kernel().unlink(directory, temporary);
      throw e;
    } finally {
      if (handle >= 0) {
        hand.kernel().close(handle);
      }
    }
    count(standing, path);
  }

  private void remember(Node node, @Nullable Stat stands) {
    if (stands != null) {
      session.stands(node.facts().place(), stands);
    }
  }

  private void count(Standing standing, String path) {
    session.tally().others.incrementAndGet();
    if (standing == Standing.REPLACED) {
      session.tally().overwritten.incrementAndGet();
    }
    session.tally().passed(0, path);
  }

  private void make(int directory, byte[] name, Node node) throws IOException {
    long device = node.facts().place().device();
    switch (node.type()) {
      case SYMLINK -> {
        byte[] leads = node.link();
        if (leads == null || leads.length == 0) {
          throw new BackupException("the link leads nowhere");
        }
        hand.kernel().makeLink(directory, name, leads);
      }
      case FIFO -> hand.kernel().makeNode(directory, name, 0010600, 0);
      case CHARDEV -> hand.kernel().makeNode(directory, name, 0020600, device);
      case DEV -> hand.kernel().makeNode(directory, name, 0060600, device);
      case FILE, DIR, SOCKET -> throw new IllegalArgumentException("no such node");
    }
  }

  private enum Standing {
    NOTHING,
    REPLACED,
    KEPT
  }

  /** What stands where an entry is wanted, and what the request says about that. */
  private Standing standing(Folder folder, Node node) throws IOException {
    Stat stands = folder.fresh() ? null : hand.kernel().stat(hand.open(folder), node.name());
    if (stands == null) {
      return Standing.NOTHING;
    }
    if (stands.isDirectory()) {
      throw new BackupException("a directory stands there; move it away");
    }
    if (session.request().options().overwrite() == RestoreRequest.Overwrite.NEVER) {
      Tally tally = session.tally();
      long ignored = (ours(stands, node) ? tally.others : tally.kept).incrementAndGet();
      return Standing.KEPT;
    }
    return Standing.REPLACED;
  }

  /** Whether this very restore made it before it was killed: its time comes before its name. */
  private boolean ours(Stat stands, Node node) {
    byte[] leads = node.link();
    String kind =
        switch (node.type()) {
          case SYMLINK -> "symbolic link";
          case FIFO -> "FIFO";
          case CHARDEV, DEV -> "device";
          case FILE, DIR, SOCKET -> "";
        };
    return session.resumed()
        && stands.kind().equals(kind)
        && stands.modified(node.facts().modified())
        && (leads == null || leads.length == stands.size());
  }

  /**
   * True when the entry is one more name of a file that was met before; what claims to be that but
   * has another content is a file of its own.
   */
  boolean isFurtherName(Folder folder, Node node, int[] blobs) {
    Node.Place place = node.facts().place();
    if (place.links() < 2) {
      return false;
    }
    First first = new First(folder, node.name(), blobs, node.type());
    First known = firsts.putIfAbsent(place, first);
    return known != null && known.type() == node.type() && Arrays.equals(known.blobs(), blobs);
  }

  /** Makes one more name; at the end, when the first stands. */
  void furtherName(Folder folder, Node node) {
    String path = folder.show(node.name());
    First first = firsts.get(node.facts().place());
    try {
      Stat original =
          first == null ? null : hand.kernel().stat(hand.open(first.folder()), first.name());
      if (first == null || original == null || !session.standsFor(node.facts().place(), original)) {
        throw new BackupException("the first name of this file was not restored");
      }
      Stat stands = hand.kernel().stat(hand.open(folder), node.name());
      if (stands != null
          && stands.inode() == original.inode()
          && stands.device() == original.device()) {
        session.tally().equal.incrementAndGet();
        return;
      }
      Standing standing = standing(folder, node);
      if (standing == Standing.KEPT) {
        return;
      }
      // The temporary name is guessed by nobody, and NOREPLACE is what link always does.
      byte[] temporary = session.temporaryName(folder, node.name());
      int from = hand.open(first.folder());
      int to = hand.open(folder);
      try {
        hand.kernel().link(from, first.name(), to, temporary);
      } catch (KernelException e) {
        session.clearLeftover(hand, to, temporary, e);
        hand.kernel().link(from, first.name(), to, temporary);
      }
      Stat linked = hand.kernel().stat(to, temporary);
      if (linked == null || linked.inode() != original.inode()) {
        hand.kernel().unlink(to, temporary);
        throw new BackupException("somebody exchanges files in the target");
      }
      hand.kernel().rename(to, temporary, node.name(), standing == Standing.REPLACED);
      count(standing, path);
    } catch (IOException e) {
      session.tally().problem(path, e);
    }
  }
}
