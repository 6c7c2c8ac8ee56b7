package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * Removes what no snapshot uses, under an exclusive lock.
 *
 * <p>Order: what is still used in packs that are mostly waste moves into new packs; a new index of
 * all that stays is written; then the old index files and at last the packs go. Nothing is deleted
 * when a snapshot cannot be read down to its last tree, or our lock has gone.
 */
public final class PruneRun {

  /** A pack is rewritten when more than this share of it is unused. */
  private static final int WASTE_PERCENT = 10;

  private final Repository repository;
  private final RepositoryLock lock;
  private final BlobIndex index;
  private final Workbench bench;
  private final BitSet used = new BitSet();
  private final Map<Id, List<Pack.Entry>> packs = new LinkedHashMap<>();

  /** What a run did, in packs and bytes of them. */
  public record Result(int removedPacks, int rewrittenPacks, long removedBytes, int keptPacks) {}

  private PruneRun(Repository repository, RepositoryLock lock, Workbench bench) throws IOException {
    this.repository = repository;
    this.lock = lock;
    this.bench = bench;
    this.index = repository.loadIndex(bench);
  }

  /**
   * Prunes; the lock is exclusive.
   *
   * @throws BackupException when a tree cannot be read; nothing was deleted then
   */
  public static Result run(Repository repository, RepositoryLock lock) throws IOException {
    try (Workbench bench = repository.workbench()) {
      return new PruneRun(repository, lock, bench).prune();
    }
  }

  private Result prune() throws IOException {
    mark();
    for (int entry = 0; entry < index.size(); entry++) {
      BlobIndex.Place place = index.place(entry);
      packs
          .computeIfAbsent(place.pack(), pack -> new ArrayList<>())
          .add(
              new Pack.Entry(
                  index.id(entry), place.type(), place.offset(), place.length(), place.plain()));
    }
    Map<Id, Long> present = new HashMap<>();
    for (Target.Entry entry : repository.target().list(ObjectKind.DATA)) {
      if (entry.name().matches("[0-9a-f]{64}")) {
        present.put(Id.parse(entry.name()), entry.size());
      }
    }
    Set<String> oldIndexes = repository.names(ObjectKind.INDEX);
    List<Id> rewrite = new ArrayList<>();
    Map<Id, List<Pack.Entry>> keep = new LinkedHashMap<>();
    Set<Id> seen = new HashSet<>();
    packs.forEach((pack, blobs) -> sort(pack, blobs, rewrite, keep));
    rewrite(rewrite, seen);
    replaceIndex(keep, oldIndexes);
    return sweep(present, keep.keySet(), rewrite.size());
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
    return used.get(entry) && index.place(entry).pack().equals(pack);
  }

  private void mark() throws IOException {
    ArrayDeque<Id> trees = new ArrayDeque<>();
    for (String name : repository.names(ObjectKind.SNAPSHOT)) {
      byte[] json = repository.load(ObjectKind.SNAPSHOT, name, bench);
      trees.add(Snapshot.decode(name, json).tree());
    }
    while (!trees.isEmpty()) {
      Id tree = trees.pop();
      if (!use(tree, BlobType.TREE)) {
        continue;
      }
      for (Node node :
          TreeReader.decode(repository.blob(index, tree, BlobType.TREE, bench), tree)) {
        for (Id id : node.content()) {
          use(id, BlobType.DATA);
        }
        Id subtree = node.subtree();
        if (subtree != null) {
          trees.push(subtree);
        }
      }
    }
  }

  /** Marks a blob; true when it was not marked yet. */
  private boolean use(Id id, BlobType type) throws BackupException {
    int entry = index.entry(id, type);
    if (entry < 0) {
      throw new BackupException(
          type.word() + " blob " + id + " is in no index; nothing is deleted. Run a check first");
    }
    boolean fresh = !used.get(entry);
    used.set(entry);
    return fresh;
  }

  private void rewrite(List<Id> rewrite, Set<Id> seen) throws IOException {
    BlobWriter writer = new BlobWriter(repository, index);
    for (Id pack : rewrite) {
      lock.held();
      for (Pack.Entry blob : packs.getOrDefault(pack, List.of())) {
        if (needed(pack, blob) && (blob.type() == BlobType.TREE || seen.add(blob.id()))) {
          byte[] plain = repository.blob(index, blob.id(), blob.type(), bench);
          writer.move(blob.type(), blob.id(), plain, bench);
        }
      }
    }
    writer.flush(bench);
  }

  /** The new index files of what stays are durable before the old ones go. */
  private void replaceIndex(Map<Id, List<Pack.Entry>> keep, Set<String> old) throws IOException {
    lock.held();
    Set<String> fresh = new HashSet<>();
    Map<Id, List<Pack.Entry>> next = new LinkedHashMap<>();
    int blobs = 0;
    for (Map.Entry<Id, List<Pack.Entry>> pack : keep.entrySet()) {
      next.put(pack.getKey(), pack.getValue());
      blobs += pack.getValue().size();
      if (blobs >= IndexFile.MAX_BLOBS) {
        fresh.add(repository.save(ObjectKind.INDEX, IndexFile.encode(next), bench).hex());
        next.clear();
        blobs = 0;
      }
    }
    if (!next.isEmpty()) {
      fresh.add(repository.save(ObjectKind.INDEX, IndexFile.encode(next), bench).hex());
    }
    for (String name : old) {
      lock.held();
      if (!fresh.contains(name)) {
        repository.target().remove(ObjectKind.INDEX, name);
      }
    }
  }

  /** Removes the packs that were there before and that nothing kept. */
  private Result sweep(Map<Id, Long> present, Set<Id> kept, int rewritten) throws IOException {
    int removed = 0;
    long bytes = 0;
    for (Map.Entry<Id, Long> pack : present.entrySet()) {
      if (kept.contains(pack.getKey())) {
        continue;
      }
      lock.held();
      repository.target().remove(ObjectKind.DATA, pack.getKey().hex());
      removed++;
      bytes += pack.getValue();
    }
    return new Result(removed, rewritten, bytes, kept.size());
  }
}
