package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;

/**
 * What an open repository holds, for those who read it: trees by their id, blobs by the number of
 * their index entry. The index is that of the moment of opening. Any thread; to be closed.
 */
public final class Contents implements AutoCloseable {

  private final Repository repository;
  private final BlobIndex index;
  private final Benches benches;

  /** Where the sealed bytes of a blob lie, and how long it is unpacked. */
  public record Piece(Id pack, int offset, int length, int plain) {}

  private Contents(Repository repository, BlobIndex index) {
    this.repository = repository;
    this.index = index;
    this.benches = new Benches(repository);
  }

  /** Reads the index; the repository stays the caller's and must be open as long. */
  public static Contents open(Repository repository) throws IOException {
    try (Workbench bench = repository.workbench()) {
      return new Contents(repository, repository.loadIndex(bench));
    }
  }

  /** True when the index knows the tree; one that is younger than this object it does not. */
  public boolean knowsTree(Id tree) {
    return index.find(tree, BlobType.TREE) != null;
  }

  /**
   * The entries of a directory, sorted by the bytes of their names; each name is one that a file
   * may have.
   *
   * @throws BackupException when the tree is missing or damaged
   */
  public List<Node> tree(Id tree) throws IOException {
    return TreeReader.decode(
        with(bench -> repository.blob(index, tree, BlobType.TREE, bench)), tree);
  }

  /** The number of a data blob, -1 when no index knows it. */
  public int entry(Id blob) {
    return index.entry(blob, BlobType.DATA);
  }

  /** Where an entry's bytes lie. */
  public Piece piece(int entry) {
    BlobIndex.Place place = index.place(entry);
    return new Piece(place.pack(), place.offset(), place.length(), place.plainLength());
  }

  /** The id of an entry: the SHA-256 of its plain bytes. */
  public Id id(int entry) {
    return index.id(entry);
  }

  /** Reads exactly that many bytes of a pack, still sealed. */
  public void read(Id pack, long offset, byte[] into, int length) throws IOException {
    repository.target().readAt(ObjectKind.DATA, pack.hex(), offset, into, length);
  }

  /**
   * Opens, unpacks and checks the sealed blob at the place of the array.
   *
   * @throws BackupException when its bytes are not those of its id
   */
  public byte[] unpack(byte[] sealed, int at, int entry) throws IOException {
    return with(bench -> Repository.unpack(sealed, at, index.place(entry), index.id(entry), bench));
  }

  /**
   * How much room an entry needs, unpacked.
   *
   * @throws BackupException when the index claims more than a blob may have
   */
  public int room(int entry) throws BackupException {
    return Repository.plainLength(index.place(entry), index.id(entry));
  }

  /** The same into the front of an array that has {@link #room} or more. */
  public void unpack(byte[] sealed, int at, int entry, byte[] into) throws IOException {
    with(
        bench -> {
          Id id = index.id(entry);
          Repository.unpack(sealed, at, index.place(entry), id, bench, into);
          return id;
        });
  }

  private <T> T with(Benches.Work<T> work) throws IOException {
    try {
      return benches.with(work);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    benches.close();
  }
}
