package tr.emanet.backup.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Repository;

/**
 * Restores what a request names. Each file is written under a temporary name beside its place, each
 * blob checked against its SHA-256 before, and renamed when it is whole and has its facts. Further
 * names of files come after all files, the facts of directories last. What was written is
 * synchronised with the disk before the report is given and before the journal says so; a file that
 * replaces another is synchronised before it is renamed.
 *
 * <p>Nothing is deleted, and nothing outside of the target is written: see the package.
 */
public final class RestoreRun {

  private static final long SYNCHRONISE = 8L << 30;

  private final Contents contents;
  private final Session session;
  private final Tally tally;
  private final Batch batch;
  private final Places places;
  private final List<Folder> folders = new ArrayList<>();
  private final List<Entry> furtherNames = new ArrayList<>();
  private long synchronised;

  private record Entry(Folder folder, Node node) {}

  private RestoreRun(
      Contents contents, Session session, Hand hand, ExecutorService workers, int n) {
    this.contents = contents;
    this.session = session;
    this.tally = session.tally();
    this.batch = new Batch(session, contents, workers, n);
    this.places = new Places(session, hand);
  }

  /**
   * Runs to the end, or until the listener stops it. The caller holds a lock of the repository.
   *
   * @throws BackupException when the target or the journal cannot be used, or the kernel is too old
   */
  public static RestoreReport run(
      Repository repository, RestoreRequest request, RestoreProgress progress) throws IOException {
    Tally tally = new Tally(progress);
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    try (Kernel kernel = new Kernel();
        Contents contents = Contents.open(repository);
        RestoreJournal journal = RestoreJournal.open(request, new SecureRandom());
        ExecutorService workers =
            Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("restore-", 0).factory())) {
      if (request.options().owners() && !kernel.isRoot()) {
        throw new BackupException("only root can restore owners; leave them out");
      }
      int root = root(kernel, request.target(), true);
      try (Session session = new Session(root, request, tally, journal)) {
        Hand hand = session.hand();
        try {
          new RestoreRun(contents, session, hand, workers, threads).restore();
        } finally {
          session.back(hand);
        }
      } finally {
        kernel.close(root);
      }
    }
    return tally.report(request);
  }

  /** What {@link #run} would do. Reads trees and the target's facts, writes nothing. */
  public static RestorePreview preview(
      Repository repository, RestoreRequest request, RestoreProgress progress) throws IOException {
    return PreviewRun.run(repository, request, progress);
  }

  /**
   * Opens a directory, element by element from the root of the file system. None of them may be a
   * symbolic link: who may write above the target must not be able to turn the way aside.
   *
   * @param make true to make what is missing of it, mode 0700
   */
  static int root(Kernel kernel, Path target, boolean make) throws IOException {
    int at = kernel.root(new byte[] {'/'});
    for (Path name : target.toAbsolutePath()) {
      int above = at;
      try {
        at = step(kernel, above, FileNames.last(name), make);
      } catch (KernelException e) {
        throw new BackupException(
            "the target '" + target + "' cannot be used: '" + name + "': " + e.getMessage(), e);
      } finally {
        kernel.close(above);
      }
    }
    return at;
  }

  private static int step(Kernel kernel, int above, byte[] name, boolean make)
      throws KernelException {
    try {
      return kernel.directory(above, name, true);
    } catch (KernelException e) {
      if (!make || e.error() != KernelException.ENOENT) {
        throw e;
      }
    }
    kernel.makeDirectory(above, name);
    return kernel.directory(above, name, true);
  }

  private void restore() throws IOException {
    RestoreRequest request = session.request();
    new TreeWalk<>(contents, request.selection(), request.options().keepPaths(), new Visit())
        .run(request.snapshot().tree(), Folder.root());
    batch.run();
    if (!tally.stopped()) {
      for (Entry entry : furtherNames) {
        places.furtherName(entry.folder(), entry.node());
      }
    }
    for (Folder folder : folders.reversed()) {
      places.finish(folder);
    }
    session.synchronise();
  }

  private void file(Folder folder, Node node) throws IOException {
    String path = folder.show(node.name());
    List<Id> ids = node.content();
    int[] blobs = new int[ids.size()];
    long size = 0;
    for (int i = 0; i < blobs.length; i++) {
      blobs[i] = contents.entry(ids.get(i));
      if (blobs[i] < 0) {
        tally.problem(path, "data blob " + ids.get(i) + " is in no index");
        return;
      }
      size += contents.piece(blobs[i]).plain();
    }
    if (size != node.facts().size()) {
      tally.problem(
          path,
          "its chunks have " + size + " bytes, not the " + node.facts().size() + " of its entry");
      return;
    }
    if (places.isFurtherName(folder, node, blobs)) {
      furtherNames.add(new Entry(folder, node));
    } else if (batch.add(new FileTask(session, folder, node, blobs))) {
      batch.run();
      if (tally.bytes.get() - synchronised > SYNCHRONISE) {
        synchronised = tally.bytes.get();
        session.synchronise();
      }
    }
  }

  private final class Visit implements TreeWalk.Visitor<Folder> {

    @Override
    public @Nullable Folder directory(Folder parent, Node node, boolean selected) {
      Folder folder = places.directory(parent, node, selected);
      if (folder != null && folder.node() != null) {
        folders.add(folder);
      }
      return folder;
    }

    @Override
    public void entry(Folder parent, Node node) throws IOException {
      if (node.type() == NodeType.FILE) {
        file(parent, node);
      } else if (node.type() != NodeType.SOCKET && places.isFurtherName(parent, node, new int[0])) {
        furtherNames.add(new Entry(parent, node));
      } else {
        places.entry(parent, node);
      }
    }

    @Override
    public void unreadable(Folder folder, IOException why) {
      tally.problem(folder.show(new byte[0]), why);
    }

    @Override
    public void missing(SnapshotPath path) {
      tally.problem(path.toString(), "the snapshot has no such entry");
    }

    @Override
    public boolean stopped() {
      return tally.stopped();
    }
  }
}
