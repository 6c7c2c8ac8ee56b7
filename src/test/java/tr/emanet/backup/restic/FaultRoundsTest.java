package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cut, an error or a full disk at any point leaves a sound repository; the next run completes.
 */
class FaultRoundsTest {

  @TempDir Path place;

  @Test
  void staysSoundWhereverItIsCut() throws Exception {
    int hit = 0;
    try (FaultRounds rounds = new FaultRounds(place, 20261123)) {
      for (int i = 0; i < 120 && hit < 50; i++) {
        hit += rounds.round() ? 1 : 0;
      }
      assertThat(hit).as(rounds.summary()).isEqualTo(50);

      Fixture.Run check = Fixture.restic(rounds.writeOut("store"), "check", "--read-data");
      assertThat(check.out()).contains("no errors were found");
    }
  }

  @Test
  void staysSoundOnADiskThatIsFull() throws Exception {
    Path disk = Files.createDirectory(place.resolve("disk"));
    Assumptions.assumeTrue(
        mount("mount", "-t", "tmpfs", "-o", "size=6m", "emanet-test", disk.toString()),
        "mounting a small tmpfs is refused here; it needs root");
    Path store = disk.resolve("repository");
    Path source = Files.createDirectory(place.resolve("source"));
    Files.write(source.resolve("first"), Fixture.random(1_500_000, 1));
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
      Files.write(source.resolve("second"), Fixture.random(1_500_000, 2));
      Fixture.backup(repository, source);
      Files.write(source.resolve("third"), Fixture.random(5_000_000, 3));

      IOException full = null;
      try {
        Fixture.backup(repository, source);
      } catch (IOException e) {
        full = e;
      }

      assertThat(full).isNotNull().hasMessageContaining("No space left");
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
      assertThat(RepositoryLock.all(repository)).isEmpty();
      assertThat(Fixture.restic(store, "check", "--read-data", "--no-lock").out())
          .contains("no errors were found");
      try (RepositoryLock lock = RepositoryLock.take(repository, true, () -> Fixture.NOW, 0)) {
        Snapshot.forget(repository, Snapshot.all(repository).getLast(), lock);
        assertThat(PruneRun.run(repository, lock).removedBytes()).isGreaterThan(1_000_000);
      }
      Files.delete(source.resolve("second"));
      Files.write(source.resolve("third"), Fixture.random(1_500_000, 4));
      Fixture.backup(repository, source);
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    } finally {
      assertThat(mount("umount", disk.toString())).isTrue();
    }
  }

  private static boolean mount(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return command[0].equals("umount");
    }
  }
}
