package tr.emanet.backup.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.event.Folding;

/**
 * Looks into snapshots without restoring them: directories in milliseconds, names over many
 * snapshots. The index is read when it is opened, and again when a snapshot is younger; the names
 * of trees are kept up to a limit of memory. One thread at a time; to be closed, the repository
 * stays the caller's.
 */
public final class SnapshotBrowser implements AutoCloseable {

  /** The most that one page holds. */
  public static final int PAGE = 1000;

  private static final int MAX_QUERY = 256;

  private final Repository repository;
  private Contents contents;
  private NameIndex names;

  /**
   * One entry.
   *
   * @param path its whole path as {@link SnapshotPath} writes it, good for a request
   * @param name its name for people, UTF-8; what is no text is escaped
   * @param type restic's word: file, dir, symlink, fifo, dev, chardev, socket
   * @param mode POSIX permission bits
   * @param link where a symbolic link leads, for people; else empty
   */
  public record Entry(
      String path,
      String name,
      String type,
      long size,
      Instant modified,
      int mode,
      long uid,
      long gid,
      String link) {}

  /**
   * A part of a directory.
   *
   * @param total how many entries the directory has
   */
  public record Page(List<Entry> entries, int total) {

    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** A name that was found in a snapshot. */
  public record Hit(Snapshot snapshot, Entry entry) {}

  /**
   * What was found.
   *
   * @param more true when there is more than was asked for
   * @param unreadable directories that could not be read, so that a name in them is not found
   */
  public record Hits(List<Hit> hits, boolean more, long unreadable) {

    public Hits {
      hits = List.copyOf(hits);
    }
  }

  private SnapshotBrowser(Repository repository, Contents contents) {
    this.repository = repository;
    this.contents = contents;
    this.names = new NameIndex(contents);
  }

  /** Reads the index of the repository. */
  public static SnapshotBrowser open(Repository repository) throws IOException {
    return new SnapshotBrowser(repository, Contents.open(repository));
  }

  /**
   * Lists a directory, sorted by the bytes of the names.
   *
   * @param offset how many entries to pass over
   * @param limit at most {@link #PAGE}
   * @throws BackupException when the snapshot has no such directory, or it is damaged
   */
  public Page list(Snapshot snapshot, SnapshotPath path, int offset, int limit) throws IOException {
    if (offset < 0 || limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
    }
    List<Node> nodes = names.nodes(directory(snapshot, path));
    List<Entry> entries = new ArrayList<>();
    for (Node node : nodes.subList(Math.min(offset, nodes.size()), nodes.size())) {
      if (entries.size() == limit) {
        break;
      }
      entries.add(entry(path.child(node.name()), node));
    }
    return new Page(entries, nodes.size());
  }

  /**
   * One entry, null when the snapshot has none of this path.
   *
   * @throws BackupException when a directory on the way is damaged
   */
  public @Nullable Entry stat(Snapshot snapshot, SnapshotPath path) throws IOException {
    Node node = node(snapshot, path);
    return node == null ? null : entry(path, node);
  }

  /**
   * The blobs of a file, in order; of anything else none.
   *
   * @throws BackupException when a directory on the way is damaged
   */
  public List<Id> content(Snapshot snapshot, SnapshotPath path) throws IOException {
    Node node = node(snapshot, path);
    return node == null ? List.of() : node.content();
  }

  /**
   * Finds the entries of which the name holds the text, folded as the search of events folds: case,
   * dots and marks make no difference. Snapshots in the order given, entries in the order of the
   * tree.
   *
   * @param beneath where to look
   * @param offset how many to pass over
   * @param limit at most {@link #PAGE}
   * @throws BackupException when the text is empty or too long
   */
  public Hits find(
      List<Snapshot> snapshots, SnapshotPath beneath, String text, int offset, int limit)
      throws IOException {
    byte[] folded = Folding.fold(text).getBytes(StandardCharsets.UTF_8);
    if (folded.length == 0 || text.length() > MAX_QUERY) {
      throw new BackupException("name a part of the name, of 1 to " + MAX_QUERY + " characters");
    }
    if (offset < 0 || limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
    }
    for (Snapshot snapshot : snapshots) {
      refresh(snapshot);
    }
    NameSearch search = new NameSearch(names, folded, offset, limit);
    for (Snapshot snapshot : snapshots) {
      Node start = node(snapshot, beneath);
      Id tree =
          beneath.names().isEmpty() ? snapshot.tree() : start == null ? null : start.subtree();
      if (tree != null && !search.run(snapshot, tree, beneath)) {
        break;
      }
    }
    return search.hits();
  }

  private void refresh(Snapshot snapshot) throws IOException {
    if (!contents.knowsTree(snapshot.tree())) {
      Contents fresh = Contents.open(repository);
      contents.close();
      contents = fresh;
      names = new NameIndex(fresh);
    }
  }

  private Id directory(Snapshot snapshot, SnapshotPath path) throws IOException {
    refresh(snapshot);
    if (path.names().isEmpty()) {
      return snapshot.tree();
    }
    Node node = node(snapshot, path);
    Id tree = node == null ? null : node.subtree();
    if (tree == null) {
      throw new BackupException(
          "snapshot " + snapshot.id().brief() + " has no directory '" + path + "'");
    }
    return tree;
  }

  private @Nullable Node node(Snapshot snapshot, SnapshotPath path) throws IOException {
    refresh(snapshot);
    Id tree = snapshot.tree();
    Node found = null;
    for (String name : path.names()) {
      if (tree == null) {
        return null;
      }
      byte[] raw = GoQuote.unquote(name, "path '" + path + "'");
      found = null;
      for (Node node : names.nodes(tree)) {
        if (Arrays.equals(node.name(), raw)) {
          found = node;
          break;
        }
      }
      if (found == null) {
        return null;
      }
      tree = found.subtree();
    }
    return found;
  }

  static Entry entry(SnapshotPath path, Node node) {
    Node.Facts facts = node.facts();
    byte @Nullable [] link = node.link();
    return new Entry(
        path.toString(),
        GoQuote.quote(node.name()),
        node.type().word(),
        facts.size(),
        facts.modified(),
        NodeType.toPosix(facts.mode()),
        facts.owner().uid(),
        facts.owner().gid(),
        link == null ? "" : GoQuote.quote(link));
  }

  @Override
  public void close() {
    contents.close();
  }
}
