package tr.emanet.backup.restore;

import java.io.IOException;
import java.io.OutputStream;
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

/**
 * The content of one file of a snapshot as a stream. Every blob of it is checked before it is
 * written; a damaged one breaks the stream off with an error. One thread; to be closed, the
 * repository stays the caller's.
 */
public final class SnapshotFile implements AutoCloseable {

  private final Contents contents;
  private final Node node;

  private SnapshotFile(Contents contents, Node node) {
    this.contents = contents;
    this.node = node;
  }

  /**
   * Finds the file; nothing of it is read yet.
   *
   * @throws BackupException when the snapshot has no regular file of this path, or a blob of it is
   *     in no index
   */
  public static SnapshotFile open(Repository repository, Snapshot snapshot, SnapshotPath path)
      throws IOException {
    Contents contents = Contents.open(repository);
    try {
      Node node = find(contents, snapshot.tree(), path);
      if (node == null || node.type() != NodeType.FILE) {
        throw new BackupException(
            "snapshot " + snapshot.id().brief() + " has no file '" + path + "'");
      }
      for (Id id : node.content()) {
        if (contents.entry(id) < 0) {
          throw new BackupException("data blob " + id + " of '" + path + "' is in no index");
        }
      }
      return new SnapshotFile(contents, node);
    } catch (IOException | RuntimeException e) {
      contents.close();
      throw e;
    }
  }

  private static @Nullable Node find(Contents contents, Id root, SnapshotPath path)
      throws IOException {
    Id tree = root;
    Node found = null;
    List<String> names = path.names();
    for (String name : names) {
      byte[] raw = GoQuote.unquote(name, "path '" + path + "'");
      found = null;
      if (tree != null) {
        for (Node node : contents.tree(tree)) {
          if (Arrays.equals(node.name(), raw)) {
            found = node;
            break;
          }
        }
      }
      tree = found == null ? null : found.subtree();
    }
    return found;
  }

  /** Its name, without anything that a system could take for more than a name. */
  public String name() {
    return SnapshotArchive.harmless(node.name(), false);
  }

  /** In bytes. */
  public long size() {
    long size = 0;
    for (Id id : node.content()) {
      size += contents.piece(contents.entry(id)).plain();
    }
    return size;
  }

  /** Writes the whole content; the stream stays open. */
  public void writeTo(OutputStream out) throws IOException {
    for (Id id : node.content()) {
      int entry = contents.entry(id);
      Contents.Piece piece = contents.piece(entry);
      byte[] sealed = new byte[piece.length()];
      contents.read(piece.pack(), piece.offset(), sealed, sealed.length);
      out.write(contents.unpack(sealed, 0, entry));
    }
  }

  @Override
  public void close() {
    contents.close();
  }
}
