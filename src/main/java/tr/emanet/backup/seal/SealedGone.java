package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * What a sound chain of seals says of a repository: which objects stand, and which were removed on
 * purpose and when. For whoever keeps a copy: only this may be missing there.
 *
 * @param head the newest seal
 * @param standing objects that stand, by kind and name, each with the time of its seal
 * @param removed objects that do not, each with the time of the seal of its removal
 * @param keysAt number of the newest seal that added or removed a key file; 0 for none
 */
public record SealedGone(
    SealHead head,
    Map<ObjectKind, Map<String, Instant>> standing,
    Map<ObjectKind, Map<String, Instant>> removed,
    long keysAt) {

  private static final String KEYS = "keys/";

  /** Whether a seal of a higher number lies in the directory beside a repository. */
  public static boolean isNewer(Path beside, long sequence) {
    return Files.exists(new SealFolder(beside).root().resolve(name(sequence + 1)));
  }

  private static String name(long sequence) {
    return SealFolder.name(sequence, ".json");
  }

  /**
   * Reads the chain of a repository.
   *
   * @param repository id in its configuration
   * @param trust whose signatures count; null to look at digests only
   * @param known a head kept elsewhere; null without one
   * @throws BackupException when anything is wrong with the chain, or it is an older one
   */
  public static SealedGone of(
      Target target,
      String repository,
      @Nullable SealTrust trust,
      @Nullable SealHead known,
      Instant now)
      throws IOException {
    SealFolder folder = SealFolder.of(target);
    SealChain chain = SealChain.read(folder, repository, trust, now);
    if (!chain.findings().isEmpty()) {
      SealFinding first = chain.findings().getFirst();
      throw new BackupException("the seals are broken: " + first.object() + " " + first.text());
    }
    if (chain.links().isEmpty()) {
      throw new BackupException("nothing is sealed yet");
    }
    if (known != null && !chain.knows(known)) {
      throw new BackupException("the newest seal that is known here is not in the chain");
    }
    return of(folder, chain);
  }

  private static SealedGone of(SealFolder folder, SealChain chain) throws IOException {
    Map<ObjectKind, Map<String, Instant>> standing = new EnumMap<>(ObjectKind.class);
    Map<ObjectKind, Map<String, Instant>> removed = new EnumMap<>(ObjectKind.class);
    long keysAt = 0;
    for (SealChain.Link link : chain.links()) {
      Seal seal = link.seal();
      NavigableMap<String, String> gone = list(folder, seal, ".removed.sha256");
      NavigableMap<String, String> fresh = list(folder, seal, ".packs.sha256");
      gone.keySet().stream()
          .filter(path -> !chain.set().containsKey(path))
          .forEach(path -> put(removed, path, seal.time()));
      fresh.keySet().stream()
          .filter(chain.set()::containsKey)
          .forEach(path -> put(standing, path, seal.time()));
      boolean added =
          seal.kind() != SealKind.BACKUP
              && fresh.keySet().stream().anyMatch(path -> path.startsWith(KEYS));
      if (added || gone.keySet().stream().anyMatch(path -> path.startsWith(KEYS))) {
        keysAt = seal.sequence();
      }
    }
    return new SealedGone(chain.head(), standing, removed, keysAt);
  }

  /** The chain has compared its digest. */
  private static NavigableMap<String, String> list(SealFolder folder, Seal seal, String ending)
      throws IOException {
    byte[] bytes = folder.read(SealFolder.name(seal.sequence(), ending));
    return ObjectLists.parse(bytes == null ? new byte[0] : bytes);
  }

  private static void put(Map<ObjectKind, Map<String, Instant>> all, String path, Instant at) {
    ObjectKind kind = kind(path);
    if (kind != null) {
      all.computeIfAbsent(kind, k -> new TreeMap<>()).put(name(path), at);
    }
  }

  private static @Nullable ObjectKind kind(String path) {
    for (ObjectKind kind : ObjectKind.values()) {
      if (kind != ObjectKind.CONFIG && path.startsWith(kind.directory() + "/")) {
        return kind;
      }
    }
    return null;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
