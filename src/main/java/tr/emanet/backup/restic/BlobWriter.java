package tr.emanet.backup.restic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * Stores blobs that the repository does not have yet.
 *
 * <p>Each is packed, sealed, opened again and compared by its digest before anything is written.
 * Two packs are open for each type and blobs go to either by chance: the lengths in one pack then
 * do not show the cuts of one file. Data and trees never share a pack. An index file follows the
 * packs it lists, at 50,000 blobs, after two minutes, and at the end: the run after one that was
 * cut finds it. Any thread, each with its own bench.
 */
final class BlobWriter {

  private static final int OPEN_PACKS = 2;

  /** When packs are listed in an index file, at the latest: what a kill then costs. */
  static final Duration INDEX_PERIOD = Duration.ofMinutes(2);

  private final Repository repository;
  private final BlobIndex index;
  private final long indexNanos;
  private final Object lock = new Object();

  /** Bytes may be a file and a tree at once: each type has its own. */
  private final List<Set<Id>> pending = List.of(new HashSet<>(), new HashSet<>());

  private final Pack[][] open = new Pack[BlobType.values().length][OPEN_PACKS];
  private final ArrayDeque<Pack> spare = new ArrayDeque<>();
  private Map<Id, List<Pack.Entry>> unlisted = new LinkedHashMap<>();
  private int unlistedBlobs;
  private long unlistedSince;
  private int turn;
  private long newBlobs;
  private long newBytes;
  private long storedBytes;

  BlobWriter(Repository repository, BlobIndex index) {
    this(repository, index, INDEX_PERIOD);
  }

  BlobWriter(Repository repository, BlobIndex index, Duration indexPeriod) {
    this.repository = repository;
    this.index = index;
    this.indexNanos = indexPeriod.toNanos();
    for (Pack[] packs : open) {
      for (int i = 0; i < packs.length; i++) {
        packs[i] = new Pack();
      }
    }
  }

  /** Stores the bytes unless they are there; their id. */
  Id save(BlobType type, byte[] plain, int length, Workbench bench) throws IOException {
    Id id = Id.of(plain, 0, length);
    synchronized (lock) {
      if (index.find(id, type) != null || !pending.get(type.ordinal()).add(id)) {
        return id;
      }
    }
    store(type, id, plain, length, bench);
    return id;
  }

  /** Stores a blob anew even when an index knows it: prune moves it into another pack. */
  void move(BlobType type, Id id, byte[] plain, Workbench bench) throws IOException {
    store(type, id, plain, plain.length, bench);
  }

  private void store(BlobType type, Id id, byte[] plain, int length, Workbench bench)
      throws IOException {
    byte[] packed = bench.first(Zstandard.bound(length));
    int packedLength = bench.zstandard().compress(plain, 0, length, packed, 0);
    boolean worth = packedLength < length || type == BlobType.TREE;
    int inner = worth ? packedLength : length;
    byte[] sealed = bench.second(inner + Sealer.OVERHEAD);
    bench.sealer().seal(worth ? packed : plain, 0, inner, sealed, 0);
    verify(id, sealed, inner, worth ? length : 0, bench);
    add(type, id, sealed, inner + Sealer.OVERHEAD, worth ? length : 0, bench);
    synchronized (lock) {
      newBlobs++;
      newBytes += length;
    }
  }

  private static void verify(Id id, byte[] sealed, int inner, int plain, Workbench bench)
      throws BackupException {
    String what = "new blob " + id;
    byte[] opened = bench.first(inner);
    bench.sealer().open(sealed, 0, inner + Sealer.OVERHEAD, opened, 0, what);
    byte[] again = opened;
    int length = inner;
    if (plain > 0) {
      again = bench.third(plain);
      length = plain;
      bench.zstandard().decompress(opened, 0, inner, again, plain, what);
    }
    if (!Id.of(again, 0, length).equals(id)) {
      throw new BackupException(what + " changed in memory; test this machine's memory");
    }
  }

