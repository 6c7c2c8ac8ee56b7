package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;

/**
 * Walks the sources and saves what has changed, a tree after all that is in it.
 *
 * <p>Called on threads of a fork-join pool. Directories and files become tasks only while other
 * threads have nothing to do; else this thread goes down itself. So few are open at a time,
 * whatever the width of a directory.
 */
final class TreeSaver {

  private static final int SURPLUS = 6;

  private final Repository repository;
  private final BlobIndex index;
  private final BlobWriter writer;
  private final Benches benches;
  private final FileSaver files;
  private final BackupPlan plan;
  private final ProgressMeter meter;
  private final SourceReader source = new SourceReader();
  private final UnreadFiles unread = new UnreadFiles();
  private final AtomicReference<@Nullable IOException> failed = new AtomicReference<>();
  private final FileCounts counts;

  /** What the savers share. */
  record Stores(Repository repository, BlobIndex index, BlobWriter writer, Benches benches) {}

  TreeSaver(Stores stores, BackupPlan plan, ProgressMeter meter) {
    this.repository = stores.repository();
    this.index = stores.index();
    this.counts = new FileCounts(index);
    this.writer = stores.writer();
    this.benches = stores.benches();
    this.files = new FileSaver(repository.chunker(), writer, benches);
    this.plan = plan;
    this.meter = meter;
  }

  UnreadFiles unread() {
    return unread;
  }

  /** Bytes that were read. */
  long read() {
    return files.bytes();
  }

  FileCounts counts() {
    return counts;
  }

  /** The first failure of the repository or a required stream; null when there was none. */
  @Nullable IOException failure() {
    return failed.get();
  }

