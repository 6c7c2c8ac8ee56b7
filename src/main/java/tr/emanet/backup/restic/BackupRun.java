package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.ObjectKind;

/**
 * One backup of files and directories into a snapshot.
 *
 * <p>This thread lists directories; a few read and cut files, a few pack and seal. A file that is
 * as the parent snapshot has it (type, size, times, inode) is not read. What cannot be read is
 * listed in the result and makes it incomplete; what cannot be written ends the run. One use.
 */
public final class BackupRun {

  private static final int WAITING = 512;

  private final Repository repository;
  private final SourceReader source = new SourceReader();
  private final BlobIndex index;
  private final BlobWriter writer;
  private final Benches benches;
  private final ExecutorService readers;
  private final ExecutorService savers;
  private final FileSaver files;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final ConcurrentLinkedQueue<Unread> unread = new ConcurrentLinkedQueue<>();
  private final AtomicLong unchanged = new AtomicLong();
  private final AtomicLong entries = new AtomicLong();
  private volatile @Nullable Throwable failed;

  /** A file or directory that could not be read. */
  public record Unread(String path, String why) {}

  /** What a run did; {@code unread} is empty when the snapshot is complete. */
  public record Result(
      Id snapshot, Id tree, Counts counts, List<Unread> unread, @Nullable Id parent) {}

  /** Entries seen, files not read because they are unchanged; bytes read, new, and stored. */
  public record Counts(
      long entries, long unchanged, long read, long newBlobs, long newBytes, long stored) {}

  private BackupRun(Repository repository, BlobIndex index) {
    this.repository = repository;
    this.index = index;
    this.writer = new BlobWriter(repository, index);
    this.benches = new Benches(repository);
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    this.readers = Executors.newFixedThreadPool(Math.min(cores, 4), named("backup-read"));
    this.savers = Executors.newFixedThreadPool(Math.min(cores, 8), named("backup-save"));
    this.files = new FileSaver(repository.chunker(), writer, benches, savers);
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
  }

