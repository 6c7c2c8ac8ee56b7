package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restore.RestoreReport;

/** What we write restic reads, and the other way round. */
class StockResticTest {

  @TempDir Path place;

  @Test
  void readsChecksAndRestoresWhatWeWrote() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    BackupRun.Result result;
    try (Repository repository = Fixture.init(store)) {
      result = Fixture.backup(repository, source);
    }

    Fixture.Run check = Fixture.restic(store, "check", "--read-data");
    Fixture.Run list = Fixture.restic(store, "ls", "latest");
    Fixture.Run restored =
        Fixture.restic(store, "restore", "latest", "--target", place.resolve("out").toString());

    assertThat(result.unread()).isEmpty();
    assertThat(check.out()).contains("no errors were found");
    assertThat(list.out()).contains("şğıİöçü.txt").contains("Imar Plani");
    assertThat(restored.code()).as(restored.out()).isZero();
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }

  /** As rustic leaves them: it makes directories when it needs them. */
  @Test
  void writesWhereAToolMadeNoDirectoriesYet() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Files.write(source.resolve("belge"), Fixture.random(50_000, 9));
    Path store = place.resolve("repository");
    Fixture.init(store).close();
    try (Stream<Path> all = Files.list(store.resolve("data"))) {
      for (Path each : all.toList()) {
        Files.delete(each);
      }
    }
    for (String kind : List.of("data", "locks", "index", "snapshots")) {
      Files.delete(store.resolve(kind));
    }

    try (Repository repository = Fixture.open(store)) {
      Fixture.backup(repository, source);

      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    }
  }

  @Test
  void findsNothingNewInWhatWeWrote() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
    }

    Fixture.Run again = Fixture.restic(store, "backup", "-vv", "--force", source.toString());

    assertThat(again.out()).containsPattern("Data Blobs:\\s+0 new");
  }

  @Test
  void writesWhatWeReadCheckAndRestore() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    Fixture.restic(store, "init", "--repository-version", "2");
    Fixture.Run backup = Fixture.restic(store, "backup", source.toString());
    assertThat(backup.code()).as(backup.out()).isZero();

    try (Repository repository = Fixture.open(store)) {
      CheckRun.Report report = CheckRun.run(repository, true);
      RestoreReport restored = Fixture.restore(repository, place.resolve("out"));
      BackupRun.Result again = Fixture.backup(repository, source);

      assertThat(report.problems()).isEmpty();
      assertThat(restored.problems()).isEmpty();
      assertThat(again.counts().newBytes()).isLessThan(100_000);
    }
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }

  @Test
  void findsForgetsAndPrunesInWhatWeWrote() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Files.write(source.resolve("goes"), Fixture.random(2_000_000, 5));
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
      Files.delete(source.resolve("goes"));
      Fixture.backup(repository, source);

      Fixture.Run find = Fixture.restic(store, "find", "goes", "şğı*");
      Fixture.Run prune = Fixture.restic(store, "forget", "--keep-last", "1", "--prune");

      assertThat(find.out()).contains("/goes").contains("şğıİöçü.txt");
      assertThat(prune.code()).as(prune.out()).isZero();
      CheckRun.Report report = CheckRun.run(repository, true);
      assertThat(report.problems()).isEmpty();
      assertThat(report.snapshots()).isEqualTo(1);
      assertThat(Fixture.restore(repository, place.resolve("out")).problems()).isEmpty();
    }
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }

  @Test
  void restoresWhatWePrunedAndAddedTo() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Files.write(source.resolve("goes"), Fixture.random(2_000_000, 6));
    Path store = place.resolve("repository");
    Fixture.restic(store, "init", "--repository-version", "2");
    Fixture.restic(store, "backup", source.toString());
    Files.delete(source.resolve("goes"));
    Files.write(source.resolve("comes"), Fixture.random(300_000, 7));
    Fixture.restic(store, "backup", source.toString());
    Fixture.Run forget = Fixture.restic(store, "forget", "--keep-last", "1");
    assertThat(forget.code()).as(forget.out()).isZero();
    PruneRun.Result pruned;
    try (Repository repository = Fixture.open(store)) {
      PruneMark mark;
      try (RepositoryLock lock = RepositoryLock.take(repository, false, () -> Fixture.NOW)) {
        mark = PruneRun.mark(repository, lock, Fixture.NOW);
      }
      Fixture.backup(repository, source);
      try (RepositoryLock lock = RepositoryLock.take(repository, true, () -> Fixture.NOW)) {
        pruned =
            PruneRun.sweep(
                repository, lock, mark, Fixture.NOW, java.time.Duration.ZERO, planned -> {});
      }
    }

    Fixture.Run check = Fixture.restic(store, "check", "--read-data");
    String out = place.resolve("out").toString();
    Fixture.Run restored = Fixture.restic(store, "restore", "latest", "--target", out);

    assertThat(pruned.removedBytes()).isGreaterThan(1_900_000);
    assertThat(check.out()).contains("no errors were found");
    assertThat(restored.code()).as(restored.out()).isZero();
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }

  @Test
  void isRefusedToPruneWhileOurBackupRuns() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Files.write(source.resolve("file"), Fixture.random(100_000, 8));
    Path store = place.resolve("repository");
    Fixture.init(store).close();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Target slow = new SlowPacks(new LocalTarget(store), writing, go);
    try (Repository repository =
            Repository.open(slow, Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN);
        RepositoryLock lock = RepositoryLock.take(repository, false, Instant::now);
        ExecutorService runner = Executors.newSingleThreadExecutor()) {
      Future<BackupRun.Result> running =
          runner.submit(() -> BackupRun.run(repository, List.of(source), Instant.now(), lock));
      assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();

      Fixture.Run prune = Fixture.restic(store, "prune");
      go.countDown();

      assertThat(prune.code()).as(prune.out()).isNotZero();
      assertThat(prune.out())
          .contains("already locked")
          .contains(String.valueOf(Fixture.ORIGIN.pid()));
      assertThat(running.get(60, TimeUnit.SECONDS).unread()).isEmpty();
    }
    assertThat(Fixture.restic(store, "check", "--read-data").out())
        .contains("no errors were found");
  }

  /** Keeps the first pack waiting. */
  private record SlowPacks(Target target, CountDownLatch writing, CountDownLatch go)
      implements Target {

    @Override
    public void prepare() throws IOException {
      target.prepare();
    }

    @Override
    public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
        throws IOException {
      if (kind == ObjectKind.DATA) {
        writing.countDown();
        try {
          assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
      }
      target.write(kind, name, bytes, offset, length);
    }

    @Override
    public byte[] read(ObjectKind kind, String name, int max) throws IOException {
      return target.read(kind, name, max);
    }

    @Override
    public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
        throws IOException {
      target.readAt(kind, name, position, into, length);
    }

    @Override
    public List<Entry> list(ObjectKind kind) throws IOException {
      return target.list(kind);
    }

    @Override
    public void remove(ObjectKind kind, String name) throws IOException {
      target.remove(kind, name);
    }

    @Override
    public String describe() {
      return target.describe();
    }
  }
}
