package tr.emanet.backup.restic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where every blob is: 48 bytes of arrays a blob and a hash table of 4 bytes at a load of at most
 * 3/4, so at most 59 bytes a blob. A blob that lies in several packs is found in the first. Safe
 * for many threads.
 */
final class BlobIndex {

  private static final int SEGMENT_BITS = 12;
  private static final int SEGMENT = 1 << SEGMENT_BITS;
  private static final int WORDS = 6;

  /** A blob's place; {@code plain} is the unpacked length, 0 when it is stored as it is. */
  record Place(BlobType type, Id pack, int offset, int length, int plain) {

    int plainLength() {
      return plain > 0 ? plain : length - Sealer.OVERHEAD;
    }
  }

  private final List<long[]> segments = new ArrayList<>();
  private final List<Id> packs = new ArrayList<>();
  private final Map<Id, Integer> packNumbers = new HashMap<>();
  private int count;
  private int[] table = new int[1024];

  /** Adds a blob; true when it was not known in any pack. */
  synchronized boolean add(Id id, Place place) {
    if (place.length() < Sealer.OVERHEAD || place.offset() < 0 || place.plain() < 0) {
      throw new IllegalArgumentException("place of blob " + id);
    }
    int slot = slot(id, place.type());
    boolean fresh = table[slot] == 0;
    int pack = packNumber(place.pack());
    if ((count & (SEGMENT - 1)) == 0) {
      segments.add(new long[SEGMENT * WORDS]);
    }
    long[] segment = segments.get(count >>> SEGMENT_BITS);
    int at = (count & (SEGMENT - 1)) * WORDS;
    segment[at] = id.a();
    segment[at + 1] = id.b();
    segment[at + 2] = id.c();
    segment[at + 3] = id.d();
    long high = pack | (place.type() == BlobType.TREE ? 1L << 31 : 0);
    segment[at + 4] = high << 32 | place.offset() & 0xffffffffL;
    segment[at + 5] = (long) place.length() << 32 | place.plain();
    count++;
    if (fresh) {
      table[slot] = count;
      if (count > table.length / 4 * 3) {
        grow();
      }
    }
    return fresh;
  }

  /** Where the blob is, null when it is unknown. */
  synchronized @Nullable Place find(Id id, BlobType type) {
    int entry = table[slot(id, type)];
    return entry == 0 ? null : place(entry - 1);
  }

  /** How many bytes the blob has unpacked, -1 when it is unknown. */
  synchronized int plainLength(Id id, BlobType type) {
    int entry = table[slot(id, type)] - 1;
    if (entry < 0) {
      return -1;
    }
    long both = segments.get(entry >>> SEGMENT_BITS)[(entry & (SEGMENT - 1)) * WORDS + 5];
    return (int) both > 0 ? (int) both : (int) (both >>> 32) - Sealer.OVERHEAD;
  }

  /** The number of the blob's entry, -1 when it is unknown. */
  synchronized int entry(Id id, BlobType type) {
    return table[slot(id, type)] - 1;
  }

  synchronized int size() {
    return count;
  }

  /** The id of an entry, 0 to size - 1. */
  synchronized Id id(int entry) {
    long[] segment = segments.get(entry >>> SEGMENT_BITS);
    int at = (entry & (SEGMENT - 1)) * WORDS;
    return new Id(segment[at], segment[at + 1], segment[at + 2], segment[at + 3]);
  }

  /** The place of an entry, 0 to size - 1. */
  synchronized Place place(int entry) {
    long[] segment = segments.get(entry >>> SEGMENT_BITS);
    int at = (entry & (SEGMENT - 1)) * WORDS;
    long where = segment[at + 4];
    return new Place(
        where < 0 ? BlobType.TREE : BlobType.DATA,
        packs.get((int) (where >>> 32) & 0x7fffffff),
        (int) where,
        (int) (segment[at + 5] >>> 32),
        (int) segment[at + 5]);
  }

  private int packNumber(Id pack) {
    Integer known = packNumbers.get(pack);
    if (known != null) {
      return known;
    }
    packs.add(pack);
    packNumbers.put(pack, packs.size() - 1);
    return packs.size() - 1;
  }

  /** The slot that holds the blob, or the free one where it belongs. */
  private int slot(Id id, BlobType type) {
    int mask = table.length - 1;
    int slot = (int) (id.a() ^ id.b() >>> 32) & mask;
    while (table[slot] != 0 && !holds(table[slot] - 1, id, type)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean holds(int entry, Id id, BlobType type) {
    long[] segment = segments.get(entry >>> SEGMENT_BITS);
    int at = (entry & (SEGMENT - 1)) * WORDS;
    return segment[at] == id.a()
        && segment[at + 1] == id.b()
        && segment[at + 2] == id.c()
        && segment[at + 3] == id.d()
        && segment[at + 4] < 0 == (type == BlobType.TREE);
  }

  private void grow() {
    int[] old = table;
    table = new int[old.length * 2];
    for (int entry : old) {
      if (entry != 0) {
        Place place = place(entry - 1);
        table[slot(id(entry - 1), place.type())] = entry;
      }
    }
  }
}
