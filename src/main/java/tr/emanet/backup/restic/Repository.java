package tr.emanet.backup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * An open repository: its target, keys and chunker. Any thread; a {@link Workbench} belongs to one.
 * Closing wipes the keys.
 */
public final class Repository implements AutoCloseable {

  /** What an index, a snapshot or a lock may have, stored and unpacked. */
  private static final int MAX_OBJECT = 1 << 28;

  /** What a blob may have, unpacked: a directory of a million entries. */
  static final int MAX_BLOB = 1 << 29;

  private static final int LEVEL = 3;

  private final Target target;
  private final MasterKey keys;
  private final SecureRandom random;
  private final Origin origin;
  private final long polynomial;
  private final String id;
  private final String key;

  private Repository(
      Target target,
      String key,
      MasterKey keys,
      SecureRandom random,
      Origin origin,
      JsonNode config)
      throws BackupException {
    this.target = target;
    this.key = key;
    this.keys = keys;
    this.random = random;
    this.origin = origin;
    this.id = config.path("id").asText();
    int version = config.path("version").intValue();
    if (version != 2) {
      throw new BackupException(
          target.describe() + " has version " + version + " of the format; only 2 is supported");
    }
    try {
      polynomial = HexFormat.fromHexDigitsToLong(config.path("chunker_polynomial").asText());
    } catch (IllegalArgumentException e) {
      throw new BackupException("file config names no polynomial", e);
    }
    if (Polynomial.degree(polynomial) != Polynomial.DEGREE || !Polynomial.irreducible(polynomial)) {
      throw new BackupException("file config names a polynomial that is not irreducible");
    }
  }

  /** Opens the repository of a directory; in an empty one it is made, also where that was cut. */
  public static Repository openOrInit(
      Path directory, byte[] password, SecureRandom random, Origin origin, Instant now)
      throws IOException {
    LocalTarget target = new LocalTarget(directory);
    return Files.exists(directory.resolve("config"))
        ? open(target, password, random, origin)
        : init(target, password, random, origin, now);
  }

  /** Makes an empty repository with one key and opens it. */
  public static Repository init(
      Target target, byte[] password, SecureRandom random, Origin origin, Instant now)
      throws IOException {
    return init(target, password, random, origin, now, KeyFile.COST);
  }

  static Repository init(
      Target target,
      byte[] password,
      SecureRandom random,
      Origin origin,
      Instant now,
      KeyFile.Cost cost)
      throws IOException {
    if (password.length == 0) {
      throw new BackupException("an empty password protects nothing; name another");
    }
    target.prepare();
    MasterKey master = MasterKey.random(random);
    byte[] key = KeyFile.make(master, password, cost, random, origin, now);
    String name = Id.of(key, 0, key.length).hex();
    target.write(ObjectKind.KEY, name, key, 0, key.length);
    byte[] id = new byte[32];
    random.nextBytes(id);
    String config =
        "{\"version\":2,\"id\":\""
            + HexFormat.of().formatHex(id)
            + "\",\"chunker_polynomial\":\""
            + Long.toHexString(Polynomial.random(random))
            + "\"}";
    byte[] sealed = new Sealer(master, random).seal(config.getBytes(StandardCharsets.US_ASCII));
    target.write(ObjectKind.CONFIG, "config", sealed, 0, sealed.length);
    JsonNode facts = JsonTree.read(config.getBytes(StandardCharsets.US_ASCII));
    return new Repository(target, name, master, random, origin, facts);
  }

