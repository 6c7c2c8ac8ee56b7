package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * Walks snapshots and lists every file and directory that misses something, by snapshot and path;
 * asks a second copy for it first. One thread.
 */
final class LossWalk {

  private static final int MAX_DEPTH = 1000;

  private final Repository repository;
  private final BlobIndex index;
  private final Workbench bench;
  private final Finder finder;

  /** Trees below which nothing is missing: they are not read again for the next snapshot. */
  private final Set<Id> sound = new HashSet<>();

  private final List<RepairRun.Loss> losses = new ArrayList<>();

  /** Finds a blob that we do not have elsewhere, and keeps it; null when nobody has it. */
  interface Finder {

    byte @Nullable [] find(Id id, BlobType type) throws IOException;
  }

  LossWalk(Repository repository, BlobIndex index, Workbench bench, Finder finder) {
    this.repository = repository;
    this.index = index;
    this.bench = bench;
    this.finder = finder;
  }

  void snapshot(Snapshot snapshot) throws IOException {
    var _ = tree(snapshot.id(), snapshot.tree(), "/", 0);
  }

  List<RepairRun.Loss> losses() {
    return losses;
  }

  private boolean tree(Id snapshot, Id tree, String path, int depth) throws IOException {
    if (sound.contains(tree)) {
      return true;
    }
    List<Node> nodes;
    try {
      byte[] json =
          index.find(tree, BlobType.TREE) == null
              ? finder.find(tree, BlobType.TREE)
              : repository.blob(index, tree, BlobType.TREE, bench);
      if (json == null || depth > MAX_DEPTH) {
        losses.add(
            new RepairRun.Loss(
                snapshot, path, "the directory and all below it: tree " + tree + " is lost"));
        return false;
      }
      nodes = TreeReader.decode(json, tree);
    } catch (BackupException e) {
      losses.add(new RepairRun.Loss(snapshot, path, String.valueOf(e.getMessage())));
      return false;
    }
    boolean whole = true;
    for (Node node : nodes) {
      String name = path + GoQuote.quote(node.name());
      whole &= file(snapshot, node, name);
      Id subtree = node.subtree();
      if (subtree != null) {
        whole &= tree(snapshot, subtree, name + "/", depth + 1);
      }
    }
    if (whole) {
      sound.add(tree);
    }
    return whole;
  }

  private boolean file(Id snapshot, Node node, String name) throws IOException {
    int missing = 0;
    for (Id id : node.content()) {
      if (index.find(id, BlobType.DATA) == null && finder.find(id, BlobType.DATA) == null) {
        missing++;
      }
    }
    if (missing == 0) {
      return true;
    }
    losses.add(
        new RepairRun.Loss(
            snapshot, name, missing + " of " + node.content().size() + " chunks are lost"));
    return false;
  }
}