  private void add(BlobType type, Id id, byte[] sealed, int length, int plain, Workbench bench)
      throws IOException {
    Pack full = null;
    synchronized (lock) {
      // The random source of the repository is for keys; a cheap coin is enough here.
      turn = turn * 1103515245 + 12345 + (int) id.d();
      int which = (turn >>> 16) % OPEN_PACKS;
      Pack pack = open[type.ordinal()][which];
      if (pack.add(id, type, sealed, length, plain)) {
        full = pack;
        Pack next = spare.poll();
        open[type.ordinal()][which] = next == null ? new Pack() : next;
      }
    }
    if (full != null) {
      finish(full, bench);
      synchronized (lock) {
        full.clear();
        spare.add(full);
      }
    }
  }

  private void finish(Pack pack, Workbench bench) throws IOException {
    pack.finish(bench.sealer());
    Id name = Id.of(pack.bytes(), 0, pack.length());
    List<Pack.Entry> entries = List.copyOf(pack.entries());
    if (!Pack.header(pack.bytes(), pack.length(), bench.sealer(), "new pack").equals(entries)) {
      throw new BackupException("a new pack changed in memory; test this machine's memory");
    }
    Target target = repository.target();
    target.write(ObjectKind.DATA, name.hex(), pack.bytes(), 0, pack.length());
    Map<Id, List<Pack.Entry>> ready = null;
    synchronized (lock) {
      storedBytes += pack.length();
      for (Pack.Entry entry : entries) {
        index.add(entry.id(), Repository.place(name, entry));
        pending.get(entry.type().ordinal()).remove(entry.id());
      }
      long now = System.nanoTime();
      unlistedSince = unlisted.isEmpty() ? now : unlistedSince;
      unlisted.put(name, entries);
      unlistedBlobs += entries.size();
      if (unlistedBlobs >= IndexFile.MAX_BLOBS || now - unlistedSince >= indexNanos) {
        ready = takeUnlisted();
      }
    }
    writeIndex(ready, bench);
  }

  private Map<Id, List<Pack.Entry>> takeUnlisted() {
    Map<Id, List<Pack.Entry>> ready = unlisted;
    unlisted = new LinkedHashMap<>();
    unlistedBlobs = 0;
    return ready;
  }

  private void writeIndex(@Nullable Map<Id, List<Pack.Entry>> packs, Workbench bench)
      throws IOException {
    if (packs != null && !packs.isEmpty()) {
      repository.save(ObjectKind.INDEX, IndexFile.encode(packs), bench);
    }
  }

  /** Lists in an index file what is durable in packs: a cut later loses less. */
  void writeIndexNow(Workbench bench) throws IOException {
    Map<Id, List<Pack.Entry>> ready;
    synchronized (lock) {
      ready = takeUnlisted();
    }
    writeIndex(ready, bench);
  }

  /** Writes the open packs and the index; nobody saves any more. */
  void flush(Workbench bench) throws IOException {
    List<Pack> rest = new ArrayList<>();
    synchronized (lock) {
      for (Pack[] packs : open) {
        // What two small packs hold fits into one: the second is poured into the first.
        for (int i = 1; i < packs.length; i++) {
          pour(packs[i], packs[0]);
        }
        for (Pack pack : packs) {
          if (pack.length() > 0) {
            rest.add(pack);
          }
        }
      }
    }
    for (Pack pack : rest) {
      finish(pack, bench);
      pack.clear();
    }
    writeIndexNow(bench);
  }

  private static void pour(Pack from, Pack into) {
    if (from.length() + into.length() > Pack.TARGET) {
      return;
    }
    for (Pack.Entry entry : from.entries()) {
      byte[] sealed =
          java.util.Arrays.copyOfRange(
              from.bytes(), entry.offset(), entry.offset() + entry.length());
      into.add(entry.id(), entry.type(), sealed, sealed.length, entry.plain());
    }
    from.clear();
  }

  /** How many blobs were new. */
  long newBlobs() {
    synchronized (lock) {
      return newBlobs;
    }
  }

  /** Their plain bytes. */
  long newBytes() {
    synchronized (lock) {
      return newBytes;
    }
  }

  /** What the packs took. */
  long storedBytes() {
    synchronized (lock) {
      return storedBytes;
    }
  }
}
