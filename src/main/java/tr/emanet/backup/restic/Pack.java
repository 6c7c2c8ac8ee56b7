package tr.emanet.backup.restic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tr.emanet.backup.BackupException;

/**
 * A pack being filled: sealed blobs, then a sealed header that lists them, then the header's length
 * in four bytes, little-endian. The caller holds a lock.
 */
final class Pack {

  /** A pack is finished at this size. */
  static final int TARGET = 16 << 20;

  private static final int FIRST = 1 << 20;
  private static final int ROOM = TARGET + (2 << 20);

  /** What a pack may have when we read it; restic lets people choose up to 128 MiB. */
  static final int MAX = 512 << 20;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PLAIN_ENTRY = 37;
  private static final int PACKED_ENTRY = 41;
  private static final int MAX_HEADER = 16 << 20;

  /** One blob of a pack; {@code plain} is 0 when it is not packed. */
  record Entry(Id id, BlobType type, int offset, int length, int plain) {

    int headerBytes() {
      return plain > 0 ? PACKED_ENTRY : PLAIN_ENTRY;
    }
  }

  private byte[] bytes = new byte[FIRST];
  private int length;
  private final List<Entry> entries = new ArrayList<>();

  /** Appends a sealed blob; true when the pack is to be finished. */
  boolean add(Id id, BlobType type, byte[] sealed, int sealedLength, int plain) {
    if (length + sealedLength > bytes.length) {
      int wanted = length + sealedLength + (1 << 16);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(ROOM, bytes.length * 4)));
    }
    System.arraycopy(sealed, 0, bytes, length, sealedLength);
    entries.add(new Entry(id, type, length, sealedLength, plain));
    length += sealedLength;
    // The header has room for 50,000 and more entries; an index file should not be much larger.
    return length >= TARGET || entries.size() >= 20_000;
  }

  List<Entry> entries() {
    return entries;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Appends the header; the pack is complete. */
  void finish(Sealer sealer) {
    int size = entries.stream().mapToInt(Entry::headerBytes).sum();
    byte[] header = new byte[size];
    int at = 0;
    for (Entry entry : entries) {
      boolean packed = entry.plain() > 0;
      header[at] = (byte) (entry.type().ordinal() + (packed ? 2 : 0));
      INTS.set(header, at + 1, entry.length());
      if (packed) {
        INTS.set(header, at + 5, entry.plain());
      }
      entry.id().write(header, at + (packed ? 9 : 5));
      at += entry.headerBytes();
    }
    int sealed = size + Sealer.OVERHEAD;
    if (length + sealed + 4 > bytes.length) {
      bytes = Arrays.copyOf(bytes, length + sealed + 4);
    }
    sealer.seal(header, 0, size, bytes, length);
    INTS.set(bytes, length + sealed, sealed);
    length += sealed + 4;
  }

  /** Empties it for another use. */
  void clear() {
    length = 0;
    entries.clear();
  }

  /** How many bytes a pack with these entries has. */
  static long sizeOf(List<Entry> entries) {
    long size = Sealer.OVERHEAD + 4;
    for (Entry entry : entries) {
      size += entry.length() + entry.headerBytes();
    }
    return size;
  }

  /**
   * Reads the header of a whole pack.
   *
   * @throws BackupException when it is damaged, or does not cover the bytes before it exactly
   */
  static List<Entry> header(byte[] pack, int length, Sealer sealer, String what)
      throws BackupException {
    int sealed = length < 4 + Sealer.OVERHEAD ? -1 : (int) INTS.get(pack, length - 4);
    if (sealed < Sealer.OVERHEAD || sealed > length - 4 || sealed > MAX_HEADER) {
      throw new BackupException(what + " is damaged: the length of its header is impossible");
    }
    int start = length - 4 - sealed;
    byte[] header = new byte[sealed - Sealer.OVERHEAD];
    sealer.open(pack, start, sealed, header, 0, what + ", header,");
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    long offset = 0;
    while (at < header.length) {
      int kind = header[at];
      int size = kind >= 2 ? PACKED_ENTRY : PLAIN_ENTRY;
      if (kind < 0 || kind > 3 || at + size > header.length) {
        throw new BackupException(what + " is damaged: its header has an unknown entry");
      }
      int blob = (int) INTS.get(header, at + 1);
      int plain = kind >= 2 ? (int) INTS.get(header, at + 5) : 0;
      if (blob < Sealer.OVERHEAD || plain < 0 || offset + blob > start) {
        throw new BackupException(what + " is damaged: a blob lies outside of it");
      }
      BlobType type = (kind & 1) == 0 ? BlobType.DATA : BlobType.TREE;
      entries.add(new Entry(Id.at(header, at + size - 32), type, (int) offset, blob, plain));
      offset += blob;
      at += size;
    }
    if (offset != start) {
      throw new BackupException(what + " is damaged: bytes that no entry covers");
    }
    return entries;
  }
}
