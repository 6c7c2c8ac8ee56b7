package tr.emanet.backup.restic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;

/**
 * Removes what no snapshot uses, in two phases: {@link #mark} beside other work finds it, {@link
 * #sweep} removes it later under an exclusive lock. {@link #run} does both at once.
 *
 * <p>The sweep looks at everything again that is newer than the mark and spares what it uses.
 * Order: what is still used in packs that are mostly waste moves into new packs; a new index of all
 * that stays is written; the witness hears what goes; then the old index files and at last the
 * packs go. Nothing is deleted when a snapshot cannot be read down to its last tree, something it
 * uses is not there, or our lock has gone. A cut leaves what the next run takes away.
 */
public final class PruneRun {

  /** How old a mark is before it is swept, unless people choose otherwise. */
  public static final Duration GRACE = Duration.ofHours(24);

  /** A pack is rewritten when more than this share of it is unused. */
  private static final int WASTE_PERCENT = 10;

  /** Our lock is read again before so many removals. */
  private static final int BATCH = 64;

  private final Repository repository;
  private final RepositoryLock lock;
  private final Workbench bench;
  private final PackTable packs = new PackTable();
  private final Set<String> oldIndexes;
  private final Set<String> snapshots;
  private final BlobIndex index;
  private final BitSet used = new BitSet();

  /**
   * What a run removes and what it wrote in its place; {@code removedPacks} has the rewritten ones
   * too.
   */
  public record Result(
      List<Id> removedPacks,
      List<Id> newPacks,
      List<Id> removedIndexes,
      List<Id> newIndexes,
      int rewrittenPacks,
      long removedBytes,
      int keptPacks) {}

  private PruneRun(Repository repository, RepositoryLock lock, Workbench bench) throws IOException {
    this.repository = repository;
    this.lock = lock;
    this.bench = bench;
    // This order: what a backup beside us finishes now is not missing something in our eyes.
    this.snapshots = repository.names(ObjectKind.SNAPSHOT);
    this.oldIndexes = repository.names(ObjectKind.INDEX);
    for (String name : oldIndexes) {
      packs.readIndex(repository, name, bench);
    }
    packs.readSizes(repository.target());
    this.index = packs.index();
  }

  /**
   * Finds what no snapshot uses; removes nothing. The lock need not be exclusive.
   *
   * @throws BackupException when a snapshot cannot be read whole
   */
  public static PruneMark mark(Repository repository, RepositoryLock lock, Instant now)
      throws IOException {
    try (Workbench bench = repository.workbench()) {
      PruneRun run = new PruneRun(repository, lock, bench);
      return run.mark(now);
    }
  }

  /**
   * Removes what the mark found, and nothing else; the lock is exclusive.
   *
   * @throws BackupException when the mark is younger than {@code grace}, or a snapshot cannot be
   *     read whole; nothing was removed then
   */
  public static Result sweep(
      Repository repository,
      RepositoryLock lock,
      PruneMark mark,
      Instant now,
      Duration grace,
      PruneWitness witness)
      throws IOException {
    if (mark.time().plus(grace).isAfter(now)) {
      throw new BackupException(
          "the mark was made at " + mark.time() + "; sweep after " + mark.time().plus(grace));
    }
    try (Workbench bench = repository.workbench()) {
      witness.beginning();
      PruneRun run = new PruneRun(repository, lock, bench);
      run.useWhatIsNewer(mark);
      return run.remove(mark, witness);
    }
  }

  /** Marks and sweeps at once; the lock is exclusive. */
  public static Result run(Repository repository, RepositoryLock lock, PruneWitness witness)
      throws IOException {
    try (Workbench bench = repository.workbench()) {
      witness.beginning();
      PruneRun run = new PruneRun(repository, lock, bench);
      PruneMark all = run.mark(Instant.EPOCH);
      return run.remove(all, witness);
    }
  }

  /** Marks and sweeps at once, and nobody but the caller hears of it. */
  public static Result run(Repository repository, RepositoryLock lock) throws IOException {
    return run(repository, lock, planned -> {});
  }

  private PruneMark mark(Instant now) throws IOException {
    TreeWalk walk = new TreeWalk(repository, index, bench);
    Set<Id> seen = new HashSet<>();
    for (String name : snapshots) {
      Snapshot snapshot = read(name);
      seen.add(snapshot.id());
      walk.walk(snapshot.tree(), this::use);
    }
    ByteArrayOutputStream unused = new ByteArrayOutputStream();
    int count = 0;
    for (int entry = 0; entry < index.size(); entry++) {
      BlobIndex.Place place = index.place(entry);
      Id id = index.id(entry);
      if (index.entry(id, place.type()) == entry && !used.get(entry)) {
        PruneMark.append(unused, id, place.type());
        count++;
      }
    }
    for (PackTable.Blob blob : packs.lost(index)) {
      // Its pack is not whole, and nobody asked for it.
      PruneMark.append(unused, blob.id(), blob.type());
      count++;
    }
    Set<Id> unlisted = new HashSet<>(packs.present().keySet());
    unlisted.removeAll(packs.listed().keySet());
    PruneMark.Seen all = new PruneMark.Seen(seen, packs.listed().keySet(), unlisted);
    return new PruneMark(now, all, count, unused.toByteArray());
  }

  private Snapshot read(String name) throws IOException {
    return Snapshot.decode(name, repository.load(ObjectKind.SNAPSHOT, name, bench));
  }

