package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;

/** A mark beside others' work, a sweep later that spares what they use; stock restic included. */
class TwoPhasePruneTest {

  @TempDir Path place;
  private Path source = Path.of("");
  private Path store = Path.of("");

  @BeforeEach
  void makesASource() throws IOException {
    store = place.resolve("repository");
    source = Files.createDirectory(place.resolve("source"));
    Files.write(source.resolve("goes"), Fixture.random(900_000, 1));
    Files.write(source.resolve("stays"), Fixture.random(300_000, 2));
  }

  /** Two snapshots, the first of which is forgotten: "goes" is unused. */
  private void unusedBlobs(Repository repository) throws IOException {
    Fixture.backup(repository, source);
    Files.move(source.resolve("goes"), place.resolve("goes"));
    Fixture.backup(repository, source);
    try (RepositoryLock lock = RepositoryLock.take(repository, true, () -> Fixture.NOW, 0)) {
      Snapshot.forget(repository, Snapshot.all(repository).getFirst(), lock);
    }
  }

  private static PruneMark mark(Repository repository) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, false, Instant::now, 0)) {
      PruneMark found = PruneRun.mark(repository, lock, Fixture.NOW);
      return PruneMark.decode(repository, found.encode(repository));
    }
  }

  private static PruneRun.Result sweep(Repository repository, PruneMark mark) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, Instant::now, 0)) {
      Instant later = Fixture.NOW.plus(PruneRun.GRACE);
      return PruneRun.sweep(repository, lock, mark, later, PruneRun.GRACE, planned -> {});
    }
  }

  @Test
  void sweepsWhatTheMarkFoundAndReportsWhatGoesBeforeItGoes() throws Exception {
    try (Repository repository = Fixture.init(store)) {
      unusedBlobs(repository);
      PruneMark mark = mark(repository);
      var before = repository.names(ObjectKind.DATA);
      List<PruneRun.Result> heard = new ArrayList<>();

      PruneRun.Result result;
      try (RepositoryLock lock = RepositoryLock.take(repository, true, Instant::now, 0)) {
        result =
            PruneRun.sweep(
                repository,
                lock,
                mark,
                Fixture.NOW,
                Duration.ZERO,
                planned -> {
                  heard.add(planned);
                  assertThat(repository.names(ObjectKind.DATA)).containsAll(before);
                });
      }

      assertThat(mark.unused()).isPositive();
      assertThat(heard).containsExactly(result);
      assertThat(result.removedPacks()).isNotEmpty();
      assertThat(result.newPacks()).isNotEmpty();
      List<String> expected = new ArrayList<>(before);
      result.removedPacks().forEach(pack -> expected.remove(pack.hex()));
      result.newPacks().forEach(pack -> expected.add(pack.hex()));
      assertThat(repository.names(ObjectKind.DATA)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(repository.names(ObjectKind.INDEX))
          .containsAll(result.newIndexes().stream().map(Id::hex).toList());
      CheckRun.Report report = CheckRun.run(repository, true);
      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).isEmpty();
      assertThat(report.bytesRead()).isLessThan(400_000);
    }
  }

  @Test
  void sparesWhatABackupAfterTheMarkUsesAgain() throws IOException {
    try (Repository repository = Fixture.init(store)) {
      unusedBlobs(repository);
      PruneMark mark = mark(repository);
      Files.move(place.resolve("goes"), source.resolve("goes"));
      BackupRun.Result again = Fixture.backup(repository, source);

      PruneRun.Result swept = sweep(repository, mark);

      assertThat(again.counts().newBytes()).isLessThan(100_000);
      assertThat(swept.removedBytes()).isLessThan(100_000);
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    }
  }

  @Test
  void sparesWhatABackupUsesAgainWhosePacksWereInNoIndexYetAtTheMark() throws IOException {
    try (Repository repository = Fixture.init(store)) {
      unusedBlobs(repository);
      Set<String> indexes = repository.names(ObjectKind.INDEX);
      Set<String> snapshots = repository.names(ObjectKind.SNAPSHOT);
      Files.move(place.resolve("goes"), source.resolve("goes"));
      Fixture.backup(repository, source);
      // Between its packs and its index: so the mark sees a backup that runs beside it.
      List<Path> later = new ArrayList<>(fresh("index", indexes));
      later.addAll(fresh("snapshots", snapshots));
      Path aside = Files.createDirectory(place.resolve("aside"));
      for (Path file : later) {
        Files.move(file, aside.resolve(file.getFileName()));
      }
      PruneMark mark;
      try (Repository other = Fixture.open(store)) {
        mark = mark(other);
      }
      for (Path file : later) {
        Files.move(aside.resolve(file.getFileName()), file);
      }

      sweep(repository, mark);

      assertThat(later).hasSize(2);
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    }
  }

  private List<Path> fresh(String kind, Set<String> before) throws IOException {
    try (Stream<Path> all = Files.list(store.resolve(kind))) {
      return all.filter(file -> !before.contains(file.getFileName().toString())).toList();
    }
  }

  @Test
  void refusesAMarkThatIsYoungDamagedOrOfAnotherRepository() throws IOException {
    try (Repository repository = Fixture.init(store);
        Repository other = Fixture.init(place.resolve("other"))) {
      unusedBlobs(repository);
      byte[] mark = mark(repository).encode(repository);
      byte[] flipped = mark.clone();
      flipped[40] ^= 1;

      assertThatThrownBy(() -> PruneMark.decode(repository, flipped))
          .isInstanceOf(BackupException.class);
      assertThatThrownBy(() -> PruneMark.decode(other, mark)).isInstanceOf(BackupException.class);
      PruneMark good = PruneMark.decode(repository, mark);
      try (RepositoryLock lock = RepositoryLock.take(repository, true, Instant::now, 0)) {
        Instant early = Fixture.NOW.plus(Duration.ofHours(23));
        assertThatThrownBy(
                () -> PruneRun.sweep(repository, lock, good, early, PruneRun.GRACE, planned -> {}))
            .hasMessageContaining("sweep after 2026-11-23");
      }
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    }
  }

  @Test
  void marksWaitsAndSweepsCallByCall() throws IOException {
    Path file = place.resolve("mark");
    try (Repository repository = Fixture.init(store)) {
      unusedBlobs(repository);
      Instant start = Instant.now();
      Instant ripe = start.plus(PruneRun.GRACE);

      PruneCycle.Step first = step(repository, file, start);
      PruneCycle.Step second = step(repository, file, ripe.minusSeconds(1));
      Files.write(file, new byte[100]);
      PruneCycle.Step third = step(repository, file, start);
      PruneCycle.Step fourth = step(repository, file, ripe);

      assertThat(first).isInstanceOf(PruneCycle.Marked.class).isEqualTo(third);
      assertThat(second).isEqualTo(new PruneCycle.Waiting(ripe));
      assertThat(fourth).isInstanceOf(PruneCycle.Swept.class);
      assertThat(file).doesNotExist();
      CheckRun.Report report = CheckRun.run(repository, true);
      assertThat(report.problems()).isEmpty();
      assertThat(report.bytesRead()).isLessThan(400_000);
    }
  }

  private static PruneCycle.Step step(Repository repository, Path file, Instant now)
      throws IOException {
    return PruneCycle.step(repository, file, () -> now, PruneRun.GRACE, planned -> {});
  }

  @Test
  void deletesNothingWhenAPackThatIsUsedWasDamagedAfterTheMark() throws IOException {
    try (Repository repository = Fixture.init(store)) {
      unusedBlobs(repository);
      PruneMark mark = mark(repository);
      Snapshot snapshot = Snapshot.find(repository, "latest");
      Id pack;
      try (Workbench bench = repository.workbench()) {
        BlobIndex.Place tree = repository.loadIndex(bench).find(snapshot.tree(), BlobType.TREE);
        pack = tree == null ? snapshot.tree() : tree.pack();
      }
      byte[] bytes = repository.target().read(ObjectKind.DATA, pack.hex(), Pack.MAX);
      repository.target().write(ObjectKind.DATA, pack.hex(), bytes, 0, bytes.length - 1);
      var before = repository.names(ObjectKind.DATA);

      assertThatThrownBy(() -> sweep(repository, mark)).hasMessageContaining("nothing is deleted");

      assertThat(repository.names(ObjectKind.DATA)).isEqualTo(before);
    }
  }

  @Test
  void aStockBackupAcrossTheMarkKeepsItsPacksAndWhatItReused() throws Exception {
    byte[] fresh = Fixture.random(700_000, 7);
    try (Repository repository = Fixture.init(store)) {
      unusedBlobs(repository);
      byte[] reused = Files.readAllBytes(place.resolve("goes"));
      int packs = repository.names(ObjectKind.DATA).size();
      try (Stock stock = new Stock(store, place)) {
        Awaitility.await().until(() -> !repository.names(ObjectKind.LOCK).isEmpty());
        // More than a pack: some of it is in the repository before our mark, in no index.
        byte[] many = Fixture.random(20 << 20, 8);
        stock.write(many);
        Awaitility.await().until(() -> repository.names(ObjectKind.DATA).size() > packs);
        PruneMark mark = mark(repository);

        stock.write(fresh);
        stock.write(reused);
        assertThatThrownBy(() -> sweep(repository, mark))
            .hasMessageContaining("process " + stock.process.pid());
        assertThat(stock.end()).isZero();
        PruneRun.Result swept = sweep(repository, mark);

        assertThat(swept.newPacks().size() + swept.removedPacks().size()).isPositive();
        assertThat(CheckRun.run(repository, true).problems()).isEmpty();
      }
    }
    assertThat(Fixture.restic(store, "check", "--read-data").out())
        .contains("no errors were found");
    Fixture.Run dump = Fixture.restic(store, "dump", "latest", "/stdin");
    assertThat(dump.code()).isZero();
  }

  @Test
  void refusesToPruneDuringAStockBackup() throws Exception {
    try (Repository repository = Fixture.init(store);
        Stock stock = new Stock(store, place)) {
      Awaitility.await().until(() -> !repository.names(ObjectKind.LOCK).isEmpty());

      assertThatThrownBy(() -> RepositoryLock.take(repository, true, Instant::now, 0))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("process " + stock.process.pid())
          .hasMessageContaining("wait until it ends");

      stock.write(new byte[] {1});
      assertThat(stock.end()).isZero();
      RepositoryLock.take(repository, true, Instant::now, 0).close();
    }
  }

  /** A stock backup that reads from us, and so lasts as long as we like. */
  private static final class Stock implements AutoCloseable {

    final Process process;
    private final OutputStream in;

    Stock(Path store, Path place) throws IOException {
      Path restic = Path.of("/usr/bin/restic");
      Assumptions.assumeTrue(
          Files.isExecutable(restic), "restic is not installed: apt-get install restic");
      Path password = Files.write(place.resolve("password"), Fixture.PASSWORD);
      ProcessBuilder builder =
          new ProcessBuilder(
                  restic.toString(), "--no-cache", "-r", store.toString(), "backup", "--stdin")
              .redirectErrorStream(true)
              .redirectOutput(place.resolve("restic.log").toFile());
      builder.environment().put("RESTIC_PASSWORD_FILE", password.toString());
      process = builder.start();
      in = process.getOutputStream();
    }

    void write(byte[] bytes) throws IOException {
      in.write(bytes);
      in.flush();
    }

    int end() throws IOException, InterruptedException {
      in.close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