  /**
   * Opens a repository.
   *
   * @throws WrongPasswordException when no key opens with the password
   * @throws BackupException when something that is needed is missing or damaged
   */
  public static Repository open(Target target, byte[] password, SecureRandom random, Origin origin)
      throws IOException {
    List<Target.Entry> found = target.list(ObjectKind.KEY);
    if (found.isEmpty()) {
      throw new BackupException(
          "no key in " + target.describe() + "; is it a repository? 'emanet repo init' makes one");
    }
    BackupException damage = null;
    for (Target.Entry entry : found) {
      String what = LocalTarget.label(ObjectKind.KEY, entry.name());
      try {
        byte[] bytes = target.read(ObjectKind.KEY, entry.name(), KeyFile.MAX_SIZE);
        MasterKey keys = KeyFile.parse(bytes, what).open(password, random, what);
        if (keys != null) {
          byte[] sealed = target.read(ObjectKind.CONFIG, "config", 1 << 16);
          byte[] config = new Sealer(keys, random).open(sealed, "file config");
          JsonNode facts = JsonTree.read(config);
          return new Repository(target, entry.name(), keys, random, origin, facts);
        }
        if (!Id.of(bytes, 0, bytes.length).hex().equals(entry.name())) {
          damage = new BackupException(what + " is damaged: its bytes do not have its name");
        }
      } catch (WrongPasswordException e) {
        throw e;
      } catch (BackupException e) {
        damage = e;
      }
    }
    if (damage != null) {
      throw damage;
    }
    throw new WrongPasswordException(target.describe(), found.size());
  }

  /** Adds a password; several may open the same repository. Returns the name of the key file. */
  public Id addPassword(byte[] password, Instant now) throws IOException {
    byte[] key = KeyFile.make(keys, password, KeyFile.COST, random, origin, now);
    Id name = Id.of(key, 0, key.length);
    target.write(ObjectKind.KEY, name.hex(), key, 0, key.length);
    return name;
  }

  /**
   * Takes a password's key file away. Who has a copy of it and the password can open the repository
   * still: the master key stays.
   *
   * @param lock exclusive, as stock restic takes it
   * @throws BackupException when this one was opened with it
   */
  public void removePassword(String name, RepositoryLock lock) throws IOException {
    if (name.equals(key)) {
      throw new BackupException("key " + name + " is the one that the repository is open with");
    }
    lock.held();
    target.remove(ObjectKind.KEY, name);
  }

  /** Whether another password opens this repository, too; gives the name of its key file. */
  public Optional<String> alsoOpens(byte[] password) throws IOException {
    try (Repository other = open(target, password, random, origin)) {
      return other.id.equals(id) ? Optional.of(other.key) : Optional.empty();
    } catch (WrongPasswordException e) {
      return Optional.empty();
    }
  }

  /** The name of the key file that it was opened with. */
  public String key() {
    return key;
  }

  /** The random id in its configuration, 64 hex digits. */
  public String id() {
    return id;
  }

  /**
   * Makes sure that the stored configuration is still the one that was read at opening.
   *
   * @throws BackupException when it is missing, damaged or another repository's
   */
  void checkConfig() throws IOException {
    byte[] sealed = target.read(ObjectKind.CONFIG, "config", 1 << 16);
    try (Workbench bench = workbench()) {
      byte[] json = bench.sealer().open(sealed, "file config");
      if (!JsonTree.read(json).path("id").asText().equals(id)) {
        throw new BackupException("file config is another repository's");
      }
    }
  }

  public Target target() {
    return target;
  }

  Origin origin() {
    return origin;
  }

  SecureRandom random() {
    return random;
  }

  /** A chunker with its tables, which only a backup needs. */
  Chunker chunker() {
    return new Chunker(polynomial);
  }

  Workbench workbench() {
    return new Workbench(keys, random, LEVEL);
  }

  /** The plain bytes of an index, snapshot or lock. */
  byte[] load(ObjectKind kind, String name, Workbench bench) throws IOException {
    String what = LocalTarget.label(kind, name);
    byte[] stored = target.read(kind, name, MAX_OBJECT);
    if (!Id.of(stored, 0, stored.length).hex().equals(name)) {
      throw new BackupException(what + " is damaged: its bytes do not have its name");
    }
    byte[] plain = bench.sealer().open(stored, what);
    if (plain.length > 0 && (plain[0] == '{' || plain[0] == '[')) {
      return plain;
    }
    if (plain.length == 0 || plain[0] != 2) {
      throw new BackupException(what + " has an unknown encoding");
    }
    return bench.zstandard().decompress(plain, 1, plain.length - 1, MAX_OBJECT, what);
  }

