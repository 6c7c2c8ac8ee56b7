package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * Checks a repository: every object by its name, every index against the packs that are there,
 * every snapshot down to its last chunk; with data, every byte of every pack. Each problem names
 * its object; one does not hide the next.
 */
public final class CheckRun {

  private static final int DEPTH = 1000;

  private final Repository repository;
  private final boolean readData;
  private final CheckProgress progress;
  private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();
  private final List<String> notes = new ArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private final BlobIndex index = new BlobIndex();
  private final Map<Id, List<Pack.Entry>> packs = new HashMap<>();
  private final Set<Id> trees = ConcurrentHashMap.newKeySet();
  private final Benches benches;
  private long treeBlobs;

  /** What is wrong with which object. */
  public record Problem(String object, String what) {}

  /** {@code notes} are no damage: bytes that nobody uses, stale locks. */
  public record Report(
      int packs,
      int blobs,
      int snapshots,
      int trees,
      long bytesRead,
      List<Problem> problems,
      List<String> notes) {

    public boolean sound() {
      return problems.isEmpty();
    }
  }

  private CheckRun(Repository repository, boolean readData, CheckProgress progress) {
    this.repository = repository;
    this.readData = readData;
    this.progress = progress;
    this.benches = new Benches(repository);
  }

  /**
   * Checks everything, and that what should be there is there and nothing else.
   *
   * @throws IOException when the target cannot be listed; damage is in the report
   */
  public static Report run(Repository repository, boolean readData, Inventory expected)
      throws IOException {
    Report found = run(repository, readData);
    List<Problem> problems = new ArrayList<>(found.problems());
    problems.addAll(expected.differences(repository.target()));
    return new Report(
        found.packs(),
        found.blobs(),
        found.snapshots(),
        found.trees(),
        found.bytesRead(),
        List.copyOf(problems),
        found.notes());
  }

  /**
   * Checks everything.
   *
   * @throws IOException when the target cannot be listed; damage is in the report
   */
  public static Report run(Repository repository, boolean readData) throws IOException {
    return run(repository, readData, CheckProgress.NONE);
  }

  /**
   * Checks everything, or until it is stopped.
   *
   * @throws IOException when the target cannot be listed; damage is in the report
   */
  public static Report run(Repository repository, boolean readData, CheckProgress progress)
      throws IOException {
    CheckRun run = new CheckRun(repository, readData, progress);
    try {
      return run.check();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      run.benches.close();
    }
  }

  private Report check() throws IOException {
    foreignNames();
    attempt("file config", repository::checkConfig);
    keys();
    indexes();
    int snapshots = 0;
    // With half of the indexes everything else would look missing.
    if (!progress.stopped()) {
      Map<Id, Long> present = packSizes();
      snapshots = snapshots();
      locks();
      if (readData) {
        readPacks(present);
      }
    }
    return new Report(
        packs.size(),
        index.size(),
        snapshots,
        trees.size(),
        bytes.get(),
        List.copyOf(problems),
        List.copyOf(notes));
  }

  private void foreignNames() throws IOException {
    for (ObjectKind kind : ObjectKind.values()) {
      // Packs are listed once, after the indexes: a backup writes them the other way round.
      if (kind != ObjectKind.CONFIG && kind != ObjectKind.DATA) {
        for (Target.Entry entry : repository.target().list(kind)) {
          if (!Id.isName(entry.name())) {
            problem(kind.directory() + "/" + entry.name(), "its name is no id");
          }
        }
      }
    }
  }

  private void keys() throws IOException {
    for (String name : repository.names(ObjectKind.KEY)) {
      String what = LocalTarget.label(ObjectKind.KEY, name);
      attempt(
          what,
          () -> {
            byte[] key = repository.target().read(ObjectKind.KEY, name, KeyFile.MAX_SIZE);
            if (!Id.of(key, 0, key.length).hex().equals(name)) {
              throw new BackupException(what + " is damaged: its bytes do not have its name");
            }
            KeyFile.parse(key, what);
          });
    }
  }

  private void indexes() throws IOException {
    Set<String> names = repository.names(ObjectKind.INDEX);
    int done = 0;
    for (String name : names) {
      String what = LocalTarget.label(ObjectKind.INDEX, name);
      progress.at(CheckProgress.Step.INDEXES, done++, names.size(), what);
      if (progress.stopped()) {
        return;
      }
      attempt(
          what,
          () -> {
            byte[] json = benches.with(b -> repository.load(ObjectKind.INDEX, name, b));
            IndexFile.decode(json, what, this::list);
          });
    }
  }

  private void list(Id pack, List<Pack.Entry> blobs) {
    List<Pack.Entry> known = packs.computeIfAbsent(pack, id -> new ArrayList<>());
    Set<Pack.Entry> have = known.isEmpty() ? Set.of() : new HashSet<>(known);
    for (Pack.Entry blob : blobs) {
      if (!have.contains(blob)) {
        known.add(blob);
        index.add(blob.id(), Repository.place(pack, blob));
        treeBlobs += blob.type() == BlobType.TREE ? 1 : 0;
      }
    }
  }

  /** Every pack that an index lists is there and as long as its entries say. */
  private Map<Id, Long> packSizes() throws IOException {
    Map<Id, Long> present = new HashMap<>();
    for (Target.Entry entry : repository.target().list(ObjectKind.DATA)) {
      if (Id.isName(entry.name())) {
        present.put(Id.parse(entry.name()), entry.size());
      } else {
        problem("data/" + entry.name(), "its name is no id");
      }
    }
    packs.forEach(
        (pack, blobs) -> {
          Long size = present.get(pack);
          String what = LocalTarget.label(ObjectKind.DATA, pack.hex());
          if (size == null) {
            problem(what, "is missing, and an index lists " + blobs.size() + " blobs in it");
          } else if (size != Pack.sizeOf(blobs)) {
            problem(what, "has " + size + " bytes, not " + Pack.sizeOf(blobs));
          }
        });
    for (Id pack : present.keySet()) {
      if (!packs.containsKey(pack)) {
        notes.add("pack " + pack + " is in no index: an interrupted run, or a lost index");
      }
    }
    return present;
  }

