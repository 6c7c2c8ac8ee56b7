package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * What a sound chain of seals says of a repository: which objects stand, and which were removed on
 * purpose and when. For whoever keeps a copy: only this may be missing there.
 *
 * @param head the newest seal
 * @param standing names of the objects that stand, by kind
 * @param removed objects that do not, each with the time of the seal of its removal
 * @param keysAt number of the newest seal that added or removed a key file; 0 for none
 */
public record SealedGone(
    SealHead head,
    Map<ObjectKind, Set<String>> standing,
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
    boolean stands =
        known == null
            || known.sequence() == 0
            || chain.links().stream()
                .anyMatch(
                    link ->
                        link.seal().sequence() == known.sequence()
                            && link.digest().equals(known.digest()));
    if (!stands) {
      throw new BackupException("the newest seal that is known here is not in the chain");
    }
    return of(folder, chain);
  }

  private static SealedGone of(SealFolder folder, SealChain chain) throws IOException {
    Map<ObjectKind, Set<String>> standing = new EnumMap<>(ObjectKind.class);
    chain.set().keySet().forEach(path -> names(standing, path).add(name(path)));
    Map<ObjectKind, Map<String, Instant>> removed = new EnumMap<>(ObjectKind.class);
    long keysAt = 0;
    for (SealChain.Link link : chain.links()) {
      Seal seal = link.seal();
      NavigableMap<String, String> gone = list(folder, seal, ".removed.sha256");
      for (String path : gone.keySet()) {
        ObjectKind kind = kind(path);
        if (kind != null && !chain.set().containsKey(path)) {
          removed.computeIfAbsent(kind, k -> new TreeMap<>()).put(name(path), seal.time());
        }
      }
      boolean added =
          seal.kind() != SealKind.BACKUP
              && list(folder, seal, ".packs.sha256").keySet().stream()
                  .anyMatch(path -> path.startsWith(KEYS));
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

  private static Set<String> names(Map<ObjectKind, Set<String>> all, String path) {
    ObjectKind kind = kind(path);
    return kind == null ? new TreeSet<>() : all.computeIfAbsent(kind, k -> new TreeSet<>());
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
