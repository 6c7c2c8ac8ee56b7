package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckProgressTest {

  @TempDir Path place;
  private Path store = Path.of("");

  private record Told(CheckProgress.Step step, long done, long total) {}

  /** Keeps what it is told, and stops at a step. */
  private static final class Ear implements CheckProgress {

    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final CheckProgress.@Nullable Step until;
    private volatile boolean stopped;

    Ear(CheckProgress.@Nullable Step until) {
      this.until = until;
    }

    @Override
    public void at(Step step, long done, long total, String current) {
      told.add(new Told(step, done, total));
      stopped |= step == until && done > 0;
    }

    @Override
    public boolean stopped() {
      return stopped;
    }
  }

  @BeforeEach
  void makesARepository() throws IOException {
    store = place.resolve("repository");
    Path source = Files.createDirectory(place.resolve("source"));
    try (Repository repository = Fixture.init(store)) {
      for (int i = 0; i < 4; i++) {
        Files.write(Files.createDirectories(source.resolve("d" + i)).resolve("f"), new byte[i]);
        Fixture.backup(repository, source);
      }
    }
  }

  @Test
  void tellsHowManyBytesOfAllAreRead() throws IOException {
    Ear ear = new Ear(null);
    try (Repository repository = Fixture.open(store)) {
      CheckRun.Report report = CheckRun.run(repository, true, ear);

      assertThat(ear.told)
          .filteredOn(t -> t.step() == CheckProgress.Step.DATA)
          .isNotEmpty()
          .allMatch(t -> t.total() == report.bytesRead())
          .anyMatch(t -> t.done() == t.total());
      assertThat(ear.told)
          .filteredOn(t -> t.step() == CheckProgress.Step.TREES)
          .hasSize(report.trees())
          .allMatch(t -> t.total() == report.trees());
    }
  }

  @Test
  void aStoppedCheckReturnsSoonAndInventsNoDamage() throws IOException {
    for (CheckProgress.Step step : CheckProgress.Step.values()) {
      Ear ear = new Ear(step);
      try (Repository repository = Fixture.open(store)) {
        CheckRun.Report report = CheckRun.run(repository, true, ear);

        assertThat(ear.stopped()).as(step.name()).isTrue();
        assertThat(report.problems()).as(step.name()).isEmpty();
        assertThat(ear.told).allMatch(t -> t.step().ordinal() <= step.ordinal());
      }
    }
  }
}