  /** The tree above all roots and streams. */
  Id top(List<Path> roots, @Nullable Id parent) {
    Map<Path, @Nullable StreamSource> leaves = new HashMap<>();
    roots.forEach(root -> leaves.put(root, null));
    plan.streams().forEach(stream -> leaves.put(Path.of(stream.name()), stream));
    try {
      Id tree = virtual(Path.of("/"), leaves, parent).subtree();
      if (tree == null) {
        throw new IllegalStateException("a directory has a tree");
      }
      return tree;
    } catch (UncheckedIOException e) {
      throw failure(cause(e));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private UncheckedIOException failure(IOException e) {
    failed.compareAndSet(null, e);
    return new UncheckedIOException(e);
  }

  /** A directory above the leaves: it has only the entries that lead to them. */
  private Node virtual(
      Path directory, Map<Path, @Nullable StreamSource> leaves, @Nullable Id parent)
      throws IOException {
    if (leaves.containsKey(directory)) {
      return directory(directory, node(directory), parent);
    }
    Map<Path, Map<Path, @Nullable StreamSource>> below = new TreeMap<>();
    leaves.forEach(
        (leaf, stream) -> {
          Path child = Path.of("/").resolve(leaf.subpath(0, directory.getNameCount() + 1));
          below.computeIfAbsent(child, path -> new HashMap<>()).put(leaf, stream);
        });
    Map<Name, Node> before = children(parent);
    List<Node> nodes = new ArrayList<>();
    for (Map.Entry<Path, Map<Path, @Nullable StreamSource>> entry : below.entrySet()) {
      Path child = entry.getKey();
      Node old = before.get(new Name(FileNames.last(child)));
      StreamSource stream = entry.getValue().get(child);
      Node found =
          stream != null
              ? stream(child, stream, old)
              : entry.getValue().containsKey(child)
                  ? done(entry(child, FileNames.last(child), before))
                  : virtual(child, entry.getValue(), old == null ? null : old.subtree());
      if (found != null) {
        nodes.add(found);
      }
    }
    return tree(node(directory), nodes);
  }

  private Node node(Path directory) throws IOException {
    if (!plan.streams().isEmpty()
        && !Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return made(directory, NodeType.DIR, 0700, plan.streams().getFirst().modified());
    }
    Node node = source.read(directory, FileNames.last(directory));
    if (node == null || node.type() != NodeType.DIR) {
      throw new BackupException("'" + directory + "' is no directory");
    }
    return node;
  }

  /** An entry that this file system does not have: ours, for nobody else. */
  private Node made(Path path, NodeType type, int mode, java.time.Instant time) {
    Origin origin = repository.origin();
    Node.Owner owner =
        new Node.Owner(
            Integer.toUnsignedLong(origin.uid()), Integer.toUnsignedLong(origin.gid()), "", "");
    Node.Facts facts =
        new Node.Facts(
            type.toGo(mode), time, time, owner, new Node.Place(0, 0, 0, 0), 0, List.of());
    return new Node(FileNames.last(path), type, facts, List.of(), null, null);
  }

  private @Nullable Node stream(Path path, StreamSource stream, @Nullable Node old)
      throws IOException {
    meter.begin(path);
    try {
      Node node = files.save(stream, made(path, NodeType.FILE, 0600, stream.modified()));
      counts.seen();
      counts.saved(node, false, old);
      meter.done(node.facts().size());
      return node;
    } catch (FileSaver.SourceFailed e) {
      if (stream.required()) {
        throw new BackupException(
            stream.name() + ": " + e.getMessage() + "; no snapshot was made", e);
      }
      unread(path, e);
      return null;
    }
  }

  private void unread(Path path, IOException e) {
    String why = e instanceof java.nio.file.NoSuchFileException ? "it is gone" : e.getMessage();
    unread.add(path, String.valueOf(why));
  }

  /** Either a node, or null for what cannot be read, or the task that gives one of them. */
  private sealed interface Entry {

    record Ready(@Nullable Node node) implements Entry {}

    record Later(ForkJoinTask<@Nullable Node> task) implements Entry {}
  }

  private interface Work {

    @Nullable Node run() throws IOException;
  }

  /** Does the work now, or leaves it to another thread when some have nothing to do. */
  private Entry share(Work work) throws IOException {
    if (ForkJoinTask.getSurplusQueuedTaskCount() > SURPLUS) {
      return new Entry.Ready(work.run());
    }
    ForkJoinTask<@Nullable Node> task =
        ForkJoinTask.adapt(
            () -> {
              try {
                return work.run();
              } catch (UncheckedIOException e) {
                throw failure(cause(e));
              } catch (IOException e) {
                throw failure(e);
              }
            });
    return new Entry.Later(task.fork());
  }

  private @Nullable Node done(Entry entry) {
    return switch (entry) {
      case Entry.Ready(Node node) -> node;
      case Entry.Later(ForkJoinTask<@Nullable Node> task) -> task.join();
    };
  }

  private Entry entry(Path path, byte[] name, Map<Name, Node> before) throws IOException {
    if (failed.get() != null) {
      throw new BackupStopped();
    }
    meter.begin(path);
    Node node;
    try {
      node = source.read(path, name);
    } catch (IOException e) {
      unread(path, e);
      return new Entry.Ready(null);
    }
    if (node == null) {
      unread.add(path, "unknown type");
      return new Entry.Ready(null);
    }
    Node old = before.get(new Name(name));
    return switch (node.type()) {
      case DIR -> {
        meter.done(0);
        yield share(() -> directory(path, node, old == null ? null : old.subtree()));
      }
      case FILE -> file(path, node, old);
      case SYMLINK, DEV, CHARDEV, FIFO, SOCKET -> {
        meter.done(0);
        yield new Entry.Ready(node);
      }
    };
  }

  private Entry file(Path path, Node node, @Nullable Node old) throws IOException {
    counts.seen();
    if (old != null && same(node, old)) {
      counts.asBefore();
      meter.done(node.facts().size());
      return new Entry.Ready(
          new Node(node.name(), node.type(), node.facts(), old.content(), null, null));
    }
    return share(
        () -> {
          try {
            FileSaver.Saved saved = files.save(path, node);
            counts.saved(saved.node(), saved.scrambled(), old);
            meter.done(saved.node().facts().size());
            return saved.node();
          } catch (FileSaver.SourceFailed e) {
            counts.saved(node, false, old);
            unread(path, e);
            return null;
          }
        });
  }

  private boolean same(Node node, Node old) {
    Node.Facts now = node.facts();
    Node.Facts then = old.facts();
    if (old.type() != NodeType.FILE
        || now.size() != then.size()
        || now.place().inode() != then.place().inode()
        || !now.modified().equals(then.modified())
        || !now.changed().equals(then.changed())) {
      return false;
    }
    long size = 0;
    for (Id id : old.content()) {
      int plain = index.plainLength(id, BlobType.DATA);
      if (plain < 0) {
        return false; // the repository has lost it: store it again
      }
      size += plain;
    }
    return size == now.size();
  }

  private Node directory(Path path, Node node, @Nullable Id parent) throws IOException {
    Map<Name, Node> before = children(parent);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      unread(path, cause(e));
    } catch (IOException e) {
      unread(path, e);
    }
    found.sort(null);
    List<Entry> entries = new ArrayList<>(found.size());
    try {
      for (Path child : found) {
        byte[] name = FileNames.last(child);
        if (!plan.exclude().fits(child, name)) {
          entries.add(entry(child, name, before));
        }
      }
    } finally {
      // The last is most likely still ours: taken back and done here.
      for (Entry entry : entries.reversed()) {
        if (entry instanceof Entry.Later(ForkJoinTask<@Nullable Node> task)) {
          task.quietlyJoin();
        }
      }
    }
    List<Node> nodes = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      Node done = done(entry);
      if (done != null) {
        nodes.add(done);
      }
    }
    return tree(node, nodes);
  }

  private Node tree(Node directory, List<Node> nodes) {
    nodes.sort((x, y) -> Arrays.compareUnsigned(x.name(), y.name()));
    byte[] json = TreeWriter.encode(nodes);
    Id id = benches.with(bench -> writer.save(BlobType.TREE, json, json.length, bench));
    return new Node(directory.name(), NodeType.DIR, directory.facts(), List.of(), id, null);
  }

  private Map<Name, Node> children(@Nullable Id tree) throws IOException {
    if (tree == null) {
      return Map.of();
    }
    Map<Name, Node> found = new HashMap<>();
    try {
      byte[] json = benches.with(b -> repository.blob(index, tree, BlobType.TREE, b));
      for (Node node : TreeReader.decode(json, tree)) {
        found.put(new Name(node.name()), node);
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof BackupException) {
        return Map.of(); // a damaged parent is not ours to judge: everything is read again
      }
      throw e;
    } catch (BackupException e) {
      return Map.of(); // likewise
    }
    return found;
  }

  /** The bytes of a name as a key. */
  private record Name(byte[] bytes) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name(byte[] theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** Both are made with one. */
  private static IOException cause(RuntimeException e) {
    return e.getCause() instanceof IOException cause ? cause : new IOException(e);
  }
}
