package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;

/**
 * Repairs a repository without inventing a byte, under an exclusive lock.
 *
 * <p>Damaged objects are taken whole from a second copy where there is one, by their names. A pack
 * that stays damaged is kept aside, what is sound in it moves into a new pack, and it leaves the
 * index: the next backup then stores anew what was lost, when the source still has it. The index is
 * made again from the packs where index files are damaged, missing or untrue. What is lost is
 * listed by snapshot and path; no snapshot is changed. A cut leaves what the next run completes.
 */
public final class RepairRun {

  private static final Logger LOG = LoggerFactory.getLogger(RepairRun.class);

  private final Repository repository;
  private final RepositoryLock lock;
  private final boolean readData;
  private final Aside aside;
  private final @Nullable SecondCopy copy;
  private final RepairWatch watch;
  private final Workbench bench;
  private final PackTable table = new PackTable();
  private final List<String> healed = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private final List<Id> brokenPacks = new ArrayList<>();
  private final List<Id> removable = new ArrayList<>();
  private final Set<PackTable.Blob> found = new HashSet<>();
  private final BlobWriter writer;
  private boolean stale;

  /** A file or directory of a snapshot that cannot be restored whole. */
  public record Loss(Id snapshot, String path, String what) {}

  /** Where damaged bytes go, where sound ones may come from, and who hears of it. */
  public record Sources(Aside aside, @Nullable SecondCopy copy, RepairWatch watch) {

    /** Nobody hears of it. */
    public Sources(Aside aside, @Nullable SecondCopy copy) {
      this(aside, copy, RepairWatch.NONE);
    }
  }

  /**
   * What was done.
   *
   * @param healed objects that are sound again, by label
   * @param damaged objects that stay damaged or missing; the bytes of packs are kept aside
   */
  public record Result(
      List<String> healed,
      List<String> damaged,
      List<Loss> losses,
      List<Id> newPacks,
      List<Id> removedPacks,
      List<Id> newIndexes,
      List<Id> removedIndexes) {

    /** True when every snapshot can be restored whole and nothing else is damaged. */
    public boolean whole() {
      return losses.isEmpty() && damaged.isEmpty();
    }
  }

  private RepairRun(
      Repository repository,
      RepositoryLock lock,
      boolean readData,
      Sources sources,
      Workbench bench) {
    this.repository = repository;
    this.lock = lock;
    this.readData = readData;
    this.aside = sources.aside();
    this.copy = sources.copy();
    this.watch = sources.watch();
    this.bench = bench;
    this.writer = new BlobWriter(repository, new BlobIndex());
  }

  /**
   * Repairs; the lock is exclusive. Without {@code readData} a pack of data whose length fits its
   * index is trusted; packs of trees are always read.
   */
  public static Result run(
      Repository repository, RepositoryLock lock, boolean readData, Sources sources)
      throws IOException {
    try (Workbench bench = repository.workbench()) {
      return new RepairRun(repository, lock, readData, sources, bench).repair();
    }
  }

  /**
   * Takes away a snapshot that is damaged and that no copy heals; its bytes are kept aside. Until
   * then nothing can be pruned.
   *
   * @throws BackupException when it is not damaged: forgetting is for those
   */
  public static void dropSnapshot(
      Repository repository, RepositoryLock lock, String name, Aside aside) throws IOException {
    lock.held();
    byte[] bytes = repository.target().read(ObjectKind.SNAPSHOT, name, Pack.MAX);
    if (Id.of(bytes, 0, bytes.length).hex().equals(name)) {
      throw new BackupException(
          "snapshot " + name + " is not damaged; 'emanet repo forget' removes it");
    }
    aside.keep(ObjectKind.SNAPSHOT, name, bytes);
    repository.target().remove(ObjectKind.SNAPSHOT, name);
  }

  private Result repair() throws IOException {
    lock.held();
    Set<String> packsBefore = repository.names(ObjectKind.DATA);
    Set<String> indexesBefore = repository.names(ObjectKind.INDEX);
    objects(ObjectKind.KEY);
    objects(ObjectKind.SNAPSHOT);
    readIndexes();
    table.readSizes(repository.target());
    stale |= table.overlap();
    suspicious(suspects());
    for (Id pack : brokenPacks) {
      salvage(pack);
    }
    LossWalk walk = walk();
    writer.flush(bench);
    Set<String> written = repository.names(ObjectKind.INDEX);
    written.removeAll(indexesBefore);
    for (String name : written) {
      table.readIndex(repository, name, bench);
    }
    stale |= table.untrue();
    watch.removing(List.copyOf(removable), stale ? ids(indexesBefore) : List.of());
    replaceIndexes();
    removeBroken();
    return new Result(
        List.copyOf(healed),
        List.copyOf(damaged),
        List.copyOf(walk.losses()),
        minus(repository.names(ObjectKind.DATA), packsBefore),
        minus(packsBefore, repository.names(ObjectKind.DATA)),
        minus(repository.names(ObjectKind.INDEX), indexesBefore),
        minus(indexesBefore, repository.names(ObjectKind.INDEX)));
  }