  private int snapshots() throws IOException {
    Set<String> names = repository.names(ObjectKind.SNAPSHOT);
    List<TreeTask> roots = new ArrayList<>();
    for (String name : names) {
      String what = LocalTarget.label(ObjectKind.SNAPSHOT, name);
      attempt(
          what,
          () -> {
            byte[] json = benches.with(b -> repository.load(ObjectKind.SNAPSHOT, name, b));
            Id tree = Snapshot.decode(name, json).tree();
            roots.add(new TreeTask(null, tree, what + ", /", 0));
          });
    }
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    try (ForkJoinPool pool = new ForkJoinPool(Math.min(cores, 4))) {
      for (TreeTask root : roots) {
        pool.invoke(root);
      }
    }
    return names.size();
  }

  /** A tree and, as tasks of their own, those below it. */
  private final class TreeTask extends CountedCompleter<Void> {

    private static final long serialVersionUID = 1L;

    private final transient Id tree;
    private final String path;
    private final int depth;

    TreeTask(@Nullable TreeTask above, Id tree, String path, int depth) {
      super(above);
      this.tree = tree;
      this.path = path;
      this.depth = depth;
    }

    @Override
    public void compute() {
      if (!progress.stopped() && trees.add(tree)) {
        progress.at(CheckProgress.Step.TREES, trees.size(), treeBlobs, path);
        tree(this);
      }
      tryComplete();
    }

    void below(Id subtree, String name) {
      if (depth >= DEPTH) {
        problem(name, "is nested deeper than " + DEPTH + " directories");
      } else {
        addToPendingCount(1);
        new TreeTask(this, subtree, name, depth + 1).fork();
      }
    }
  }

  private void tree(TreeTask task) {
    Id tree = task.tree;
    String path = task.path;
    List<Node> nodes;
    try {
      byte[] json = benches.with(b -> repository.blob(index, tree, BlobType.TREE, b));
      nodes = TreeReader.decode(json, tree);
    } catch (UncheckedIOException | IOException e) {
      problem("tree " + tree + " (" + path + ")", String.valueOf(e.getMessage()));
      return;
    }
    for (Node node : nodes) {
      long size = 0;
      for (Id id : node.content()) {
        int plain = index.plainLength(id, BlobType.DATA);
        if (plain < 0) {
          problem(path + GoQuote.quote(node.name()), "data blob " + id + " is in no index");
          size = node.facts().size();
          break;
        }
        size += plain;
      }
      if (node.type() == NodeType.FILE && size != node.facts().size()) {
        problem(
            path + GoQuote.quote(node.name()),
            "its chunks have " + size + " bytes, not " + node.facts().size());
      }
      Id subtree = node.subtree();
      if (subtree != null) {
        task.below(subtree, path + GoQuote.quote(node.name()) + "/");
      }
    }
  }

  private void locks() throws IOException {
    for (String name : repository.names(ObjectKind.LOCK)) {
      String what = LocalTarget.label(ObjectKind.LOCK, name);
      attempt(
          what, () -> notes.add("there is " + RepositoryLock.read(repository, name).describe()));
    }
  }

  private void readPacks(Map<Id, Long> present) {
    long total = present.values().stream().mapToLong(Long::longValue).sum();
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(cores, 4), Thread.ofPlatform().daemon().name("check-", 0).factory())) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (Id pack : present.keySet()) {
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  String what = LocalTarget.label(ObjectKind.DATA, pack.hex());
                  if (progress.stopped()) {
                    return;
                  }
                  attempt(
                      what,
                      () -> {
                        var _ = benches.with(b -> readPack(pack, present.get(pack), what, b));
                      });
                  progress.at(CheckProgress.Step.DATA, bytes.get(), total, what);
                },
                workers));
      }
      running.forEach(CompletableFuture::join);
    }
  }

  private boolean readPack(Id pack, long size, String what, Workbench bench) throws IOException {
    if (size > Pack.MAX) {
      throw new BackupException(
          what + " has " + size + " bytes, more than the limit of " + Pack.MAX);
    }
    int length = (int) size;
    byte[] stored = bench.first(length);
    repository.target().readAt(ObjectKind.DATA, pack.hex(), 0, stored, length);
    bytes.addAndGet(length);
    if (!pack.isOf(stored, 0, length)) {
      problem(what, "is damaged: its bytes do not have its name");
    }
    List<Pack.Entry> header = Pack.header(stored, length, bench.sealer(), what);
    List<Pack.Entry> listed = packs.get(pack);
    if (listed != null && !new HashSet<>(listed).equals(new HashSet<>(header))) {
      problem(what, "its header lists other blobs than the index");
    }
    for (Pack.Entry entry : header) {
      BlobIndex.Place place = Repository.place(pack, entry);
      attempt(
          what,
          () -> {
            byte[] room = bench.third(Repository.plainLength(place, entry.id()));
            Repository.unpack(stored, entry.offset(), place, entry.id(), bench, room);
          });
    }
    return true;
  }

  private interface Step {

    void run() throws IOException;
  }

  private void attempt(String object, Step step) {
    try {
      step.run();
    } catch (IOException | UncheckedIOException e) {
      problem(object, String.valueOf(e.getMessage()));
    }
  }

  private void problem(String object, String what) {
    problems.add(new Problem(object, what));
  }
}
