package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.LocalTarget;

/** Who may do what at the same time, and what prune leaves. */
class LockAndPruneTest {

  @TempDir Path place;

  @Test
  void refusesWhatAForeignLockForbids() throws Exception {
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Instant now = Instant.now();
      try (RepositoryLock shared = RepositoryLock.take(repository, false, () -> now);
          RepositoryLock second = RepositoryLock.take(repository, false, () -> now)) {
        assertThatThrownBy(() -> RepositoryLock.take(repository, true, () -> now))
            .isInstanceOf(BackupException.class)
            .hasMessageContaining("process " + Fixture.ORIGIN.pid());
        Fixture.Run prune = Fixture.restic(store, "prune");
        assertThat(prune.code()).as(prune.out()).isNotZero();
        assertThat(prune.out()).contains("already locked");
        shared.held();
        second.held();
      }
      try (RepositoryLock alone = RepositoryLock.take(repository, true, () -> now)) {
        assertThatThrownBy(() -> RepositoryLock.take(repository, false, () -> now))
            .hasMessageContaining("exclusive");
        alone.held();
      }
      assertThat(RepositoryLock.all(repository)).isEmpty();
    }
  }

  @Test
  void passesOverLocksOfTheDeadAndTheSilent() {
    Instant now = Fixture.NOW;
    Instant old = now.minus(Duration.ofMinutes(31));
    Origin here = Fixture.ORIGIN;

    assertThat(RepositoryLock.stale(seen(now, "elsewhere", 1), here, now)).isFalse();
    assertThat(RepositoryLock.stale(seen(old, "elsewhere", 1), here, now)).isTrue();
    assertThat(RepositoryLock.stale(seen(now, here.host(), here.pid()), here, now)).isFalse();
    assertThat(RepositoryLock.stale(seen(now, here.host(), 1L << 40), here, now)).isTrue();
  }

  private static RepositoryLock.Seen seen(Instant time, String host, long pid) {
    return new RepositoryLock.Seen("0".repeat(64), time, true, host, "root", pid);
  }

  @Test
  void removesTheLockOfADeadProcessAndNamesTheRemedyForASilentOne() throws IOException {
    Path store = place.resolve("repository");
    Instant now = Instant.now();
    Origin dead = new Origin(Fixture.ORIGIN.host(), "root", 1L << 40, 0, 0);
    Origin away = new Origin("uzak", "yedek", 4711, 0, 0);
    Fixture.init(store).close();
    try (Repository repository = Fixture.open(store);
        Repository killed = open(store, dead);
        Repository silent = open(store, away);
        Repository other = open(store, new Origin("uzak2", "yedek", 4712, 0, 0));
        RepositoryLock first = RepositoryLock.take(killed, true, () -> now, 0)) {
      RepositoryLock.take(repository, true, () -> now, 0).close();
      assertThat(RepositoryLock.all(repository)).isEmpty();
      assertThatThrownBy(first::held).hasMessageContaining("is gone");

      RepositoryLock second = RepositoryLock.take(silent, false, () -> now, 0);
      Instant later = now.plus(Duration.ofMinutes(40));
      assertThatThrownBy(() -> RepositoryLock.take(repository, true, () -> later, 0))
          .hasMessageContainingAll("4711", "uzak", "40 minutes", "emanet repo unlock");
      RepositoryLock third = RepositoryLock.take(other, false, () -> later, 0);
      List<String> heard = new ArrayList<>();
      UnlockRun.Result result =
          UnlockRun.stale(repository, () -> later, (name, what) -> heard.add(what));

      assertThat(result.removed()).hasSize(1).isEqualTo(heard);
      assertThat(result.kept()).hasSize(1);
      assertThatThrownBy(second::held).hasMessageContaining("is gone");
      third.held();
      String live = RepositoryLock.all(repository).getFirst().name();
      assertThatThrownBy(
              () -> UnlockRun.named(repository, live, false, () -> later, (name, what) -> {}))
          .hasMessageContaining("is live");
      UnlockRun.named(repository, live, true, () -> later, (name, what) -> {});
      assertThat(RepositoryLock.all(repository)).isEmpty();
      second.close();
      third.close();
    }
  }

  private static Repository open(Path store, Origin origin) throws IOException {
    return Repository.open(new LocalTarget(store), Fixture.PASSWORD, Fixture.RANDOM, origin);
  }

  @Test
  void isNotTrustedWhenItWasNotRefreshedAndNotMadeYoungWhenItMayBeLost() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Fixture.NOW);
    try (Repository repository = Fixture.init(place.resolve("repository"));
        RepositoryLock lock = RepositoryLock.take(repository, true, now::get, 0)) {
      now.set(Fixture.NOW.plus(Duration.ofMinutes(14)));
      lock.held();
      now.set(Fixture.NOW.plus(Duration.ofMinutes(15)));
      assertThatThrownBy(lock::held).hasMessageContaining("15 minutes old");
      lock.refresh();
      lock.held();
      now.set(now.get().plus(Duration.ofMinutes(26)));
      lock.refresh();
      assertThatThrownBy(lock::held).hasMessageContaining("26 minutes old");
    }
  }

  @Test
  void takesAwayWhatACutWriteLeft() throws IOException {
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      String name = "0".repeat(64) + ".tmp";
      Path ours = Files.writeString(store.resolve("data/00").resolve(name), "half");
      Path index = Files.writeString(store.resolve("index").resolve(name), "half");
      Path foreign = Files.writeString(store.resolve("data/00/notes.tmp"), "not ours");

      RepositoryLock.take(repository, false, Instant::now, 0).close();
      assertThat(ours).exists();
      RepositoryLock.take(repository, true, Instant::now, 0).close();

      assertThat(ours).doesNotExist();
      assertThat(index).doesNotExist();
      assertThat(foreign).exists();
      assertThat(Files.getPosixFilePermissions(store.resolve("config")))
          .isEqualTo(PosixFilePermissions.fromString("r--------"));
      assertThat(Files.getPosixFilePermissions(store.resolve("data/00")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void stopsWhenItsLockHasGone() throws IOException {
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store);
        RepositoryLock lock = RepositoryLock.take(repository, true, () -> Fixture.NOW)) {
      for (RepositoryLock.Seen seen : RepositoryLock.all(repository)) {
        Files.delete(store.resolve("locks").resolve(seen.name()));
      }

      assertThatThrownBy(() -> PruneRun.run(repository, lock)).hasMessageContaining("our lock");
    }
  }

  @Test
  void prunesWhatNoSnapshotUsesAndRestoresTheRest() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Files.write(source.resolve("goes"), Fixture.random(2_000_000, 1));
    Files.write(source.resolve("stays"), Fixture.random(700_000, 2));
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
      Files.delete(source.resolve("goes"));
      Fixture.backup(repository, source);
      PruneRun.Result result;
      try (RepositoryLock lock = RepositoryLock.take(repository, true, () -> Fixture.NOW)) {
        Snapshot.forget(repository, Snapshot.all(repository).getFirst(), lock);
        result = PruneRun.run(repository, lock);
      }

      CheckRun.Report report = CheckRun.run(repository, true);
      Fixture.restore(repository, place.resolve("out"));

      assertThat(result.rewrittenPacks()).isPositive();
      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).isEmpty();
      assertThat(report.bytesRead()).isLessThan(1_000_000);
    }
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
    assertThat(Fixture.restic(store, "check", "--read-data").out())
        .contains("no errors were found");
  }

  @Test
  void restoresALinkToBytesThatAreNoText() throws IOException {
    byte[] raw = {'l', (byte) 0xfd, '/', (byte) 0xff};
    Path source = Files.createDirectory(place.resolve("source"));
    Files.createSymbolicLink(source.resolve("raw"), FileNames.path(raw));
    try (Repository repository = Fixture.init(place.resolve("repository"))) {
      Fixture.backup(repository, source);
      Fixture.restore(repository, place.resolve("out"));
    }

    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    Map<String, String> facts = Fixture.facts(back);
    assertThat(facts).isEqualTo(Fixture.facts(source));
  }

  @Test
  void refusesNamesThatLeadOutOfThePlace() {
    for (String name : new String[] {"..", ".", "", "a/b", "a\\u0000", "/etc"}) {
      String json =
          "{\"nodes\":[{\"name\":\""
              + name.replace("\\", "\\\\")
              + "\",\"type\":\"file\",\"content\":[]}]}";
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

      assertThatThrownBy(() -> TreeReader.decode(bytes, Id.of(bytes, 0, bytes.length)))
          .as(name)
          .isInstanceOf(BackupException.class);
    }
  }
}
