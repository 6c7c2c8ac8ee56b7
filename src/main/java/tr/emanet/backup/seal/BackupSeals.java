package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.restic.CheckRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.crypto.stamp.TimeStamper;

/**
 * Seals repositories and checks them against their seals. A run asks for a {@link #mark} first,
 * writes, and has itself sealed when its snapshot is durable. Any thread; two seals of one
 * repository at a time wait for each other, also between processes.
 */
public final class BackupSeals {

  private static final String SNAPSHOTS = "snapshots/";

  private final MachineSeal signer;
  private final InstantSource clock;
  private final SealDays days;

  /**
   * @param zone whose days the daily files have
   * @param stamper stamps the daily files; null when there is no authority, which is then said
   */
  public BackupSeals(
      MachineSeal signer, InstantSource clock, ZoneId zone, @Nullable TimeStamper stamper) {
    this.signer = signer;
    this.clock = clock;
    this.days = new SealDays(clock, zone, stamper);
  }

  /** How the repository stands now, before a run that will be sealed. */
  public SealMark mark(Repository repository) throws IOException {
    SealChain chain = read(SealFolder.of(repository.target()), repository);
    if (chain.links().isEmpty()) {
      return new SealMark(snapshots(Stored.list(repository.target()).navigableKeySet()), Set.of());
    }
    TreeSet<String> foreign = new TreeSet<>(Stored.list(repository.target()).keySet());
    TreeSet<String> missing = new TreeSet<>(chain.set().keySet());
    missing.removeAll(foreign);
    foreign.removeAll(chain.set().keySet());
    return new SealMark(foreign, missing);
  }

  /**
   * Seals a snapshot that a run has just made, and what else the run has written.
   *
   * @param before the mark taken before the run
   */
  public SealOutcome sealBackup(Repository repository, SealMark before, BackupFacts facts)
      throws IOException {
    return seal(
        repository,
        (chain, stored) -> {
          String own = SNAPSHOTS + facts.snapshot();
          NavigableMap<String, Stored.Item> added = unsealed(chain, stored);
          own(repository, before, added, own, chain.links().isEmpty());
          return draft(repository, SealKind.BACKUP, facts, added, new TreeMap<>());
        });
  }

  /**
   * Seals what a prune or the removal of snapshots has changed.
   *
   * @param removals every snapshot removed on purpose; one that is gone without is an alarm
   */
  public SealOutcome sealPrune(
      Repository repository, SealMark before, String job, List<Removal> removals)
      throws IOException {
    return seal(
        repository,
        (chain, stored) -> {
          NavigableMap<String, Stored.Item> added = unsealed(chain, stored);
          own(repository, before, added, "", chain.links().isEmpty());
          NavigableMap<String, String> removed = gone(chain, stored);
          removed
              .keySet()
              .removeIf(path -> before.missing().contains(path) || unnamed(path, removals));
          SealDraft draft =
              draft(
                  repository,
                  SealKind.PRUNE,
                  new BackupFacts("", job, "", SnapshotState.COMPLETE, Map.of(), List.of()),
                  added,
                  removed);
          return draft.withRemovals(removals);
        });
  }

  /**
   * Seals a removal that was written down before it began, whether it came to its end or was cut at
   * any point: what was written in its place, and of what was named whatever is gone. What is gone
   * and was not named stays missing; snapshots and keys that came meanwhile stay foreign.
   */
  public SealOutcome sealPrune(Repository repository, PruneIntent intent) throws IOException {
    return seal(
        repository,
        (chain, stored) -> {
          if (chain.links().isEmpty()) {
            return null;
          }
          NavigableMap<String, Stored.Item> added = unsealed(chain, stored);
          added.values().removeIf(i -> i.kind() != ObjectKind.DATA && i.kind() != ObjectKind.INDEX);
          mustHold(repository, added);
          NavigableMap<String, String> removed = gone(chain, stored);
          removed.keySet().removeIf(path -> !intent.names(path));
          BackupFacts facts =
              new BackupFacts("", intent.job(), "", SnapshotState.COMPLETE, Map.of(), List.of());
          return draft(repository, SealKind.PRUNE, facts, added, removed)
              .withRemovals(
                  intent.removals().stream()
                      .filter(r -> removed.containsKey(SNAPSHOTS + r.snapshot()))
                      .toList());
        });
  }

  /**
   * Seals a snapshot whose run was cut before its seal, after a check of the repository and of
   * every byte that is not sealed yet.
   *
   * @param snapshot its id; the caller answers for that it is ours, others are {@link #adopt}ed
   * @throws BackupException when the check finds damage
   */
  public SealOutcome recover(Repository repository, String snapshot) throws IOException {
    mustBeSound(CheckRun.run(repository, false));
    return seal(
        repository,
        (chain, stored) -> {
          String own = SNAPSHOTS + snapshot;
          if (chain.set().containsKey(own)) {
            return null;
          }
          NavigableMap<String, Stored.Item> added = unsealed(chain, stored);
          added.keySet().removeIf(path -> other(path, own));
          mustHold(repository, added);
          BackupFacts facts =
              new BackupFacts(
                  snapshot, "", "", SnapshotState.INCOMPLETE, Map.of(), List.of("not known"));
          return draft(repository, SealKind.RECOVER, facts, added, new TreeMap<>());
        });
  }

