package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;

/** What a plan may say: streams, patterns, tags, parents, and a listener that stops it. */
class BackupPlanTest {

  private static final Instant DUMPED = Instant.parse("2026-11-21T02:00:00Z");

  @TempDir Path place;

  private Path source = Path.of("");
  private Path store = Path.of("");

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(place.resolve("source"));
    store = place.resolve("repository");
    Files.write(source.resolve("a.txt"), Fixture.random(100_000, 1));
    Files.write(source.resolve("b.tmp"), Fixture.random(100_000, 2));
    Path cache = Files.createDirectories(source.resolve("deep/cache"));
    Files.write(cache.resolve("c.txt"), Fixture.random(100_000, 3));
  }

  private static BackupRun.Result run(Repository repository, BackupPlan plan) throws IOException {
    return run(repository, plan, BackupProgress.NONE);
  }

  private static BackupRun.Result run(
      Repository repository, BackupPlan plan, BackupProgress progress) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, false, () -> Fixture.NOW)) {
      return BackupRun.run(repository, plan, progress, lock);
    }
  }

  private BackupPlan plan() {
    return BackupPlan.of(List.of(source), Fixture.NOW);
  }

  @Test
  void storesStreamsThatStockResticRestores() throws Exception {
    byte[] dump = Fixture.random(12_000_000, 4);
    BackupPlan plan =
        plan()
            .withStreams(
                List.of(
                    StreamSource.of(
                        "/postgresql/ebys.dump", () -> new ByteArrayInputStream(dump), DUMPED)))
            .withTags(List.of("is:ebys", "gecelik"));
    BackupRun.Result result;
    try (Repository repository = Fixture.init(store)) {
      result = run(repository, plan);
    }

    Fixture.Run check = Fixture.restic(store, "check", "--read-data");
    Fixture.Run list = Fixture.restic(store, "snapshots", "--tag", "gecelik");
    Fixture.Run restored =
        Fixture.restic(store, "restore", "latest", "--target", place.resolve("out").toString());

    assertThat(result.state()).isEqualTo(BackupRun.State.COMPLETE);
    assertThat(result.counts().files()).isEqualTo(4);
    assertThat(result.counts().bytes()).isEqualTo(12_300_000);
    assertThat(check.out()).contains("no errors were found");
    assertThat(list.out()).contains("is:ebys").contains("/postgresql/ebys.dump");
    assertThat(restored.code()).as(restored.out()).isZero();
    assertThat(place.resolve("out/postgresql/ebys.dump")).hasBinaryContent(dump);
  }

  @Test
  void makesNoSnapshotOfAStreamThatFailsAtItsEndOrIsEmpty() throws IOException {
    StreamSource failing =
        StreamSource.of(
            "/dump",
            () ->
                new FilterInputStream(new ByteArrayInputStream(new byte[5000])) {
                  @Override
                  public void close() throws IOException {
                    throw new IOException("pg_dump ended with 1");
                  }
                },
            DUMPED);
    StreamSource empty =
        StreamSource.of("/dump", () -> new ByteArrayInputStream(new byte[0]), DUMPED);
    try (Repository repository = Fixture.init(store)) {

      assertThatThrownBy(() -> run(repository, plan().withStreams(List.of(failing))))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("/dump")
          .hasMessageContaining("pg_dump ended with 1");
      assertThatThrownBy(() -> run(repository, plan().withStreams(List.of(empty))))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("ended after 0 bytes");
      assertThat(Snapshot.all(repository)).isEmpty();
    }
  }

  @Test
  void listsAStreamThatMayFailAsUnread() throws IOException {
    StreamSource shortOne =
        new StreamSource(
            "/switch.cfg", () -> new ByteArrayInputStream(new byte[10]), DUMPED, 100, false);
    try (Repository repository = Fixture.init(store)) {

      BackupRun.Result result = run(repository, plan().withStreams(List.of(shortOne)));

      assertThat(result.state()).isEqualTo(BackupRun.State.INCOMPLETE);
      assertThat(result.unread()).extracting(BackupRun.Unread::path).containsExactly("/switch.cfg");
      assertThat(result.counts().files()).isEqualTo(3);
    }
  }

  @Test
  void leavesOutWhatAPatternFits() throws IOException {
    ExcludePatterns patterns =
        ExcludePatterns.of(List.of("*.tmp", source.getParent() + "/**/cache"));
    try (Repository repository = Fixture.init(store)) {

      BackupRun.Result result = run(repository, plan().without(patterns));

      List<String> found = new ArrayList<>();
      TreeListing.list(
          repository,
          Snapshot.find(repository, "latest"),
          (path, type, bytes, modified) -> found.add(path));
      assertThat(found).anyMatch(path -> path.endsWith("/a.txt"));
      assertThat(found).noneMatch(path -> path.contains("b.tmp") || path.contains("cache"));
      assertThat(result.counts().files()).isEqualTo(1);
    }
    assertThatThrownBy(() -> ExcludePatterns.of(List.of("a/b")))
        .isInstanceOf(BackupException.class);
  }

  @Test
  void fitsPatternsByBytes() throws IOException {
    assertThat(fits("*.tmp", "/x/a.tmp")).isTrue();
    assertThat(fits("*.tmp", "/x/a.tmp2")).isFalse();
    assertThat(fits("a?c*", "/abcd")).isTrue();
    assertThat(fits("/srv/*/log", "/srv/a/log")).isTrue();
    assertThat(fits("/srv/*/log", "/srv/a/b/log")).isFalse();
    assertThat(fits("/srv/**/log", "/srv/a/b/log")).isTrue();
    assertThat(fits("/**/*.d/x*", "/e/y.d/z/a.d/x1")).isTrue();
    assertThat(fits("/**/*.d/x*", "/e/y.d/z/x1")).isFalse();
    assertThat(fits("*a*a*a*a*b", "/" + "a".repeat(200))).isFalse();
  }

  private static boolean fits(String pattern, String path) throws IOException {
    Path whole = Path.of(path);
    byte[] name = String.valueOf(whole.getFileName()).getBytes(StandardCharsets.UTF_8);
    return ExcludePatterns.of(List.of(pattern)).fits(whole, name);
  }

  @Test
  void callsAFileUnchangedThatWasFetchedAnewWithTheSameBytes() throws IOException {
    try (Repository repository = Fixture.init(store)) {
      BackupRun.Result first = run(repository, plan());
      try (Stream<Path> all = Files.walk(source)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          byte[] bytes = Files.readAllBytes(file);
          Files.delete(file);
          Files.write(file, bytes);
        }
      }

      BackupRun.Result again = run(repository, plan());

      assertThat(again.counts().files()).isEqualTo(first.counts().files()).isPositive();
      assertThat(again.counts().read()).isEqualTo(first.counts().read());
      assertThat(again.counts().unchanged()).isEqualTo(first.counts().files());
    }
  }

  @Test
  void takesTheParentOfTheSameTagsOnly() throws IOException {
    try (Repository repository = Fixture.init(store)) {
      BackupRun.Result first = run(repository, plan().withTags(List.of("one")));

      BackupRun.Result other = run(repository, plan().withTags(List.of("two")));
      BackupRun.Result again = run(repository, plan().withTags(List.of("one")));
      BackupRun.Result given =
          run(repository, plan().withParent(new BackupPlan.Parent.Given(first.snapshot())));
      BackupRun.Result forced =
          run(repository, plan().withTags(List.of("one")).withParent(new BackupPlan.Parent.None()));

      assertThat(other.parent()).isNull();
      assertThat(again.parent()).isEqualTo(first.snapshot());
      assertThat(again.counts().unchanged()).isEqualTo(3);
      assertThat(given.counts().unchanged()).isEqualTo(3);
      assertThat(forced.counts().unchanged()).isZero();
      assertThat(forced.counts().newBytes()).isLessThan(100_000);
    }
  }

  @Test
  void refusesARepositoryInsideItsSourceUnlessItIsExcluded() throws IOException {
    try (Repository repository = Fixture.init(source.resolve("backup"))) {

      assertThatThrownBy(() -> run(repository, plan()))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("lies inside of");
      BackupRun.Result result =
          run(repository, plan().without(ExcludePatterns.of(List.of(source + "/backup"))));

      assertThat(result.counts().files()).isEqualTo(3);
    }
  }

  @Test
  void tellsHowFarItIsAndStopsWhenToldTo() throws IOException {
    List<BackupProgress.Moment> moments = Collections.synchronizedList(new ArrayList<>());
    class Listener implements BackupProgress {
      boolean stop;

      @Override
      public void at(Moment moment) {
        moments.add(moment);
      }

      @Override
      public boolean stopRequested() {
        return stop;
      }

      @Override
      public boolean wantsTotals() {
        return true;
      }
    }
    Listener listener = new Listener();
    try (Repository repository = Fixture.init(store)) {

      BackupRun.Result result = run(repository, plan(), listener);
      listener.stop = true;

      assertThat(moments.getLast().entries()).isEqualTo(result.counts().entries());
      assertThat(moments.getLast().bytes()).isEqualTo(300_000);
      assertThatThrownBy(() -> run(repository, plan(), listener)).isInstanceOf(BackupStopped.class);
      assertThat(Snapshot.all(repository)).hasSize(1);
    }
  }
}
