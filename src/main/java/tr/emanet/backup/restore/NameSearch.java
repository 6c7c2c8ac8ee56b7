package tr.emanet.backup.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.event.Folding;

/**
 * One search over snapshots. Whether anything below a tree fits is found once for each tree, so
 * that snapshots that share trees cost little, and only trees with a hit are read for the facts.
 * One use, one thread.
 */
final class NameSearch {

  private static final int TREES = 2_000_000;

  private final NameIndex names;
  private final byte[] text;
  private final int limit;
  private final List<SnapshotBrowser.Hit> hits = new ArrayList<>();
  private final Map<Id, Boolean> holds = new HashMap<>();
  private int pass;
  private boolean more;
  private long unreadable;

  NameSearch(NameIndex names, byte[] text, int offset, int limit) {
    this.names = names;
    this.text = text;
    this.pass = offset;
    this.limit = limit;
  }

  /** Searches one snapshot; false when there is enough. */
  boolean run(Snapshot snapshot, Id tree, SnapshotPath path) {
    return !holds(tree, 0) || collect(snapshot, tree, path, 0);
  }

  SnapshotBrowser.Hits hits() {
    return new SnapshotBrowser.Hits(hits, more, unreadable);
  }

  private boolean holds(Id tree, int depth) {
    Boolean known = holds.get(tree);
    if (known != null) {
      return known;
    }
    boolean found = false;
    try {
      if (depth > TreeWalk.DEPTH || holds.size() > TREES) {
        throw new IOException("nested too deep, or too many directories");
      }
      NameIndex.Names here = names.names(tree);
      found = contains(here.folded());
      for (Id below : here.below()) {
        found |= holds(below, depth + 1);
      }
    } catch (IOException e) {
      unreadable++;
    }
    holds.put(tree, found);
    return found;
  }

  private boolean collect(Snapshot snapshot, Id tree, SnapshotPath path, int depth) {
    List<Node> nodes;
    try {
      nodes = names.nodes(tree);
    } catch (IOException e) {
      return true; // counted when it was looked at first
    }
    for (Node node : nodes) {
      SnapshotPath child = path.child(node.name());
      if (contains(Folding.fold(node.name()))) {
        if (pass > 0) {
          pass--;
        } else if (hits.size() == limit) {
          more = true;
          return false;
        } else {
          hits.add(new SnapshotBrowser.Hit(snapshot, SnapshotBrowser.entry(child, node)));
        }
      }
      Id subtree = node.subtree();
      if (subtree != null
          && depth < TreeWalk.DEPTH
          && holds.getOrDefault(subtree, false)
          && !collect(snapshot, subtree, child, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean contains(byte[] folded) {
    for (int i = 0; i + text.length <= folded.length; i++) {
      int at = 0;
      while (at < text.length && folded[i + at] == text[at]) {
        at++;
      }
      if (at == text.length) {
        return true;
      }
    }
    return false;
  }
}
