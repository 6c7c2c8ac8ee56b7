package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * The packs as the index files list them beside the packs that are there. Index files that overlap,
 * as a cut prune leaves them, are one list. One thread.
 */
final class PackTable {

  private final Map<Id, List<Pack.Entry>> listed = new LinkedHashMap<>();
  private final Map<Id, Long> present = new HashMap<>();
  private boolean overlap;
  private boolean untrue;

  /** What a blob is known by. */
  record Blob(Id id, BlobType type) {}

  /** Reads the packs that are there; the caller adds what indexes list before that. */
  void readSizes(Target target) throws IOException {
    for (Target.Entry entry : target.list(ObjectKind.DATA)) {
      if (entry.name().matches("[0-9a-f]{64}")) {
        present.put(Id.parse(entry.name()), entry.size());
      }
    }
  }

  /** Adds every pack of an index file. */
  void readIndex(Repository repository, String name, Workbench bench) throws IOException {
    // First whole, then used: a file that is damaged further down adds nothing.
    Map<Id, List<Pack.Entry>> found = new LinkedHashMap<>();
    IndexFile.decode(
        repository.load(ObjectKind.INDEX, name, bench),
        LocalTarget.label(ObjectKind.INDEX, name),
        (pack, blobs) -> found.computeIfAbsent(pack, id -> new ArrayList<>()).addAll(blobs));
    found.forEach(this::add);
  }

  /** Adds blobs of a pack; those that are known in it already are passed over. */
  void add(Id pack, List<Pack.Entry> blobs) {
    List<Pack.Entry> known = listed.computeIfAbsent(pack, id -> new ArrayList<>());
    overlap |= !known.isEmpty();
    Set<Pack.Entry> have = new HashSet<>(known);
    for (Pack.Entry blob : blobs) {
      if (have.add(blob)) {
        known.add(blob);
      }
    }
  }

  /** Takes what is known about the blobs of a pack for untrue. */
  void replace(Id pack, List<Pack.Entry> blobs, long size) {
    listed.put(pack, new ArrayList<>(blobs));
    present.put(pack, size);
  }

  /**
   * Checks a pack's name, header and every blob; what an index says of it is put right, and {@link
   * #untrue} from then on.
   */
  boolean sound(Id pack, byte[] stored, Workbench bench) {
    if (!Id.of(stored, 0, stored.length).equals(pack)) {
      return false;
    }
    try {
      List<Pack.Entry> header =
          Pack.header(
              stored,
              stored.length,
              bench.sealer(),
              LocalTarget.label(ObjectKind.DATA, pack.hex()));
      for (Pack.Entry entry : header) {
        var _ =
            Repository.unpack(
                stored, entry.offset(), Repository.place(pack, entry), entry.id(), bench);
      }
      List<Pack.Entry> known = listed.get(pack);
      if (known == null || !new HashSet<>(known).equals(new HashSet<>(header))) {
        replace(pack, header, stored.length);
        untrue = true;
      }
      present.put(pack, (long) stored.length);
      return true;
    } catch (BackupException e) {
      return false;
    }
  }

  /** True when an index said of a pack what is not so. */
  boolean untrue() {
    return untrue;
  }

  void drop(Id pack) {
    listed.remove(pack);
    present.remove(pack);
  }

  /** The packs that an index lists. */
  Map<Id, List<Pack.Entry>> listed() {
    return listed;
  }

  /** The packs that are there, and their bytes. */
  Map<Id, Long> present() {
    return present;
  }

  /** True when two index files list the same pack. */
  boolean overlap() {
    return overlap;
  }

  /** Blobs that indexes list, and that lie in no whole pack. */
  Set<Blob> lost(BlobIndex index) {
    Set<Blob> lost = new HashSet<>();
    listed.forEach(
        (pack, blobs) -> {
          for (Pack.Entry blob : whole(pack) ? List.<Pack.Entry>of() : blobs) {
            if (index.entry(blob.id(), blob.type()) < 0) {
              lost.add(new Blob(blob.id(), blob.type()));
            }
          }
        });
    return lost;
  }

  /** True when the pack is there and as long as what is listed of it says. */
  boolean whole(Id pack) {
    List<Pack.Entry> blobs = listed.get(pack);
    Long size = present.get(pack);
    return blobs != null && size != null && size == Pack.sizeOf(blobs);
  }

  /** Where each blob is, in whole packs only: what is not there is not found. */
  BlobIndex index() {
    BlobIndex index = new BlobIndex();
    listed.forEach(
        (pack, blobs) -> {
          if (whole(pack)) {
            for (Pack.Entry blob : blobs) {
              index.add(blob.id(), Repository.place(pack, blob));
            }
          }
        });
    return index;
  }
}