  /**
   * Seals the repository as it is, whatever another tool has added or removed, after a check that
   * reads every byte.
   *
   * @param approval who has approved it, or the number of the approved request
   * @throws BackupException when the check finds damage
   */
  public SealOutcome adopt(Repository repository, String approval) throws IOException {
    if (approval.isBlank()) {
      throw new BackupException("changes by another tool are taken over only with an approval");
    }
    mustBeSound(CheckRun.run(repository, true));
    return seal(
        repository,
        (chain, stored) -> {
          NavigableMap<String, Stored.Item> added = unsealed(chain, stored);
          mustHold(repository, added);
          NavigableMap<String, String> removed = gone(chain, stored);
          BackupFacts facts =
              new BackupFacts("", "", "", SnapshotState.COMPLETE, Map.of(), List.of());
          List<Removal> removals =
              snapshots(removed.navigableKeySet()).stream()
                  .map(path -> path.substring(SNAPSHOTS.length()))
                  .map(id -> new Removal(id, "removed by another tool", List.of(approval)))
                  .toList();
          return draft(repository, SealKind.ADOPT, facts, added, removed)
              .withRemovals(removals)
              .withApproval(approval);
        });
  }

  /**
   * Seals keys that were added or removed on purpose; another that is in no seal stays foreign, and
   * one that is gone stays missing. Before the first seal there is nothing to do: it takes all.
   *
   * @param keys their ids, 64 hex digits
   * @param approval who has done it and why
   */
  public SealOutcome sealKeys(Repository repository, Set<String> keys, String approval)
      throws IOException {
    return seal(
        repository,
        (chain, stored) -> {
          if (chain.links().isEmpty()) {
            return null;
          }
          NavigableMap<String, Stored.Item> added = unsealed(chain, stored);
          added.values().removeIf(i -> i.kind() != ObjectKind.KEY || !keys.contains(i.name()));
          mustHold(repository, added);
          NavigableMap<String, String> removed = gone(chain, stored);
          removed.keySet().retainAll(keys.stream().map(key -> "keys/" + key).toList());
          BackupFacts facts =
              new BackupFacts("", "", "", SnapshotState.COMPLETE, Map.of(), List.of());
          return draft(repository, SealKind.ADOPT, facts, added, removed).withApproval(approval);
        });
  }

  /** Snapshots that are in no seal, by id. */
  public List<String> unsealedSnapshots(Repository repository) throws IOException {
    SealChain chain = read(SealFolder.of(repository.target()), repository);
    return snapshots(unsealed(chain, Stored.list(repository.target())).navigableKeySet()).stream()
        .map(path -> path.substring(SNAPSHOTS.length()))
        .toList();
  }

  /**
   * Checks the repository against its seals; no password is needed for that.
   *
   * @param readAll whether every stored byte is read and its digest compared
   * @param expected a head kept elsewhere; null without one
   */
  public SealReport verify(
      Repository repository, SealTrust trust, boolean readAll, @Nullable SealHead expected)
      throws IOException {
    return SealVerification.verify(
        repository.target(), repository.id(), trust, readAll, expected, clock.instant());
  }

  /** Closes the days that are over and has them stamped; returns what is not stamped and why. */
  public List<String> closeDays(Repository repository) throws IOException {
    SealFolder folder = SealFolder.of(repository.target());
    folder.prepare();
    try (FileChannel lock = folder.lock()) {
      return lock.isOpen() ? days.close(folder, read(folder, repository)) : List.of();
    }
  }

  /** What is to be sealed, judged under the lock; null for nothing. */
  private interface Drafting {
    @Nullable SealDraft draft(SealChain chain, NavigableMap<String, Stored.Item> stored)
        throws IOException;
  }

  private SealOutcome seal(Repository repository, Drafting drafting) throws IOException {
    SealFolder folder = SealFolder.of(repository.target());
    folder.prepare();
    try (FileChannel lock = folder.lock()) {
      if (!lock.isOpen()) {
        throw new IOException("the lock of the seals is gone");
      }
      SealChain chain = SealWriter.cleaned(folder, read(folder, repository), repository.id());
      List<SealFinding> broken = chain.findings();
      if (!broken.isEmpty()) {
        return new SealOutcome.Refused(broken);
      }
      SealDraft draft = drafting.draft(chain, Stored.list(repository.target()));
      if (draft == null || draft.isEmpty()) {
        return new SealOutcome.Nothing(chain.head());
      }
      List<String> stamps = days.close(folder, chain);
      SealHead head = new SealWriter(folder, signer, clock).write(chain, draft);
      return new SealOutcome.Sealed(head, draft.kind(), stamps);
    }
  }