  /**
   * Backs up the paths into a new snapshot; the lock need not be exclusive.
   *
   * @throws IOException when the repository cannot be read or written; no snapshot is made then
   */
  public static Result run(
      Repository repository, List<Path> paths, Instant now, RepositoryLock lock)
      throws IOException {
    List<String> names = new ArrayList<>();
    List<Path> roots = new ArrayList<>();
    for (Path path : paths) {
      Path root = path.toAbsolutePath().normalize();
      if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        throw new BackupException("'" + path + "' does not exist; nothing was backed up");
      }
      roots.add(root);
      names.add(root.toString());
    }
    Snapshot parent = null;
    for (Snapshot candidate : Snapshot.all(repository)) {
      if (candidate.paths().equals(names) && candidate.host().equals(repository.origin().host())) {
        parent = candidate;
      }
    }
    BlobIndex index;
    try (Workbench bench = repository.workbench()) {
      index = repository.loadIndex(bench);
    }
    BackupRun run = new BackupRun(repository, index);
    try {
      return run.snapshot(roots, names, parent, now, lock);
    } finally {
      run.end();
    }
  }

  private void end() {
    readers.shutdownNow();
    savers.shutdownNow();
    readers.close();
    savers.close();
    benches.close();
  }

  private Result snapshot(
      List<Path> roots,
      List<String> names,
      @Nullable Snapshot parent,
      Instant now,
      RepositoryLock lock)
      throws IOException {
    Id tree;
    try {
      tree =
          Objects.requireNonNull(
              virtual(Path.of("/"), roots, parent == null ? null : parent.tree()).join().subtree());
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
    try (Workbench bench = repository.workbench()) {
      writer.flush(bench);
      // A prune that found no lock of ours may have taken what we rely on.
      lock.held();
      Id parentId = parent == null ? null : parent.id();
      byte[] json = Snapshot.encode(now, tree, parentId, names, repository.origin());
      Id id = repository.save(ObjectKind.SNAPSHOT, json, bench);
      Counts counts =
          new Counts(
              entries.get(),
              unchanged.get(),
              files.bytes(),
              writer.newBlobs(),
              writer.newBytes(),
              writer.storedBytes());
      return new Result(id, tree, counts, List.copyOf(unread), parentId);
    }
  }

  /** A directory above the roots: it has only the entries that lead to them. */
  private CompletableFuture<Node> virtual(Path directory, List<Path> roots, @Nullable Id parent)
      throws IOException {
    Map<Path, List<Path>> below = new TreeMap<>();
    for (Path root : roots) {
      if (root.equals(directory)) {
        return directory(directory, node(directory), parent);
      }
      below
          .computeIfAbsent(root.subpath(0, directory.getNameCount() + 1), name -> new ArrayList<>())
          .add(root);
    }
    Map<Name, Node> before = children(parent);
    List<CompletableFuture<@Nullable Node>> nodes = new ArrayList<>();
    for (Map.Entry<Path, List<Path>> entry : below.entrySet()) {
      Path child = Path.of("/").resolve(entry.getKey());
      if (entry.getValue().contains(child)) {
        nodes.add(entry(child, before));
      } else {
        Node old = before.get(new Name(FileNames.last(child)));
        nodes.add(
            virtual(child, entry.getValue(), old == null ? null : old.subtree())
                .thenApply(node -> node));
      }
    }
    return tree(node(directory), nodes);
  }

  private Node node(Path directory) throws IOException {
    Node node = source.read(directory, FileNames.last(directory));
    if (node == null || node.type() != NodeType.DIR) {
      throw new BackupException("'" + directory + "' is no directory");
    }
    return node;
  }

  /** One entry of a directory; the future gives null when it cannot be read. */
  private CompletableFuture<@Nullable Node> entry(Path path, Map<Name, Node> before)
      throws IOException {
    Throwable stop = failed;
    if (stop != null) {
      throw new CompletionException(stop);
    }
    byte[] name = FileNames.last(path);
    Node node;
    try {
      node = source.read(path, name);
    } catch (IOException e) {
      unread.add(new Unread(path.toString(), String.valueOf(e.getMessage())));
      return CompletableFuture.completedFuture(null);
    }
    entries.incrementAndGet();
    if (node == null) {
      unread.add(new Unread(path.toString(), "unknown type"));
      return CompletableFuture.completedFuture(null);
    }
    Node old = before.get(new Name(name));
    return switch (node.type()) {
      case DIR -> directory(path, node, old == null ? null : old.subtree()).thenApply(n -> n);
      case FILE -> file(path, node, old);
      case SYMLINK, DEV, CHARDEV, FIFO, SOCKET -> CompletableFuture.completedFuture(node);
    };
  }

  private CompletableFuture<@Nullable Node> file(Path path, Node node, @Nullable Node old) {
    if (old != null && same(node, old)) {
      unchanged.incrementAndGet();
      return CompletableFuture.completedFuture(
          new Node(node.name(), node.type(), node.facts(), old.content(), null, null));
    }
    waiting.acquireUninterruptibly();
    return CompletableFuture.<@Nullable Node>supplyAsync(
            () -> {
              try {
                return files.save(path, node);
              } catch (FileSaver.SourceFailed e) {
                unread.add(new Unread(path.toString(), String.valueOf(e.getMessage())));
                return null;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            readers)
        .whenComplete(
            (done, problem) -> {
              waiting.release();
              if (problem != null) {
                failed = problem instanceof CompletionException ? problem.getCause() : problem;
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
      BlobIndex.Place place = index.find(id, BlobType.DATA);
      if (place == null) {
        return false; // the repository has lost it: store it again
      }
      size += place.plainLength();
    }
    return size == now.size();
  }

  private CompletableFuture<Node> directory(Path path, Node node, @Nullable Id parent)
      throws IOException {
    Map<Name, Node> before = children(parent);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException | IOException e) {
      unread.add(new Unread(path.toString(), String.valueOf(e.getMessage())));
    }
    found.sort(null);
    List<CompletableFuture<@Nullable Node>> nodes = new ArrayList<>(found.size());
    for (Path child : found) {
      nodes.add(entry(child, before));
    }
    return tree(node, nodes);
  }

  /** Saves the tree when all its entries are known. */
  private CompletableFuture<Node> tree(
      Node directory, List<CompletableFuture<@Nullable Node>> nodes) {
    return CompletableFuture.allOf(nodes.toArray(CompletableFuture<?>[]::new))
        .thenApplyAsync(
            all -> {
              List<Node> known = new ArrayList<>(nodes.size());
              for (CompletableFuture<@Nullable Node> node : nodes) {
                Node done = node.join();
                if (done != null) {
                  known.add(done);
                }
              }
              known.sort((x, y) -> Arrays.compareUnsigned(x.name(), y.name()));
              byte[] json = TreeWriter.encode(known);
              Id id = benches.with(bench -> writer.save(BlobType.TREE, json, json.length, bench));
              return new Node(
                  directory.name(), NodeType.DIR, directory.facts(), List.of(), id, null);
            },
            savers);
  }

  private Map<Name, Node> children(@Nullable Id tree) throws IOException {
    if (tree == null) {
      return Map.of();
    }
    Map<Name, Node> found = new HashMap<>();
    try (Workbench bench = repository.workbench()) {
      byte[] json = repository.blob(index, tree, BlobType.TREE, bench);
      for (Node node : TreeReader.decode(json, tree)) {
        found.put(new Name(node.name()), node);
      }
    } catch (BackupException e) {
      return Map.of(); // a damaged parent is not ours to judge: everything is read again
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
}
