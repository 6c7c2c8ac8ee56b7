package tr.emanet.backup.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Snapshot;

/**
 * What a snapshot holds and which of its files a drill takes: each file has the same chance. The
 * memory is bounded by the scope, not by the snapshot, unless all of it is asked for, when nothing
 * is listed.
 *
 * @param files of the snapshot, with their bytes
 * @param chosen random ones; empty when the scope is everything
 * @param problems trees that cannot be read, each with its path
 */
record Survey(long files, long bytes, List<Chosen> chosen, List<String> problems) {

  /** Beside the dumps of databases: how many rows each table had. */
  private static final String COUNTS = "emanet-counts.json";

  /** Where the sources put dumps; elsewhere a file of the name is somebody's, and so its dump. */
  private static final Pattern OURS = Pattern.compile("/(postgresql|mariadb)/[^/]+/[^/]+");

  static boolean isCounts(String directory, String name) {
    return name.equals(COUNTS) && OURS.matcher(directory).matches();
  }

  private static final int DEPTH = 1000;

  /** A file by its path as {@code SnapshotPath} writes it. */
  record Chosen(String path, Node node) {}

  static Survey of(Contents contents, Snapshot snapshot, DrillScope scope, Random random) {
    Walk walk = new Walk(contents, scope, random);
    walk.tree(snapshot.tree(), "", 0);
    return new Survey(walk.files, walk.bytes, walk.chosen(), walk.problems);
  }

  private static final class Walk {

    private final Contents contents;
    private final DrillScope scope;
    private final Random random;
    private final int room;
    private final List<Chosen> reservoir = new ArrayList<>();
    private final List<Chosen> dumps = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long files;
    private long bytes;
    private long seen;

    Walk(Contents contents, DrillScope scope, Random random) {
      this.contents = contents;
      this.scope = scope;
      this.random = random;
      this.room = scope.whole() ? 0 : bound(scope);
    }

    /** Without a bound on files there is one on bytes: so many are enough to fill it. */
    private static int bound(DrillScope scope) {
      return (int) Math.min(scope.files() == 0 ? 20_000 : scope.files(), 20_000);
    }

    void tree(Id tree, String path, int depth) {
      List<Node> nodes;
      try {
        if (depth > DEPTH) {
          throw new IOException("is nested deeper than " + DEPTH + " directories");
        }
        nodes = contents.tree(tree);
      } catch (IOException e) {
        problems.add((path.isEmpty() ? "/" : path) + ": " + e.getMessage());
        return;
      }
      boolean counted = nodes.stream().anyMatch(node -> isCounts(path, GoQuote.quote(node.name())));
      for (Node node : nodes) {
        String name = path + "/" + GoQuote.quote(node.name());
        Id subtree = node.subtree();
        if (node.type() == NodeType.FILE) {
          files++;
          bytes += node.facts().size();
          take(new Chosen(name, node), counted);
        } else if (subtree != null) {
          tree(subtree, name, depth + 1);
        }
      }
    }

    private void take(Chosen file, boolean counted) {
      if (counted) {
        if (room > 0) {
          dumps.add(file);
        }
        return;
      }
      seen++;
      if (reservoir.size() < room) {
        reservoir.add(file);
      } else if (room > 0) {
        long at = random.nextLong(seen);
        if (at < room) {
          reservoir.set((int) at, file);
        }
      }
    }

    List<Chosen> chosen() {
      Collections.shuffle(reservoir, random);
      List<Chosen> out = new ArrayList<>(dumps);
      long sum = 0;
      for (Chosen file : reservoir) {
        long size = file.node().facts().size();
        // One file at least, however large it is: a drill of nothing proves nothing.
        if (out.isEmpty() || sum + size <= scope.bytes()) {
          out.add(file);
          sum += size;
        }
      }
      return out;
    }
  }
}
