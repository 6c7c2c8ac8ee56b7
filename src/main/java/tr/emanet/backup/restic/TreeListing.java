package tr.emanet.backup.restic;

import java.io.IOException;
import java.time.Instant;
import tr.emanet.backup.BackupException;

/** Lists what a snapshot holds, the directories before what is in them. */
public final class TreeListing {

  private TreeListing() {}

  /** Takes the entries; the path is quoted, so that a line is a line. */
  public interface Lines {

    void line(String path, String type, long size, Instant modified) throws IOException;
  }

  /** Lists the whole snapshot. */
  public static void list(Repository repository, Snapshot snapshot, Lines lines)
      throws IOException {
    try (Workbench bench = repository.workbench()) {
      BlobIndex index = repository.loadIndex(bench);
      walk(repository, index, bench, snapshot.tree(), "/", lines);
    }
  }

  private static void walk(
      Repository repository, BlobIndex index, Workbench bench, Id tree, String path, Lines lines)
      throws IOException {
    if (path.length() > 1 << 16) {
      throw new BackupException("tree " + tree + " is nested too deep");
    }
    byte[] json = repository.blob(index, tree, BlobType.TREE, bench);
    for (Node node : TreeReader.decode(json, tree)) {
      String name = path + GoQuote.quote(node.name());
      lines.line(name, node.type().word(), node.facts().size(), node.facts().modified());
      Id subtree = node.subtree();
      if (subtree != null) {
        walk(repository, index, bench, subtree, name + "/", lines);
      }
    }
  }
}
