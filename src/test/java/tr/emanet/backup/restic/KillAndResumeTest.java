package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.LocalTarget;

/** A backup that is killed, and the one after it. */
class KillAndResumeTest {

  private static final int FILES = 28;
  private static final int SIZE = 4 << 20;

  @TempDir Path place;

  @Test
  void storesOnlyWhatTheKilledRunHadNotSaved() throws IOException {
    Path source = Files.createDirectory(place.resolve("source"));
    for (int i = 0; i < FILES; i++) {
      Files.write(source.resolve("file-" + i), Fixture.random(SIZE, i));
    }
    Path store = place.resolve("repository");
    Fixture.init(store).close();
    FaultyTarget target = new FaultyTarget(new LocalTarget(store));
    try (Repository repository =
        Repository.open(target, Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN)) {
      // A lock, then packs and index files in turn.
      target.arm(FaultyTarget.Fault.CUT, 9);
      assertThatThrownBy(() -> backup(repository, source)).isInstanceOf(IOException.class);
      target.disarm();
      long saved = bytesListed(repository);
      BackupRun.Result second = backup(repository, source);

      long all = (long) FILES * SIZE;
      assertThat(saved).isBetween(40L << 20, all - (16L << 20));
      assertThat(second.unread()).isEmpty();
      assertThat(second.counts().newBytes()).isBetween(all - saved, all - saved + 50_000);
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    }
  }

  private static BackupRun.Result backup(Repository repository, Path source) throws IOException {
    BackupPlan plan = BackupPlan.of(List.of(source), Fixture.NOW);
    // Not closed: who is killed leaves the lock behind.
    RepositoryLock lock = RepositoryLock.take(repository, false, () -> Fixture.NOW);
    return BackupRun.run(repository, plan, BackupProgress.NONE, lock, Duration.ZERO);
  }

  private static long bytesListed(Repository repository) throws IOException {
    long bytes = 0;
    try (Workbench bench = repository.workbench()) {
      BlobIndex index = repository.loadIndex(bench);
      for (int i = 0; i < index.size(); i++) {
        bytes += index.place(i).plainLength();
      }
    }
    return bytes;
  }
}
