package tr.emanet.backup.place;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.seal.SealedGone;

/**
 * Takes out of a copy what the seals of its repository say was removed on purpose: key files at
 * once, since a withdrawn password would open the copy for ever; snapshots, indexes and packs when
 * their removal is older than a grace.
 *
 * <p>First it looks that the copy holds all that stands: every key, index and snapshot is read back
 * and every pack is there. Then it goes in the order of deleting, under an exclusive lock of the
 * copy. What an object lock holds is left until that ends. One use; not for several threads.
 */
final class CopyFollow {

  /** So long stays in a copy what was removed here: time to notice that it was a mistake. */
  static final Duration GRACE = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(CopyFollow.class);
  private static final List<ObjectKind> ORDER =
      List.of(ObjectKind.KEY, ObjectKind.SNAPSHOT, ObjectKind.INDEX, ObjectKind.DATA);

  private final Target copy;
  private final Opening opening;
  private final SealedGone gone;
  private final InstantSource clock;
  private final List<String> keys = new ArrayList<>();
  private long removed;
  private long freed;
  private long locked;

  /**
   * What it did.
   *
   * @param removed objects, {@code keys} those of them that are key files
   * @param freed their bytes
   * @param locked objects that are left until their lock ends
   */
  record Result(long removed, long freed, long locked, List<String> keys) {

    /** Nothing. */
    static final Result NONE = new Result(0, 0, 0, List.of());
  }

  /** Opens the copy, which needs the password. */
  @FunctionalInterface
  interface Opening {
    Repository open() throws IOException;
  }

  CopyFollow(Target copy, Opening opening, SealedGone gone, InstantSource clock) {
    this.copy = copy;
    this.opening = opening;
    this.gone = gone;
    this.clock = clock;
  }

  /**
   * Removes.
   *
   * @param whole also what are no key files
   * @throws BackupException when the copy does not hold what stands; nothing is removed then
   */
  Result run(boolean whole) throws IOException {
    Map<ObjectKind, List<Target.Entry>> due = new HashMap<>();
    for (ObjectKind kind : whole ? ORDER : List.of(ObjectKind.KEY)) {
      due.put(kind, due(kind));
    }
    if (due.values().stream().allMatch(List::isEmpty)) {
      return Result.NONE;
    }
    mustHold(whole);
    try (Repository opened = opening.open();
        RepositoryLock lock = RepositoryLock.take(opened, true, clock)) {
      for (ObjectKind kind : ORDER) {
        for (Target.Entry entry : due.getOrDefault(kind, List.of())) {
          remove(kind, entry, lock);
        }
      }
    }
    return new Result(removed, freed, locked, List.copyOf(keys));
  }

  private List<Target.Entry> due(ObjectKind kind) throws IOException {
    Map<String, Instant> away = gone.removed().getOrDefault(kind, Map.of());
    if (away.isEmpty()) {
      return List.of();
    }
    Instant before = clock.instant().minus(kind == ObjectKind.KEY ? Duration.ZERO : GRACE);
    return copy.list(kind).stream()
        .filter(entry -> away.containsKey(entry.name()))
        .filter(entry -> !away.getOrDefault(entry.name(), Instant.MAX).isAfter(before))
        .toList();
  }

  /** The copy stands on its own before anything goes. */
  private void mustHold(boolean whole) throws IOException {
    for (ObjectKind kind : whole ? ORDER : List.of(ObjectKind.KEY)) {
      Map<String, Long> there = new HashMap<>();
      copy.list(kind).forEach(entry -> there.put(entry.name(), entry.size()));
      Set<String> standing = gone.standing().getOrDefault(kind, Map.of()).keySet();
      for (String name : standing) {
        Long size = there.get(name);
        CopyReader.Item item = new CopyReader.Item(kind, name, size == null ? 0 : size);
        if (size == null
            || (kind != ObjectKind.DATA && !CopyReader.trouble(copy, item).isEmpty())) {
          throw new BackupException("the copy does not hold " + item.label() + " soundly");
        }
      }
      if (kind == ObjectKind.KEY && standing.isEmpty()) {
        throw new BackupException("no key file of the repository stands in its seals");
      }
    }
  }

  private void remove(ObjectKind kind, Target.Entry entry, RepositoryLock lock) throws IOException {
    Instant until = copy.lockedUntil(kind, entry.name());
    if (until != null && until.isAfter(clock.instant())) {
      locked++;
      return;
    }
    lock.held();
    copy.erase(kind, entry.name());
    removed++;
    freed += entry.size();
    if (kind == ObjectKind.KEY) {
      keys.add(entry.name());
    }
    LOG.atInfo()
        .addKeyValue("copy", copy.describe())
        .addKeyValue("kind", kind)
        .addKeyValue("object", entry.name())
        .log("A copy follows a sealed removal");
  }
}
