package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayDeque;

/** Visits every blob below a tree. One thread; keeps trees to visit, not trees. */
final class TreeWalk {

  private final Repository repository;
  private final BlobIndex index;
  private final Workbench bench;

  /** Is asked about every blob; of a tree: true when it is to be read. */
  interface Visitor {

    boolean visit(Id id, BlobType type) throws IOException;
  }

  TreeWalk(Repository repository, BlobIndex index, Workbench bench) {
    this.repository = repository;
    this.index = index;
    this.bench = bench;
  }

  void walk(Id root, Visitor visitor) throws IOException {
    ArrayDeque<Id> trees = new ArrayDeque<>();
    trees.add(root);
    while (!trees.isEmpty()) {
      Id tree = trees.pop();
      if (!visitor.visit(tree, BlobType.TREE)) {
        continue;
      }
      byte[] json = repository.blob(index, tree, BlobType.TREE, bench);
      for (Node node : TreeReader.decode(json, tree)) {
        for (Id id : node.content()) {
          var _ = visitor.visit(id, BlobType.DATA);
        }
        Id subtree = node.subtree();
        if (subtree != null) {
          trees.push(subtree);
        }
      }
    }
  }
}
