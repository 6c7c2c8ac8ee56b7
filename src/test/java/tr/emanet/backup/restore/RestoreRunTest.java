package tr.emanet.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.Posix;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TestRepository;

/** What comes back, what stays, what is said. */
class RestoreRunTest {

  private static final RestoreRequest.Options OWNERS =
      new RestoreRequest.Options(RestoreRequest.Overwrite.NEVER, true, false, true, true);

  @TempDir Path place;
  private Path source = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void makesPlaces() throws IOException {
    source = Files.createDirectory(place.resolve("source"));
    target = place.resolve("target");
  }

  private Path back() {
    return target.resolve(source.subpath(0, source.getNameCount()));
  }

  private static boolean root() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static RestoreRequest.Options options(RestoreRequest.Overwrite overwrite) {
    return new RestoreRequest.Options(overwrite, true, false, false, false);
  }

  private RestoreReport restore(
      Repository repository, Snapshot snapshot, RestoreRequest.Options options) throws IOException {
    return RestoreRun.run(
        repository, RestoreRequest.whole(snapshot, target, options), RestoreProgress.NONE);
  }

  private RestorePreview preview(Repository repository, Snapshot snapshot) throws IOException {
    return RestoreRun.preview(
        repository,
        RestoreRequest.whole(snapshot, target, options(RestoreRequest.Overwrite.IF_DIFFERENT)),
        RestoreProgress.NONE);
  }

  private static RestoreProgress counting(AtomicLong most) {
    return new RestoreProgress() {
      @Override
      public void done(long bytes, long files, String current) {
        most.accumulateAndGet(files, Math::max);
      }

      @Override
      public boolean stopped() {
        return false;
      }
    };
  }

