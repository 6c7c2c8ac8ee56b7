package tr.emanet.backup.restic;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import tr.emanet.backup.BackupException;

/**
 * What the first phase of a prune found: which snapshots and packs there were, and which blobs none
 * of the snapshots used.
 *
 * <p>It is kept outside of the repository, sealed with the repository's own key: another's, or one
 * that was changed or cut, is refused. Safe to keep for long: what came later is looked at again.
 */
public final class PruneMark {

  private static final int MAGIC = 0x454d4b32;
  private static final int MAX = 1 << 29;

  private final Instant time;
  private final Seen seen;
  private final int unused;

  /** {@code unused} times: one byte of type, 32 of id. */
  private final byte[] blobs;

  /**
   * What there was.
   *
   * @param listed packs in an index, whether they were there or not
   * @param unlisted packs that were there and in no index
   */
  record Seen(Set<Id> snapshots, Set<Id> listed, Set<Id> unlisted) {
    Seen {
      snapshots = Set.copyOf(snapshots);
      listed = Set.copyOf(listed);
      unlisted = Set.copyOf(unlisted);
    }
  }

  PruneMark(Instant time, Seen seen, int unused, byte[] blobs) {
    this.time = time;
    this.seen = seen;
    this.unused = unused;
    this.blobs = blobs;
  }

  /** Takes a blob that no snapshot used. */
  interface Blobs {

    void blob(Id id, BlobType type);
  }

  /** When it was made. */
  public Instant time() {
    return time;
  }

  /** How many blobs no snapshot used. */
  public int unused() {
    return unused;
  }

  /** How many packs there were, listed in an index or not. */
  public int packs() {
    return seen.listed().size() + seen.unlisted().size();
  }

  boolean saw(Id snapshot) {
    return seen.snapshots().contains(snapshot);
  }

  boolean sawPack(Id pack) {
    return listed(pack) || seen.unlisted().contains(pack);
  }

  /** Whether the blobs of a pack were known to the mark. */
  boolean listed(Id pack) {
    return seen.listed().contains(pack);
  }

  void unused(Blobs each) {
    for (int i = 0; i < unused; i++) {
      BlobType type = blobs[i * 33] == 0 ? BlobType.DATA : BlobType.TREE;
      each.blob(Id.at(blobs, i * 33 + 1), type);
    }
  }

  static void append(ByteArrayOutputStream into, Id id, BlobType type) {
    byte[] entry = new byte[33];
    entry[0] = (byte) type.ordinal();
    id.write(entry, 1);
    into.write(entry, 0, entry.length);
  }

  /** The bytes to keep; nobody without the repository's password can make or read them. */
  public byte[] encode(Repository repository) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeUTF(repository.id());
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
    writeIds(out, seen.snapshots());
    writeIds(out, seen.listed());
    writeIds(out, seen.unlisted());
    out.writeInt(unused);
    out.write(blobs);
    try (Workbench bench = repository.workbench()) {
      byte[] plain = bytes.toByteArray();
      byte[] packed = new byte[Zstandard.bound(plain.length)];
      int length = bench.zstandard().compress(plain, 0, plain.length, packed, 0);
      return bench.sealer().seal(Arrays.copyOf(packed, length));
    }
  }

  /** Keeps it in a file for its owner alone, whole or not at all; 0600. */
  public void save(Repository repository, Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
      ByteBuffer rest = ByteBuffer.wrap(encode(repository));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a kept file.
   *
   * @throws BackupException when it is damaged, too long, or a mark of another repository
   */
  public static PruneMark load(Repository repository, Path file) throws IOException {
    if (Files.size(file) > MAX) {
      throw new BackupException("'" + file + "' is too long for a mark");
    }
    return decode(repository, Files.readAllBytes(file));
  }

  private static void writeIds(DataOutputStream out, Set<Id> ids) throws IOException {
    out.writeInt(ids.size());
    byte[] bytes = new byte[32];
    for (Id id : ids) {
      id.write(bytes, 0);
      out.write(bytes);
    }
  }

  /**
   * Reads kept bytes.
   *
   * @throws BackupException when they are damaged, or a mark of another repository
   */
  public static PruneMark decode(Repository repository, byte[] sealed) throws IOException {
    String what = "the mark";
    byte[] plain;
    try (Workbench bench = repository.workbench()) {
      byte[] packed = bench.sealer().open(sealed, what + " (of this repository?)");
      plain = bench.zstandard().decompress(packed, 0, packed.length, MAX, what);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      if (in.readInt() != MAGIC || !in.readUTF().equals(repository.id())) {
        throw new BackupException(what + " is not of this repository; make a new one with --mark");
      }
      Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
      Seen seen = new Seen(readIds(in), readIds(in), readIds(in));
      int unused = in.readInt();
      byte[] blobs = in.readAllBytes();
      if (blobs.length != unused * 33L) {
        throw new EOFException();
      }
      return new PruneMark(time, seen, unused, blobs);
    } catch (EOFException e) {
      throw new BackupException(what + " is damaged; make a new one with --mark", e);
    }
  }

  private static Set<Id> readIds(DataInputStream in) throws IOException {
    int count = in.readInt();
    Set<Id> ids = new HashSet<>();
    byte[] bytes = new byte[32];
    for (int i = 0; i < count; i++) {
      in.readFully(bytes);
      ids.add(Id.at(bytes, 0));
    }
    return ids;
  }
}