  /** Stores an index, snapshot or lock; verified before it is written. */
  Id save(ObjectKind kind, byte[] json, Workbench bench) throws IOException {
    byte[] packed = new byte[1 + Zstandard.bound(json.length)];
    packed[0] = 2;
    int length = 1 + bench.zstandard().compress(json, 0, json.length, packed, 1);
    byte[] sealed = bench.sealer().seal(Arrays.copyOf(packed, length));
    String what = "the new " + kind.directory() + " object";
    byte[] again = bench.sealer().open(sealed, what);
    byte[] plain = bench.zstandard().decompress(again, 1, length - 1, json.length, what);
    if (!Arrays.equals(plain, json)) {
      throw new BackupException(what + " changed in memory; test this machine's memory");
    }
    Id name = Id.of(sealed, 0, sealed.length);
    target.write(kind, name.hex(), sealed, 0, sealed.length);
    return name;
  }

  /** Reads every index file. */
  BlobIndex loadIndex(Workbench bench) throws IOException {
    BlobIndex index = new BlobIndex();
    for (String name : names(ObjectKind.INDEX)) {
      byte[] json = load(ObjectKind.INDEX, name, bench);
      IndexFile.decode(
          json,
          LocalTarget.label(ObjectKind.INDEX, name),
          (pack, blobs) -> {
            for (Pack.Entry blob : blobs) {
              index.add(blob.id(), place(pack, blob));
            }
          });
    }
    return index;
  }

  static BlobIndex.Place place(Id pack, Pack.Entry blob) {
    return new BlobIndex.Place(blob.type(), pack, blob.offset(), blob.length(), blob.plain());
  }

  /** The names of all objects of a kind, sorted; foreign names are left out. */
  Set<String> names(ObjectKind kind) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Target.Entry entry : target.list(kind)) {
      if (Id.isName(entry.name())) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /**
   * The plain bytes of a blob, checked against its id.
   *
   * @throws BackupException when no index knows it, or it is damaged
   */
  byte[] blob(BlobIndex index, Id blob, BlobType type, Workbench bench) throws IOException {
    BlobIndex.Place place = index.find(blob, type);
    if (place == null) {
      throw new BackupException(type.word() + " blob " + blob + " is in no index");
    }
    byte[] sealed = bench.first(place.length());
    target.readAt(ObjectKind.DATA, place.pack().hex(), place.offset(), sealed, place.length());
    return unpack(sealed, 0, place, blob, bench);
  }

  /** Opens, unpacks and checks a sealed blob. */
  static byte[] unpack(
      byte[] sealed, int offset, BlobIndex.Place place, @Nullable Id expected, Workbench bench)
      throws BackupException {
    byte[] plain = new byte[plainLength(place, expected)];
    unpack(sealed, offset, place, expected, bench, plain);
    return plain;
  }

  /** How many bytes a blob has unpacked; no more than a blob may have. */
  static int plainLength(BlobIndex.Place place, @Nullable Id expected) throws BackupException {
    if (place.plain() > MAX_BLOB) {
      throw new BackupException(name(place, expected) + " claims " + place.plain() + " bytes");
    }
    return place.plainLength();
  }

  /** The same into the front of an array that has {@link #plainLength} bytes or more. */
  static void unpack(
      byte[] sealed,
      int offset,
      BlobIndex.Place place,
      @Nullable Id expected,
      Workbench bench,
      byte[] into)
      throws BackupException {
    String what = name(place, expected);
    if (place.plain() == 0) {
      bench.sealer().open(sealed, offset, place.length(), into, 0, what);
    } else {
      byte[] packed = bench.second(place.length());
      int length = bench.sealer().open(sealed, offset, place.length(), packed, 0, what);
      bench.zstandard().decompress(packed, 0, length, into, place.plain(), what);
    }
    if (!Id.of(into, 0, place.plainLength()).equals(expected)) {
      throw new BackupException(what + " is damaged: its bytes do not have its id");
    }
  }

  private static String name(BlobIndex.Place place, @Nullable Id expected) {
    return "pack " + place.pack() + ", " + place.type().word() + " blob " + expected + ",";
  }

  @Override
  public void close() {
    keys.wipe();
    target.release();
  }
}
