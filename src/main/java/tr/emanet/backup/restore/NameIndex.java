package tr.emanet.backup.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.event.Folding;

/**
 * The folded names of trees and the trees below them, kept in the order of use up to {@link #LIMIT}
 * bytes; a tree that is the same in many snapshots is read once. The last directories that were
 * listed are kept whole. One thread.
 */
final class NameIndex {

  private static final long LIMIT = 48L << 20;
  private static final int LISTED = 8;
  private static final int EACH = 128;

  private final Contents contents;
  private final Map<Id, Names> known = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Id, List<Node>> listed = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * What a search needs of one tree.
   *
   * @param folded the folded names, each followed by a zero
   * @param below the trees of its directories
   */
  record Names(byte[] folded, List<Id> below) {

    private long size() {
      return EACH + folded.length + 64L * below.size();
    }
  }

  NameIndex(Contents contents) {
    this.contents = contents;
  }

  /** The entries of a tree. */
  List<Node> nodes(Id tree) throws IOException {
    List<Node> found = listed.get(tree);
    if (found == null) {
      found = contents.tree(tree);
      listed.put(tree, found);
      if (listed.size() > LISTED) {
        listed.remove(listed.keySet().iterator().next());
      }
    }
    return found;
  }

  /** The names of a tree. */
  Names names(Id tree) throws IOException {
    Names found = known.get(tree);
    if (found == null) {
      found = read(tree);
      known.put(tree, found);
      bytes += found.size();
      Iterator<Names> eldest = known.values().iterator();
      while (bytes > LIMIT && eldest.hasNext()) {
        bytes -= eldest.next().size();
        eldest.remove();
      }
    }
    return found;
  }

  private Names read(Id tree) throws IOException {
    List<Id> below = new ArrayList<>();
    ByteArrayOutputStream folded = new ByteArrayOutputStream();
    for (Node node : contents.tree(tree)) {
      folded.writeBytes(Folding.fold(node.name()));
      folded.write(0);
      Id subtree = node.subtree();
      if (subtree != null) {
        below.add(subtree);
      }
    }
    return new Names(folded.toByteArray(), below);
  }
}
