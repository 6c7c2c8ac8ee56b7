package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.PruneRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.crypto.stamp.BuiltInTsa;

/** A repository with a source, a machine seal, an authority and a clock that tests turn. */
final class SealedRepository implements AutoCloseable {

  static final byte[] PASSWORD = "gizli".getBytes(StandardCharsets.UTF_8);
  static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");
  private static final Origin ORIGIN =
      new Origin("sunucu", "root", ProcessHandle.current().pid(), 0, 0);

  final Path directory;
  final Path source;
  final Repository repository;
  final SealKey key;
  final BuiltInTsa authority;
  final BackupSeals seals;
  final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T10:00:00.123Z"));
  private final SecureRandom random = new SecureRandom();
  private int written;

  SealedRepository(Path root) throws Exception {
    directory = root.resolve("repository");
    source = Files.createDirectories(root.resolve("source"));
    repository = Repository.init(new LocalTarget(directory), PASSWORD, random, ORIGIN, now.get());
    key = SealKey.openOrCreate(root.resolve("keys"), "sunucu", random, now::get);
    authority = BuiltInTsa.create(random, now::get);
    seals = new BackupSeals(key, now::get, ISTANBUL, authority);
  }

  /** A new file in the source, then a snapshot; nothing is sealed. */
  String snapshot() throws IOException {
    now.updateAndGet(time -> time.plusSeconds(60));
    byte[] bytes = new byte[30_000];
    new Random(++written).nextBytes(bytes);
    Files.write(source.resolve("şube " + written), bytes);
    try (RepositoryLock lock = RepositoryLock.take(repository, false, now::get)) {
      return BackupRun.run(repository, List.of(source), now.get(), lock).snapshot().hex();
    }
  }

  BackupFacts facts(String snapshot) {
    return new BackupFacts(
        snapshot, "İmar", "", SnapshotState.COMPLETE, Map.of("entries", 2L), List.of());
  }

  SealOutcome backup() throws IOException {
    SealMark mark = seals.mark(repository);
    return seals.sealBackup(repository, mark, facts(snapshot()));
  }

  /** Removes the oldest snapshot and what only it used. */
  SealOutcome prune(boolean named) throws IOException {
    SealMark mark = seals.mark(repository);
    Snapshot oldest = Snapshot.all(repository).getFirst();
    try (RepositoryLock lock = RepositoryLock.take(repository, true, now::get)) {
      Snapshot.forget(repository, oldest, lock);
      PruneRun.run(repository, lock);
    }
    List<Removal> removals =
        named
            ? List.of(new Removal(oldest.id().hex(), "rule 30 days", List.of("ayse", "veli")))
            : List.of();
    return seals.sealPrune(repository, mark, "İmar", removals);
  }

  void nextDay() {
    now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
  }

  SealTrust trust() {
    return new SealTrust(key.certificates(), List.of(authority.certificate()));
  }

  SealReport verify(boolean readAll) throws IOException {
    return seals.verify(repository, trust(), readAll, null);
  }

  /** Three days: two backups, a backup and a prune, a backup. */
  void threeDays() throws IOException {
    backup();
    backup();
    nextDay();
    backup();
    prune(true);
    nextDay();
    backup();
  }

  @Override
  public void close() {
    repository.close();
    key.close();
  }
}