  private SealChain read(SealFolder folder, Repository repository) throws IOException {
    return SealChain.read(folder, repository.id(), null, Instant.EPOCH);
  }

  private static SealDraft draft(
      Repository repository,
      SealKind kind,
      BackupFacts facts,
      NavigableMap<String, Stored.Item> items,
      NavigableMap<String, String> removed)
      throws IOException {
    NavigableMap<String, String> added = new TreeMap<>();
    items.forEach((path, item) -> added.put(path, item.digest()));
    Snapshot snapshot = null;
    if (!facts.snapshot().isEmpty()) {
      if (!added.containsKey(SNAPSHOTS + facts.snapshot())) {
        throw new BackupException("snapshot " + facts.snapshot() + " is not there or is sealed");
      }
      snapshot = Snapshot.find(repository, facts.snapshot());
    }
    return new SealDraft(repository.id(), kind, facts, snapshot, added, removed, List.of(), "");
  }

  /** What is stored and in no seal; names that restic never gives are left out. */
  private static NavigableMap<String, Stored.Item> unsealed(
      SealChain chain, NavigableMap<String, Stored.Item> stored) {
    NavigableMap<String, Stored.Item> found = new TreeMap<>(stored);
    found.values().removeIf(item -> !ObjectLists.isDigest(item.digest()));
    found.entrySet().removeIf(e -> e.getValue().digest().equals(chain.set().get(e.getKey())));
    return found;
  }

  private static NavigableMap<String, String> gone(
      SealChain chain, NavigableMap<String, Stored.Item> stored) {
    NavigableMap<String, String> found = new TreeMap<>(chain.set());
    found
        .entrySet()
        .removeIf(
            e -> {
              Stored.Item item = stored.get(e.getKey());
              return item != null && item.digest().equals(e.getValue());
            });
    return found;
  }

  /**
   * Leaves what is not the run's: keys are sealed by the first seal, and then only by name. Packs
   * and indexes that were there before it are what a cut run has left and this one goes on with:
   * they are read, and sealed when they hold.
   */
  private static void own(
      Repository repository,
      SealMark before,
      NavigableMap<String, Stored.Item> added,
      String snapshot,
      boolean first)
      throws IOException {
    added.keySet().removeIf(path -> other(path, snapshot));
    if (!first) {
      added.values().removeIf(i -> i.kind() == ObjectKind.KEY || i.kind() == ObjectKind.CONFIG);
    }
    NavigableMap<String, Stored.Item> left = new TreeMap<>(added);
    left.keySet().retainAll(before.foreign());
    for (Map.Entry<String, Stored.Item> entry : left.entrySet()) {
      switch (entry.getValue().kind()) {
        case DATA, INDEX -> Stored.mustHold(repository.target(), entry.getKey(), entry.getValue());
        case CONFIG, KEY, SNAPSHOT, LOCK -> added.remove(entry.getKey());
      }
    }
  }

  private static boolean other(String path, String own) {
    return path.startsWith(SNAPSHOTS) && !path.equals(own);
  }

  private static boolean unnamed(String path, List<Removal> removals) {
    return path.startsWith(SNAPSHOTS)
        && removals.stream().noneMatch(r -> path.equals(SNAPSHOTS + r.snapshot()));
  }

  private static Set<String> snapshots(Set<String> paths) {
    TreeSet<String> found = new TreeSet<>(paths);
    found.removeIf(path -> !path.startsWith(SNAPSHOTS));
    return found;
  }

  private static void mustHold(Repository repository, Map<String, Stored.Item> items)
      throws IOException {
    for (Map.Entry<String, Stored.Item> entry : items.entrySet()) {
      if (entry.getValue().kind() != ObjectKind.CONFIG) {
        Stored.mustHold(repository.target(), entry.getKey(), entry.getValue());
      }
    }
  }

  private static void mustBeSound(CheckRun.Report report) throws BackupException {
    if (!report.sound()) {
      Map<String, String> few = new HashMap<>();
      report.problems().stream().limit(3).forEach(p -> few.put(p.object(), p.what()));
      throw new BackupException("the repository is damaged and is not sealed: " + few);
    }
  }

  /** What is wrong with the chain itself; while there is anything nothing can be sealed. */
  public List<SealFinding> broken(Repository repository) throws IOException {
    return read(SealFolder.of(repository.target()), repository).findings();
  }

  /** Whether a seal that is known from elsewhere stands in the chain; one of number 0 does. */
  public boolean knows(Repository repository, SealHead head) throws IOException {
    return read(SealFolder.of(repository.target()), repository).knows(head);
  }

  /** For callers that keep it: the newest seal that is there. */
  public SealHead head(Repository repository) throws IOException {
    return read(SealFolder.of(repository.target()), repository).head();
  }
}
