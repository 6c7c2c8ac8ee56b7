package tr.emanet.backup.restic;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * Another repository that sound bytes are taken from: whole objects by their names, when it is a
 * copy of ours, and single blobs by their ids, whatever its keys and packs are. Nothing is taken
 * whose SHA-256 does not fit. One thread.
 */
public final class SecondCopy implements AutoCloseable {

  private final Target target;
  private final Repository repository;
  private final Workbench bench;
  private @Nullable BlobIndex index;

  /** {@code repository} is open on the copy; the caller closes it. */
  public SecondCopy(Repository repository) {
    this.target = repository.target();
    this.repository = repository;
    this.bench = repository.workbench();
  }

  /** Where it lies. */
  public Target target() {
    return target;
  }

  /** The whole object, null when the copy has none that is sound. */
  byte @Nullable [] object(ObjectKind kind, String name) throws IOException {
    return object(target, kind, name);
  }

  private static byte @Nullable [] object(Target target, ObjectKind kind, String name)
      throws IOException {
    try {
      byte[] bytes = target.read(kind, name, Pack.MAX);
      return Id.of(bytes, 0, bytes.length).hex().equals(name) ? bytes : null;
    } catch (BackupException e) {
      return null; // missing there, or longer than any object may be
    }
  }

  /** The plain bytes of a blob, null when the copy has none that is sound. */
  byte @Nullable [] blob(Id id, BlobType type) throws IOException {
    BlobIndex known = index;
    if (known == null) {
      known = repository.loadIndex(bench);
      index = known;
    }
    if (known.find(id, type) == null) {
      return null;
    }
    try {
      return repository.blob(known, id, type, bench);
    } catch (BackupException e) {
      return null; // damaged there too
    }
  }

  /**
   * Takes back what opening needs, keys and configuration, when ours cannot be opened; the labels
   * of what was healed. The copy must open with the password, and be a copy of the same repository.
   */
  public static List<String> healEntrance(
      Target ours, Target copy, byte[] password, SecureRandom random, Origin origin)
      throws IOException {
    return healEntrance(ours, copy, password, random, origin, null);
  }

  /** The same; a key that the seals do not name was taken away with its password and stays away. */
  public static List<String> healEntrance(
      Target ours,
      Target copy,
      byte[] password,
      SecureRandom random,
      Origin origin,
      @Nullable Inventory sealed)
      throws IOException {
    List<String> healed = new ArrayList<>();
    try (Repository other = Repository.open(copy, password, random, origin);
        Workbench bench = other.workbench()) {
      boolean sameKeys = false;
      List<String> wanted = new ArrayList<>();
      for (String name : other.names(ObjectKind.KEY)) {
        if (object(ours, ObjectKind.KEY, name) != null) {
          sameKeys = true;
        } else if (name.equals(other.key())) {
          if (sealed != null && !sealed.has(ObjectKind.KEY, name)) {
            throw new BackupException(
                "the password that opens "
                    + copy.describe()
                    + " was taken away from "
                    + ours.describe()
                    + "; name the password that is valid now");
          }
          // Others may have been taken away on purpose, with the password that they are for.
          wanted.add(name);
        }
      }
      boolean config = opensConfig(ours, bench);
      if (!sameKeys && !config) {
        throw new BackupException(
            copy.describe() + " shares no key with " + ours.describe() + "; it cannot heal it");
      }
      for (String name : wanted) {
        byte[] key = object(copy, ObjectKind.KEY, name);
        if (key != null) {
          replace(ours, ObjectKind.KEY, name, key);
          healed.add(LocalTarget.label(ObjectKind.KEY, name));
        }
      }
      if (!config) {
        replace(ours, ObjectKind.CONFIG, "config", copy.read(ObjectKind.CONFIG, "config", 1 << 16));
        healed.add("file config");
      }
    }
    return healed;
  }

  /**
   * Takes back what the seals promise and is gone as a whole: a repair alone makes a lost index
   * anew under another name, and knows nothing of a snapshot that somebody took away.
   *
   * @return the labels of what is there again
   */
  public List<String> healMissing(Repository ours, Inventory sealed, RepositoryLock lock)
      throws IOException {
    return healMissing(ours, sealed, lock, RepairWatch.NONE);
  }

  /** The same, for who hears of each object; it ends early when that wants it. */
  public List<String> healMissing(
      Repository ours, Inventory sealed, RepositoryLock lock, RepairWatch watch)
      throws IOException {
    List<String> healed = new ArrayList<>();
    // Data first: a snapshot is there again only with what it needs.
    for (ObjectKind kind :
        List.of(ObjectKind.KEY, ObjectKind.DATA, ObjectKind.INDEX, ObjectKind.SNAPSHOT)) {
      for (String name : sealed.missing(ours.target(), kind)) {
        if (watch.stopped()) {
          return healed;
        }
        byte[] bytes = object(kind, name);
        if (bytes != null) {
          lock.held();
          replace(ours.target(), kind, name, bytes);
          healed.add(LocalTarget.label(kind, name));
          watch.healed(LocalTarget.label(kind, name));
        }
      }
    }
    return healed;
  }

  /** True when our configuration opens with the copy's keys: then they are ours. */
  private static boolean opensConfig(Target ours, Workbench bench) throws IOException {
    try {
      byte[] sealed = ours.read(ObjectKind.CONFIG, "config", 1 << 16);
      byte[] plain = bench.sealer().open(sealed, "file config");
      return !Arrays.equals(plain, sealed);
    } catch (BackupException e) {
      return false;
    }
  }

  /** Some targets do not write over what is there. */
  static void replace(Target target, ObjectKind kind, String name, byte[] bytes)
      throws IOException {
    target.remove(kind, name);
    target.write(kind, name, bytes, 0, bytes.length);
  }

  @Override
  public void close() {
    bench.close();
  }
}