  private static List<Id> ids(Set<String> names) throws IOException {
    return minus(names, Set.of());
  }

  private static List<Id> minus(Set<String> all, Set<String> without) throws IOException {
    List<Id> rest = new ArrayList<>();
    for (String name : all) {
      if (!without.contains(name)) {
        rest.add(Id.parse(name));
      }
    }
    return List.copyOf(rest);
  }

  /** Objects that are read whole: heals by name, and names what cannot be healed. */
  private void objects(ObjectKind kind) throws IOException {
    Set<String> names = new TreeSet<>(repository.names(kind));
    if (copy != null) {
      names.addAll(aside.names(kind));
    }
    for (String name : names) {
      if (!sound(kind, name) && !heal(kind, name)) {
        // It stays: a snapshot that is not there would let a prune take what it holds.
        damaged.add(LocalTarget.label(kind, name));
      }
    }
  }

  private boolean sound(ObjectKind kind, String name) throws IOException {
    try {
      byte[] bytes = repository.target().read(kind, name, Pack.MAX);
      if (!Id.of(bytes, 0, bytes.length).hex().equals(name)) {
        return false;
      }
      if (kind == ObjectKind.SNAPSHOT) {
        var _ = Snapshot.decode(name, repository.load(kind, name, bench));
      }
      return true;
    } catch (BackupException e) {
      return false;
    }
  }

  /** Takes the object from the second copy; true when it is sound now. */
  private boolean heal(ObjectKind kind, String name) throws IOException {
    byte[] bytes = copy == null ? null : copy.object(kind, name);
    if (bytes == null) {
      return false;
    }
    lock.held();
    SecondCopy.replace(repository.target(), kind, name, bytes);
    aside.release(kind, name);
    healed(LocalTarget.label(kind, name));
    return true;
  }

  private void healed(String label) {
    healed.add(label);
    watch.healed(label);
  }

  private void readIndexes() throws IOException {
    for (String name : repository.names(ObjectKind.INDEX)) {
      try {
        table.readIndex(repository, name, bench);
      } catch (BackupException e) {
        if (heal(ObjectKind.INDEX, name)) {
          table.readIndex(repository, name, bench);
        } else {
          // All that it said is in the packs; it is made again from them.
          healed(LocalTarget.label(ObjectKind.INDEX, name) + " (made again from the packs)");
          stale = true;
        }
      }
    }
  }

  /** The packs to read: not as their index says, in no index, of trees, or all. */
  private Set<Id> suspects() throws IOException {
    Set<Id> suspects = new TreeSet<>(java.util.Comparator.comparing(Id::hex));
    suspects.addAll(table.present().keySet());
    suspects.addAll(table.listed().keySet());
    if (!readData) {
      suspects.removeIf(
          pack ->
              table.whole(pack)
                  && table.listed().getOrDefault(pack, List.of()).stream()
                      .noneMatch(blob -> blob.type() == BlobType.TREE));
    }
    if (copy != null) {
      for (String name : aside.names(ObjectKind.DATA)) {
        suspects.add(Id.parse(name));
      }
    }
    return suspects;
  }

  private void suspicious(Set<Id> packs) throws IOException {
    long done = 0;
    for (Id pack : packs) {
      if (watch.stopped()) {
        throw new BackupException("the repair was stopped; what is healed stays; run it again");
      }
      watch.at(done++, packs.size(), LocalTarget.label(ObjectKind.DATA, pack.hex()));
      pack(pack);
    }
  }

  private void pack(Id pack) throws IOException {
    byte[] stored = read(pack);
    if (stored != null && table.sound(pack, stored, bench)) {
      aside.release(ObjectKind.DATA, pack.hex());
      return;
    }
    if (heal(ObjectKind.DATA, pack.hex())) {
      byte[] fresh = read(pack);
      if (fresh != null && table.sound(pack, fresh, bench)) {
        return;
      }
    }
    if (table.present().containsKey(pack) || table.listed().containsKey(pack)) {
      brokenPacks.add(pack);
    } // else it was kept aside by an earlier run, and nobody has it
  }

