package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;

/**
 * Restores a snapshot into an empty place.
 *
 * <p>Every chunk is checked against its id before it is written; a file of which one is damaged is
 * removed and listed, never filled up. Names were checked when the tree was read; directories and
 * files are made, never opened when they are there; hard links, then symbolic links come last, so
 * that no path leads through a link of the snapshot. The place belongs to its owner alone until the
 * end. One use.
 */
public final class RestoreRun {

  private static final int WAITING = 256;
  private static final int HOLE = 4096;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Repository repository;
  private final BlobIndex index;
  private final FileFacts facts;
  private final Benches benches;
  private final ExecutorService workers;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final List<Made> directories = new ArrayList<>();
  private final List<Made> links = new ArrayList<>();
  private final List<HardLink> hardLinks = new ArrayList<>();
  private final Map<Node.Place, Path> firstNames = new HashMap<>();

  private record Made(Path path, Node node) {}

  private record HardLink(Path path, Path first) {}

  /** What could not be restored, or not as it was. */
  public record Problem(String path, String why) {}

  /** What was restored; with a problem it is not the whole snapshot. */
  public record Result(long files, long bytes, List<Problem> problems) {}

  private RestoreRun(Repository repository, BlobIndex index, boolean special) {
    this.repository = repository;
    this.index = index;
    this.facts = new FileFacts(special, repository.origin().uid() == 0);
    this.benches = new Benches(repository);
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    this.workers =
        Executors.newFixedThreadPool(
            Math.min(cores, 8), Thread.ofPlatform().daemon().name("restore-", 0).factory());
  }

  /**
   * Restores into a directory that does not exist or is empty.
   *
   * @param special true to restore setuid and setgid bits, device nodes and security attributes
   * @throws BackupException when the place is not empty or the root tree is damaged
   */
  public static Result run(
      Repository repository, Snapshot snapshot, Path target, boolean special, RepositoryLock lock)
      throws IOException {
    Path root = target.toAbsolutePath().normalize();
    prepare(root);
    BlobIndex index;
    try (Workbench bench = repository.workbench()) {
      index = repository.loadIndex(bench);
    }
    RestoreRun run = new RestoreRun(repository, index, special);
    try {
      run.tree(snapshot.tree(), root, 0);
      run.finish();
      lock.held();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      run.workers.shutdownNow();
      run.workers.close();
      run.benches.close();
    }
    return new Result(run.files.get(), run.bytes.get(), List.copyOf(run.problems));
  }

  private static void prepare(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(root, PRIVATE_DIRECTORY);
      return;
    }
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException("'" + root + "' is no directory; name a new one");
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      if (entries.iterator().hasNext()) {
        throw new BackupException("'" + root + "' is not empty; name a new directory");
      }
    }
  }

  private void tree(Id tree, Path directory, int depth) throws IOException {
    if (depth > 1000) {
      throw new BackupException("tree " + tree + " is nested deeper than 1000 directories");
    }
    byte[] json = benches.with(bench -> repository.blob(index, tree, BlobType.TREE, bench));
    for (Node node : TreeReader.decode(json, tree)) {
      Path path = FileNames.child(directory, node.name());
      try {
        entry(node, path, depth);
      } catch (IOException | UncheckedIOException e) {
        problem(path, e);
      }
    }
  }

  private void entry(Node node, Path path, int depth) throws IOException {
    switch (node.type()) {
      case DIR -> {
        Files.createDirectory(path, PRIVATE_DIRECTORY);
        directories.add(new Made(path, node));
        Id subtree = node.subtree();
        if (subtree != null) {
          tree(subtree, path, depth + 1);
        }
      }
      case FILE -> file(node, path);
      case SYMLINK -> links.add(new Made(path, node));
      case DEV, CHARDEV, FIFO -> {
        if (linked(node, path)) {
          return;
        }
        facts.makeNode(path, node);
        problems.addAll(facts.apply(path, node));
        files.incrementAndGet();
      }
      case SOCKET ->
          problems.add(new Problem(path.toString(), "sockets are made by their programs"));
    }
  }

  /** True when the entry is one more name of a file that was met before. */
  private boolean linked(Node node, Path path) {
    Node.Place place = node.facts().place();
    if (place.links() < 2) {
      return false;
    }
    Path first = firstNames.putIfAbsent(place, path);
    if (first != null) {
      hardLinks.add(new HardLink(path, first));
    }
    return first != null;
  }

  private void file(Node node, Path path) {
    if (linked(node, path)) {
      return;
    }
    waiting.acquireUninterruptibly();
    workers.execute(
        () -> {
          try {
            bytes.addAndGet(content(node, path));
            files.incrementAndGet();
            problems.addAll(facts.apply(path, node));
          } catch (IOException | RuntimeException e) {
            problem(path, e);
          } finally {
            waiting.release();
          }
        });
  }

  private void problem(Path path, Exception e) {
    Throwable cause = e instanceof UncheckedIOException wrapped ? wrapped.getCause() : e;
    problems.add(new Problem(path.toString(), String.valueOf(cause)));
  }

  private long content(Node node, Path path) throws IOException {
    boolean complete = false;
    long at = 0;
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PRIVATE_FILE)) {
      boolean hole = false;
      for (Id id : node.content()) {
        byte[] plain = benches.with(bench -> repository.blob(index, id, BlobType.DATA, bench));
        hole = write(channel, at, plain);
        at += plain.length;
      }
      if (hole) {
        channel.position(at - 1).write(ByteBuffer.wrap(new byte[1]));
      }
      if (at != node.facts().size()) {
        throw new BackupException(
            "its chunks have " + at + " bytes, not the " + node.facts().size() + " of its entry");
      }
      complete = true;
      return at;
    } finally {
      if (!complete) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Writes a chunk, leaving holes where it is zero; true when it ends in a hole. */
  private static boolean write(SeekableByteChannel channel, long start, byte[] plain)
      throws IOException {
    int at = 0;
    boolean hole = false;
    while (at < plain.length) {
      int end = at;
      boolean zero = zero(plain, at);
      while (end < plain.length && zero(plain, end) == zero) {
        end = Math.min(plain.length, end + HOLE);
        if (!zero && end - at >= 1 << 18) {
          break; // pieces: the JDK copies each write through a direct buffer of its size
        }
      }
      if (!zero) {
        channel.position(start + at);
        ByteBuffer rest = ByteBuffer.wrap(plain, at, end - at);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      hole = zero;
      at = end;
    }
    return hole;
  }

  /** True when the block at the place is full and zero. */
  private static boolean zero(byte[] plain, int at) {
    if (plain[at] != 0 || plain.length - at < HOLE) {
      return false;
    }
    for (int i = at; i < at + HOLE; i++) {
      if (plain[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void finish() {
    waiting.acquireUninterruptibly(WAITING);
    for (HardLink link : hardLinks) {
      try {
        Files.createLink(link.path(), link.first());
        files.incrementAndGet();
      } catch (IOException e) {
        problem(link.path(), e);
      }
    }
    for (Made link : links) {
      byte @Nullable [] leads = link.node().link();
      try {
        if (leads == null || leads.length == 0) {
          throw new BackupException("it leads nowhere");
        }
        Files.createSymbolicLink(link.path(), FileNames.path(leads));
        problems.addAll(facts.apply(link.path(), link.node()));
        files.incrementAndGet();
      } catch (IOException e) {
        problem(link.path(), e);
      }
    }
    for (Made directory : directories.reversed()) {
      problems.addAll(facts.apply(directory.path(), directory.node()));
    }
  }
}
