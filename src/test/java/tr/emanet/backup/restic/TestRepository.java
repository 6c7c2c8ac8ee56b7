package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.ObjectKind;

/** Repositories for the tests of other packages, with trees that no backup would write. */
public final class TestRepository {

  private TestRepository() {}

  public static Repository init(Path directory) throws IOException {
    return Fixture.init(directory);
  }

  /** A snapshot of the place, the newest of the repository. */
  public static Snapshot backup(Repository repository, Path source) throws IOException {
    Fixture.backup(repository, source);
    return Snapshot.find(repository, "latest");
  }

  /** Files with all that names and types allow. */
  public static void oddTree(Path root) throws IOException {
    Fixture.oddTree(root);
  }

  /** Path to type, mode, times, link target and content of every entry below the root. */
  public static Map<String, String> facts(Path root) throws IOException {
    return Fixture.facts(root);
  }

  /** Stores file content and tells its id. */
  public static Id data(Repository repository, byte[] bytes) throws IOException {
    return save(repository, BlobType.DATA, bytes);
  }

  /** Stores a tree as it is, whatever its JSON says. */
  public static Id tree(Repository repository, byte[] json) throws IOException {
    return save(repository, BlobType.TREE, json);
  }

  /** Stores a tree of the nodes, in the order given. */
  public static Id tree(Repository repository, List<Node> nodes) throws IOException {
    return tree(repository, TreeWriter.encode(nodes));
  }

  /** That many directories of a name in each other, around a tree. */
  public static Id chain(Repository repository, Id tree, int depth, byte[] name)
      throws IOException {
    Id around = tree;
    try (Workbench bench = repository.workbench()) {
      BlobWriter writer = new BlobWriter(repository, repository.loadIndex(bench));
      for (int i = 0; i < depth; i++) {
        Node node = node(name, NodeType.DIR, 0755, List.of(), bytes(around), 0);
        byte[] json = TreeWriter.encode(List.of(node));
        around = writer.save(BlobType.TREE, json, json.length, bench);
      }
      writer.flush(bench);
    }
    return around;
  }

  private static Id save(Repository repository, BlobType type, byte[] bytes) throws IOException {
    try (Workbench bench = repository.workbench()) {
      BlobWriter writer = new BlobWriter(repository, repository.loadIndex(bench));
      Id id = writer.save(type, bytes, bytes.length, bench);
      writer.flush(bench);
      return id;
    }
  }

  /** A snapshot of the tree. */
  public static Snapshot snapshot(Repository repository, Id tree) throws IOException {
    Instant now = Fixture.NOW.plusSeconds(Snapshot.all(repository).size());
    byte[] json = Snapshot.encode(now, tree, null, List.of("/"), repository.origin());
    try (Workbench bench = repository.workbench()) {
      Id id = repository.save(ObjectKind.SNAPSHOT, json, bench);
      return Snapshot.decode(id.hex(), json);
    }
  }

  /** A node with few facts: owner root, one name. */
  public static Node node(
      byte[] name, NodeType type, int mode, List<Id> content, byte[] linkOrTree, long size) {
    Node.Facts facts =
        new Node.Facts(
            type.toGo(mode),
            Fixture.NOW,
            Fixture.NOW,
            new Node.Owner(0, 0, "root", "root"),
            new Node.Place(1, 1, 1, 0x103),
            size,
            List.of());
    return new Node(
        name,
        type,
        facts,
        content,
        type == NodeType.DIR ? Id.at(linkOrTree, 0) : null,
        type == NodeType.SYMLINK ? linkOrTree : null);
  }

  /** The bytes of an id, for {@link #node}. */
  public static byte[] bytes(Id id) {
    byte[] bytes = new byte[32];
    id.write(bytes, 0);
    return bytes;
  }
}