  /** The bytes, null when the pack is missing or the disk does not give them. */
  private byte @Nullable [] read(Id pack) {
    try {
      return repository.target().read(ObjectKind.DATA, pack.hex(), Pack.MAX);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).addKeyValue("pack", pack).log("A pack cannot be read");
      return null;
    }
  }

  /** Keeps the bytes of a damaged pack aside, and moves what is sound in them. */
  private void salvage(Id pack) throws IOException {
    stale |= table.listed().containsKey(pack);
    List<Pack.Entry> blobs = table.listed().getOrDefault(pack, List.of());
    boolean present = table.present().containsKey(pack);
    table.drop(pack);
    String label = LocalTarget.label(ObjectKind.DATA, pack.hex());
    if (!present) {
      damaged.add(label + " (missing)");
      return;
    }
    lock.held();
    byte[] stored = read(pack);
    if (stored == null) {
      damaged.add(label + " (cannot be read; it stays, in no index)");
    } else {
      aside.keep(ObjectKind.DATA, pack.hex(), stored);
      removable.add(pack);
      damaged.add(label + " (kept in " + aside + ")");
    }
    List<Pack.Entry> listed = blobs.isEmpty() && stored != null ? header(stored, label) : blobs;
    for (Pack.Entry blob : listed) {
      if (found.add(new PackTable.Blob(blob.id(), blob.type())) && !move(pack, blob)) {
        found.remove(new PackTable.Blob(blob.id(), blob.type()));
      }
    }
  }

  /** Moves one blob out of a damaged pack; false when it is lost. */
  private boolean move(Id pack, Pack.Entry blob) throws IOException {
    byte[] plain;
    try {
      byte[] sealed = new byte[blob.length()];
      repository.target().readAt(ObjectKind.DATA, pack.hex(), blob.offset(), sealed, sealed.length);
      plain = Repository.unpack(sealed, 0, Repository.place(pack, blob), blob.id(), bench);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).addKeyValue("blob", blob.id()).log("A blob is lost");
      return false;
    }
    writer.move(blob.type(), blob.id(), plain, bench);
    return true;
  }

  private List<Pack.Entry> header(byte[] stored, String label) {
    try {
      return Pack.header(stored, stored.length, bench.sealer(), label);
    } catch (BackupException e) {
      return List.of(); // no index lists it and its own list is damaged: nothing can be told
    }
  }

  /** Looks for what is lost; a second copy may have single blobs in other packs. */
  private LossWalk walk() throws IOException {
    // The moved blobs are durable and listed before the walk reads trees among them.
    Set<String> before = repository.names(ObjectKind.INDEX);
    writer.flush(bench);
    Set<String> fresh = repository.names(ObjectKind.INDEX);
    fresh.removeAll(before);
    for (String name : fresh) {
      table.readIndex(repository, name, bench);
    }
    table.readSizes(repository.target());
    for (Id pack : brokenPacks) {
      table.present().remove(pack);
    }
    BlobIndex index = table.index();
    LossWalk walk = new LossWalk(repository, index, bench, this::fromCopy);
    for (String name : repository.names(ObjectKind.SNAPSHOT)) {
      if (!damaged.contains(LocalTarget.label(ObjectKind.SNAPSHOT, name))) {
        walk.snapshot(Snapshot.decode(name, repository.load(ObjectKind.SNAPSHOT, name, bench)));
      }
    }
    return walk;
  }

  private byte @Nullable [] fromCopy(Id id, BlobType type) throws IOException {
    byte[] plain = copy == null ? null : copy.blob(id, type);
    if (plain != null && found.add(new PackTable.Blob(id, type))) {
      writer.move(type, id, plain, bench);
      healed(type.word() + " blob " + id);
    }
    return plain;
  }

  private void replaceIndexes() throws IOException {
    if (!stale) {
      return;
    }
    lock.held();
    Set<String> old = repository.names(ObjectKind.INDEX);
    for (Id fresh : IndexWriter.write(repository, table.listed(), bench)) {
      old.remove(fresh.hex());
    }
    for (String name : old) {
      lock.held();
      repository.target().remove(ObjectKind.INDEX, name);
    }
  }

  /** Their bytes are kept aside, and no index lists them any more. */
  private void removeBroken() throws IOException {
    for (Id pack : removable) {
      lock.held();
      repository.target().remove(ObjectKind.DATA, pack.hex());
    }
  }
}