  @Test
  void bringsBackAllThatNamesAndTypesAllow() throws IOException {
    TestRepository.oddTree(source);
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      RestoreReport report =
          restore(repository, snapshot, root() ? OWNERS : options(RestoreRequest.Overwrite.NEVER));

      assertThat(report.problems()).isEmpty();
      assertThat(report.complete()).isTrue();
      assertThat(report.counts().written()).isGreaterThan(8);
      assertThat(report.counts().verified()).isPositive();
    }
    assertThat(TestRepository.facts(back())).isEqualTo(TestRepository.facts(source));
    long blocks = (long) Files.getAttribute(back().resolve("hole"), "unix:size");
    assertThat(blocks).isEqualTo(5_000_001);
  }

  @Test
  void followsNoLinkOnTheWayToTheTarget() throws IOException {
    Files.writeString(source.resolve("belge"), "x");
    Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
    Files.createSymbolicLink(place.resolve("team"), elsewhere);
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      RestoreRequest through =
          RestoreRequest.whole(
              snapshot, place.resolve("team/back"), options(RestoreRequest.Overwrite.NEVER));

      assertThatThrownBy(() -> RestoreRun.run(repository, through, RestoreProgress.NONE))
          .hasMessageContaining("'team'");
      assertThat(elsewhere).isEmptyDirectory();

      RestoreRequest made =
          RestoreRequest.whole(
              snapshot, place.resolve("none/of/these"), options(RestoreRequest.Overwrite.NEVER));
      assertThat(RestoreRun.run(repository, made, RestoreProgress.NONE).complete()).isTrue();
    }
    assertThat(place.resolve("none/of/these").resolve(source.toString().substring(1) + "/belge"))
        .hasContent("x");
  }

  /** A mounted disk on the way, as systemd makes one of each place that may be written. */
  @Test
  void goesOverAMountWhereThatWasAskedFor() throws Exception {
    Files.writeString(source.resolve("belge"), "x");
    Path disk = Files.createDirectories(back());
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "none", disk.toString()) == 0, "mounting needs root");
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      RestoreReport not = restore(repository, snapshot, options(RestoreRequest.Overwrite.NEVER));
      RestoreReport over =
          restore(
              repository,
              snapshot,
              new RestoreRequest.Options(RestoreRequest.Overwrite.NEVER, true, true, false, false));

      assertThat(not.problems()).isNotEmpty();
      assertThat(over.problems()).isEmpty();
      assertThat(disk.resolve("belge")).hasContent("x");
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @Test
  void leavesSpecialBitsOutUnlessAllowed() throws IOException {
    Path file = Files.writeString(source.resolve("tool"), "x");
    Files.setAttribute(file, "unix:mode", 04755);
    new Posix().setAttribute(file, "user.note", new byte[] {1, 2});
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      RestoreReport report = restore(repository, snapshot, options(RestoreRequest.Overwrite.NEVER));

      assertThat(report.problems()).isEmpty();
      assertThat(report.leftOut()).hasSize(1);
      assertThat(report.leftOut().getFirst().why()).contains("setuid");
    }
    Path restored = back().resolve("tool");
    assertThat((int) Files.getAttribute(restored, "unix:mode") & 07777).isEqualTo(0755);
    assertThat(new Posix().attribute(restored, "user.note")).containsExactly(1, 2);
  }

  @Test
  void followsThePolicyForFilesThatStandThere() throws IOException {
    Files.writeString(source.resolve("same"), "same");
    Files.writeString(source.resolve("differs"), "from the snapshot");
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      Files.createDirectories(back());
      Files.copy(source.resolve("same"), back().resolve("same"));
      Files.writeString(back().resolve("differs"), "from today........");
      Files.writeString(back().resolve("other"), "stays");

      AtomicLong whole = new AtomicLong();
      RestoreReport never =
          RestoreRun.run(
              repository,
              RestoreRequest.whole(snapshot, target, options(RestoreRequest.Overwrite.NEVER)),
              counting(whole));
      assertThat(never.counts().kept()).isEqualTo(2);
      assertThat(whole).as("nobody read what was kept").hasValue(0);
      assertThat(never.complete()).isTrue();
      assertThat(never.whole()).isFalse();
      assertThat(new String(never.json(), StandardCharsets.UTF_8)).contains("\"state\" : \"kept\"");
      assertThat(back().resolve("differs")).hasContent("from today........");

      RestorePreview preview = preview(repository, snapshot);
      assertThat(preview.overwrites()).extracting(RestorePreview.Overwrite::path).hasSize(2);
      assertThat(preview.files()).isEqualTo(2);

      RestoreReport different =
          restore(repository, snapshot, options(RestoreRequest.Overwrite.IF_DIFFERENT));
      assertThat(different.counts().equal()).isEqualTo(1);
      assertThat(different.counts().overwritten()).isEqualTo(1);
      assertThat(back().resolve("differs")).hasContent("from the snapshot");
      assertThat(back().resolve("other")).hasContent("stays");

      Files.setLastModifiedTime(
          back().resolve("same"), Files.getLastModifiedTime(source.resolve("same")));
      RestorePreview before = preview(repository, snapshot);
      Files.delete(back().resolve("same"));
      Files.writeString(back().resolve("same"), "evil");
      Files.setLastModifiedTime(
          back().resolve("same"), Files.getLastModifiedTime(source.resolve("same")));
      RestorePreview after = preview(repository, snapshot);
      assertThat(before.presumedEqual()).isEqualTo(2);
      assertThat(after.presumedEqual()).isEqualTo(2);
      assertThat(after.digest()).as("another file is approved").isNotEqualTo(before.digest());

      RestoreReport always =
          restore(repository, snapshot, options(RestoreRequest.Overwrite.ALWAYS));
      assertThat(always.counts().overwritten()).isEqualTo(2);
    }
    try (Stream<Path> left = Files.walk(target)) {
      assertThat(left.filter(f -> String.valueOf(f.getFileName()).startsWith(".emanet"))).isEmpty();
    }
  }

  @Test
  void restoresAFileOrAFolderOnly() throws IOException {
    Files.writeString(
        Files.createDirectories(source.resolve("Müdürlük/İmar")).resolve("pafta"), "p");
    Files.writeString(source.resolve("dışarıda"), "d");
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      SnapshotPath folder = SnapshotPath.parse(source + "/Müdürlük");
      SnapshotPath missing = SnapshotPath.parse(source + "/yok");
      RestoreReport whole =
          RestoreRun.run(
              repository,
              new RestoreRequest(
                  snapshot, List.of(folder), target, RestoreRequest.Options.CAREFUL, null),
              RestoreProgress.NONE);
      assertThat(whole.complete()).isTrue();
      assertThat(back().resolve("Müdürlük/İmar/pafta")).hasContent("p");
      assertThat(back().resolve("dışarıda")).doesNotExist();

      Path flat = place.resolve("flat");
      RestoreReport some =
          RestoreRun.run(
              repository,
              new RestoreRequest(
                  snapshot,
                  List.of(folder.child("İmar".getBytes(StandardCharsets.UTF_8)), missing),
                  flat,
                  new RestoreRequest.Options(
                      RestoreRequest.Overwrite.NEVER, false, false, false, false),
                  null),
              RestoreProgress.NONE);
      assertThat(flat.resolve("İmar/pafta")).hasContent("p");
      assertThat(some.complete()).isFalse();
      assertThat(some.problems()).extracting(RestoreReport.Entry::path).contains("" + missing);
    }
  }

  @Test
  void writesNothingOfAFileOfWhichABlobIsDamaged() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 4; i++) {
      byte[] bytes = new byte[5000];
      random.nextBytes(bytes);
      Files.write(source.resolve("f" + i), bytes);
    }
    Path store = place.resolve("repository");
    try (Repository repository = TestRepository.init(store)) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      List<Path> packs;
      try (Stream<Path> all = Files.walk(store.resolve("data"))) {
        packs = all.filter(Files::isRegularFile).toList();
      }
      for (Path pack : packs) {
        byte[] bytes = Files.readAllBytes(pack);
        if (bytes.length > 20_000) {
          bytes[6000] ^= 1;
          Files.write(pack, bytes);
        }
      }

      RestoreReport report = restore(repository, snapshot, options(RestoreRequest.Overwrite.NEVER));

      assertThat(report.complete()).isFalse();
      assertThat(report.problems()).hasSize(1);
      assertThat(report.counts().written()).isEqualTo(3);
      assertThat(new String(report.json(), StandardCharsets.UTF_8)).contains("\"failed\"");
    }
    try (Stream<Path> files = Files.list(back())) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    for (int i = 0; i < 60; i++) {
      Path folder = Files.createDirectories(source.resolve("d" + i % 7));
      Files.writeString(folder.resolve("f" + i), "content " + i);
      Files.setLastModifiedTime(folder, FileTime.fromMillis(1_000_000_000_000L + i));
    }
    Files.createSymbolicLink(source.resolve("a"), Path.of("d0"));
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      RestoreRequest request =
          new RestoreRequest(
              snapshot,
              List.of(SnapshotPath.ROOT),
              target,
              RestoreRequest.Options.CAREFUL,
              place.resolve("journal"));
      AtomicLong seen = new AtomicLong();
      RestoreProgress stops =
          new RestoreProgress() {
            @Override
            public void done(long bytes, long files, String current) {
              seen.accumulateAndGet(files, Math::max);
            }

            @Override
            public boolean stopped() {
              return seen.get() >= 20;
            }
          };
      RestoreReport first = RestoreRun.run(repository, request, stops);
      RestoreReport second = RestoreRun.run(repository, request, RestoreProgress.NONE);

      assertThat(first.stopped()).isTrue();
      assertThat(first.complete()).isFalse();
      assertThat(second.complete()).isTrue();
      assertThat(second.counts().kept()).as("its own link is not kept of another").isZero();
      assertThat(second.whole()).isTrue();
      assertThat(second.counts().resumed() + second.counts().equal()).isGreaterThanOrEqualTo(20);
      assertThat(second.counts().resumed() + second.counts().equal() + second.counts().written())
          .isEqualTo(60);

      RestoreRequest another =
          new RestoreRequest(
              snapshot,
              List.of(SnapshotPath.ROOT),
              place.resolve("elsewhere"),
              RestoreRequest.Options.CAREFUL,
              place.resolve("journal"));
      assertThatThrownBy(() -> RestoreRun.run(repository, another, RestoreProgress.NONE))
          .hasMessageContaining("another restore");
    }
    List<String> names = new ArrayList<>(TestRepository.facts(back()).keySet());
    assertThat(names).containsExactlyElementsOf(TestRepository.facts(source).keySet());
    for (int i = 0; i < 7; i++) {
      assertThat(Files.getLastModifiedTime(back().resolve("d" + i)))
          .isEqualTo(Files.getLastModifiedTime(source.resolve("d" + i)));
    }
  }

  @Test
  void refusesATargetThatIsALink() throws IOException {
    Files.writeString(source.resolve("f"), "f");
    Path outside = Files.createDirectory(place.resolve("outside"));
    Files.createSymbolicLink(target, outside);
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot snapshot = TestRepository.backup(repository, source);

      assertThatThrownBy(
              () -> restore(repository, snapshot, options(RestoreRequest.Overwrite.ALWAYS)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("target");
    }
    assertThat(outside).isEmptyDirectory();
    assertThat(Files.exists(target.resolve("f"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