  /** All is used but what the mark names and no newer snapshot uses. */
  private void useWhatIsNewer(PruneMark mark) throws IOException {
    used.set(0, index.size());
    Set<PackTable.Blob> lost = packs.lost(index);
    mark.unused(
        (id, type) -> {
          var _ = lost.remove(new PackTable.Blob(id, type));
          int entry = index.entry(id, type);
          if (entry >= 0) {
            used.clear(entry);
          }
        });
    for (PackTable.Blob blob : lost) {
      throw missing(blob.id(), blob.type());
    }
    // A tree that the mark saw in use has nothing below it that the mark names. Of a tree that was
    // in no index then, of a backup that ran beside the mark, nothing is known.
    BitSet walked = new BitSet();
    walked.or(used);
    for (int entry = 0; entry < index.size(); entry++) {
      if (!mark.listed(index.place(entry).pack())) {
        walked.clear(entry);
      }
    }
    TreeWalk walk = new TreeWalk(repository, index, bench);
    for (String name : snapshots) {
      Snapshot snapshot = read(name);
      if (mark.saw(snapshot.id())) {
        continue;
      }
      walk.walk(
          snapshot.tree(),
          (id, type) -> {
            var _ = use(id, type);
            int entry = index.entry(id, type);
            boolean fresh = !walked.get(entry);
            walked.set(entry);
            return fresh;
          });
    }
  }

  /** Marks a blob; true when it was not marked yet. */
  private boolean use(Id id, BlobType type) throws BackupException {
    int entry = index.entry(id, type);
    if (entry < 0) {
      throw missing(id, type);
    }
    boolean fresh = !used.get(entry);
    used.set(entry);
    return fresh;
  }

  private static BackupException missing(Id id, BlobType type) {
    return new BackupException(
        type.word()
            + " blob "
            + id
            + " is in no index, or its pack is not whole; nothing is deleted."
            + " Run 'emanet repo check', then 'emanet repo repair'");
  }

  private Result remove(PruneMark mark, PruneWitness witness) throws IOException {
    List<Id> rewrite = new ArrayList<>();
    Map<Id, List<Pack.Entry>> keep = new LinkedHashMap<>();
    packs.listed().forEach((pack, blobs) -> sort(pack, blobs, rewrite, keep));
    List<Id> remove = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<Id, Long> pack : packs.present().entrySet()) {
      Id id = pack.getKey();
      // What is in no index and newer than the mark may be wanted by somebody we do not see.
      boolean ours = packs.listed().containsKey(id) || mark.sawPack(id);
      if (!keep.containsKey(id) && ours) {
        remove.add(id);
        bytes += pack.getValue();
      }
    }
    boolean change = packs.overlap() || keep.size() < packs.listed().size();
    List<Id> newPacks = rewrite(rewrite);
    List<Id> newIndexes = change ? writeIndex(keep) : List.of();
    List<Id> oldOnes = new ArrayList<>();
    for (String name : change ? oldIndexes : Set.<String>of()) {
      oldOnes.add(Id.parse(name));
    }
    oldOnes.removeAll(newIndexes);
    Result planned =
        new Result(
            List.copyOf(remove),
            newPacks,
            List.copyOf(oldOnes),
            added(ObjectKind.INDEX, oldIndexes),
            rewrite.size(),
            bytes,
            keep.size());
    lock.held();
    witness.removing(planned);
    removeAll(ObjectKind.INDEX, planned.removedIndexes());
    removeAll(ObjectKind.DATA, planned.removedPacks());
    witness.removed(planned);
    return planned;
  }

  /** Decides about a pack: all used stays, mostly waste is rewritten, nothing used goes. */
  private void sort(
      Id pack, List<Pack.Entry> blobs, List<Id> rewrite, Map<Id, List<Pack.Entry>> keep) {
    long all = 0;
    long needed = 0;
    for (Pack.Entry blob : blobs) {
      all += blob.length();
      needed += needed(pack, blob) ? blob.length() : 0;
    }
    if (needed == 0) {
      return;
    }
    if ((all - needed) * 100 > all * WASTE_PERCENT) {
      rewrite.add(pack);
    } else {
      keep.put(pack, blobs);
    }
  }

  /** True when this copy of the blob is the one that is found, and a snapshot uses it. */
  private boolean needed(Id pack, Pack.Entry blob) {
    int entry = index.entry(blob.id(), blob.type());
    return entry >= 0
        && used.get(entry)
        && index.place(entry).offset() == blob.offset()
        && index.place(entry).pack().equals(pack);
  }

  /** The packs that are new. */
  private List<Id> rewrite(List<Id> rewrite) throws IOException {
    if (rewrite.isEmpty()) {
      return List.of();
    }
    BlobWriter writer = new BlobWriter(repository, index);
    for (Id pack : rewrite) {
      lock.held();
      for (Pack.Entry blob : packs.listed().getOrDefault(pack, List.of())) {
        if (needed(pack, blob)) {
          byte[] plain = repository.blob(index, blob.id(), blob.type(), bench);
          writer.move(blob.type(), blob.id(), plain, bench);
        }
      }
    }
    writer.flush(bench);
    Set<String> before = new HashSet<>();
    packs.present().keySet().forEach(pack -> before.add(pack.hex()));
    return added(ObjectKind.DATA, before);
  }

  /** Nobody else writes: what was not there before is ours. */
  private List<Id> added(ObjectKind kind, Set<String> before) throws IOException {
    Set<String> names = new TreeSet<>(repository.names(kind));
    names.removeAll(before);
    List<Id> added = new ArrayList<>();
    for (String name : names) {
      added.add(Id.parse(name));
    }
    return List.copyOf(added);
  }

  /** The new index files of what stays are durable before the old ones go. */
  private List<Id> writeIndex(Map<Id, List<Pack.Entry>> keep) throws IOException {
    lock.held();
    return IndexWriter.write(repository, keep, bench);
  }

  private void removeAll(ObjectKind kind, List<Id> names) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      if (i % BATCH == 0) {
        lock.held();
      }
      repository.target().remove(kind, names.get(i).hex());
    }
  }
}
