package tr.emanet.backup.restore;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;

/**
 * Goes through what is selected of a snapshot, directories before what is in them. A tree that
 * cannot be read costs that directory, not the rest. Bounded: depth and number of entries, for a
 * small repository can describe a tree without end. One thread.
 *
 * @param <F> what the visitor makes of a directory
 */
final class TreeWalk<F> {

  static final int DEPTH = 1000;
  static final long ENTRIES = 100_000_000;

  private final Contents contents;
  private final List<SnapshotPath> selection;
  private final boolean keepPaths;
  private final Visitor<F> visitor;
  private final Set<SnapshotPath> found = new HashSet<>();
  private long entries;

  /** What to do with directories and entries. */
  interface Visitor<F> {

    /**
     * A directory.
     *
     * @param selected false when it only leads to what is selected
     * @return null to leave out what is in it
     */
    @Nullable F directory(F parent, Node node, boolean selected);

    void entry(F parent, Node node) throws IOException;

    /** The content of the directory cannot be read. */
    void unreadable(F folder, IOException why);

    /** A selection that is not there. */
    void missing(SnapshotPath path);

    boolean stopped();
  }

  TreeWalk(Contents contents, List<SnapshotPath> selection, boolean keepPaths, Visitor<F> visitor) {
    this.contents = contents;
    this.selection = selection;
    this.keepPaths = keepPaths;
    this.visitor = visitor;
  }

  void run(Id tree, F root) throws IOException {
    walk(tree, root, SnapshotPath.ROOT, selected(SnapshotPath.ROOT), 0);
    for (SnapshotPath wanted : selection) {
      if (!found.contains(wanted) && !visitor.stopped()) {
        visitor.missing(wanted);
      }
    }
  }

  private boolean selected(SnapshotPath path) {
    boolean any = false;
    for (SnapshotPath wanted : selection) {
      if (wanted.equals(path)) {
        found.add(wanted);
        any = true;
      }
    }
    return any;
  }

  private boolean leads(SnapshotPath path) {
    return selection.stream().anyMatch(path::holds);
  }

  private void walk(Id tree, F folder, @Nullable SnapshotPath path, boolean all, int depth)
      throws IOException {
    List<Node> nodes;
    try {
      if (depth > DEPTH) {
        throw new BackupException("nested deeper than " + DEPTH + " directories");
      }
      nodes = contents.tree(tree);
    } catch (IOException e) {
      visitor.unreadable(folder, e);
      return;
    }
    for (Node node : nodes) {
      if (visitor.stopped()) {
        return;
      }
      entries++;
      if (entries > ENTRIES) {
        throw new BackupException("the snapshot has more than " + ENTRIES + " entries");
      }
      // Below a selected directory nobody needs the path: not building it saves most of the work.
      SnapshotPath child =
          path == null || all && found.size() == selection.size() ? null : path.child(node.name());
      boolean wanted = all || child != null && selected(child);
      if (child != null && all) {
        selected(child);
      }
      if (node.type() != NodeType.DIR) {
        if (wanted) {
          visitor.entry(folder, node);
        }
        continue;
      }
      if (wanted || child != null && leads(child)) {
        F below = wanted || keepPaths ? visitor.directory(folder, node, wanted) : folder;
        Id subtree = node.subtree();
        if (below != null && subtree != null) {
          walk(subtree, below, child, wanted, depth + 1);
        }
      }
    }
  }
}
