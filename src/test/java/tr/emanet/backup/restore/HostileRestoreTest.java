package tr.emanet.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TestRepository;

/** Whatever a snapshot says and whatever stands in the target: nothing outside is written. */
class HostileRestoreTest {

  @TempDir Path place;

  private Path canary = Path.of("");
  private int runs;

  @BeforeEach
  void makesACanary() throws IOException {
    canary = Files.createDirectory(place.resolve("canary"));
    Files.writeString(canary.resolve("file"), "untouched");
    Files.writeString(canary.resolve("same"), "overwritten");
    Files.setAttribute(canary.resolve("same"), "unix:mode", 0600);
    Files.writeString(canary.resolve("other"), "untouched");
    Files.writeString(Files.createDirectory(canary.resolve("b")).resolve("file"), "untouched");
    Files.createDirectories(place.resolve("targets"));
  }

  @AfterEach
  void removesPathsThatAreTooLongForJava() throws Exception {
    String targets = place.resolve("targets").toString();
    assertThat(new ProcessBuilder("rm", "-rf", "--", targets).start().waitFor()).isZero();
  }

  private static RestoreRequest.Options options(RestoreRequest.Overwrite overwrite, boolean more)
      throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    return new RestoreRequest.Options(overwrite, true, false, more, more && root);
  }

  @Test
  void writesNothingOutsideInAnyCase() throws IOException {
    List<Hostile.Case> cases = Hostile.all();
    for (int i = 0; i < cases.size(); i += 10) {
      // A fresh repository now and then: an index of many small files takes its time to read.
      try (Repository repository = TestRepository.init(place.resolve("repository" + i))) {
        for (Hostile.Case hostile : cases.subList(i, Math.min(i + 10, cases.size()))) {
          Snapshot snapshot = TestRepository.snapshot(repository, hostile.tree().make(repository));
          for (RestoreRequest.Overwrite overwrite : RestoreRequest.Overwrite.values()) {
            runs(repository, snapshot, hostile, overwrite);
          }
        }
      }
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
    assertThat(Path.of("/etc/other")).doesNotExist();
    assertThat(Path.of("/etc/b")).doesNotExist();
  }

  private void runs(
      Repository repository,
      Snapshot snapshot,
      Hostile.Case hostile,
      RestoreRequest.Overwrite overwrite)
      throws IOException {
    String name = hostile + ", overwriting " + overwrite;
    Path around = Files.createDirectory(place.resolve("targets/" + runs));
    // Beside each target, so that '..' leads to it as an absolute path does.
    Files.createSymbolicLink(around.resolve("canary"), canary);
    Path target = Files.createDirectory(around.resolve("target"));
    hostile.place().make(target, canary);
    Map<String, String> before = Hostile.canary(canary);

    RestoreReport report =
        RestoreRun.run(
            repository,
            RestoreRequest.whole(snapshot, target, options(overwrite, runs % 2 == 0)),
            RestoreProgress.NONE);

    assertThat(Hostile.canary(canary)).as(name).isEqualTo(before);
    if (hostile.complains(overwrite)) {
      assertThat(report.complete()).as(name + ": " + report).isFalse();
    } else {
      assertThat(report.problems()).as(name).isEmpty();
    }
    try (Stream<Path> beside = Files.list(around)) {
      assertThat(beside).as(name).hasSize(2);
    }
    runs++;
  }

  @Test
  void refusesNamesThatAreNotOneElementInEveryCall() throws IOException {
    Path target = Files.createDirectory(place.resolve("target"));
    Files.writeString(target.resolve("x"), "x");
    Map<String, String> before = Hostile.canary(place);
    try (Kernel kernel = new Kernel()) {
      int root = kernel.root(FileNames.all(target));
      byte[] x = {'x'};
      for (String text :
          List.of("", ".", "..", "/", "../canary/new", "a/b", "/etc/new", "a\0b", "x/..")) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        List<Call> calls =
            List.of(
                () -> kernel.create(root, name),
                () -> kernel.write(root, name),
                () -> kernel.read(root, name),
                () -> kernel.handle(root, name),
                () -> kernel.stat(root, name),
                () -> kernel.makeDirectory(root, name),
                () -> kernel.makeLink(root, name, x),
                () -> kernel.makeNode(root, name, 0010600, 0),
                () -> kernel.link(root, x, root, name),
                () -> kernel.link(root, name, root, x),
                () -> kernel.rename(root, x, name, true),
                () -> kernel.rename(root, name, x, true),
                () -> kernel.unlink(root, name));
        for (Call call : calls) {
          assertThatThrownBy(call::run).as("'%s'", text).isInstanceOf(KernelException.class);
        }
      }
      kernel.close(root);
    }
    assertThat(Hostile.canary(place)).isEqualTo(before);
  }

  private interface Call {

    void run() throws IOException;
  }

  @Test
  void opensNoDirectoryThroughALinkOrOutOfTheTarget() throws IOException {
    Path target = Files.createDirectory(place.resolve("target"));
    Files.createSymbolicLink(target.resolve("link"), canary);
    Files.createDirectories(target.resolve("a"));
    Files.createSymbolicLink(target.resolve("a/up"), Path.of(".."));
    try (Kernel kernel = new Kernel()) {
      int root = kernel.root(FileNames.all(target));
      for (String path :
          List.of("link", "link/b", "..", "../canary", "a/../..", "a/up/a", "/etc", "link/.")) {
        assertThatThrownBy(
                () -> kernel.directory(root, path.getBytes(StandardCharsets.UTF_8), true))
            .as(path)
            .isInstanceOf(KernelException.class);
      }
      kernel.close(root);
    }
  }

  @Test
  void writesNothingOutsideWhileAThreadSwapsADirectoryForALink() throws Exception {
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      List<Node> files = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        files.add(Hostile.file(repository, "f" + (char) ('A' + i), "overwritten " + i));
      }
      Id b = TestRepository.tree(repository, files);
      Id a = TestRepository.tree(repository, List.of(Hostile.directory("b", b)));
      Id top = TestRepository.tree(repository, List.of(Hostile.directory("a", a)));
      Snapshot snapshot = TestRepository.snapshot(repository, top);
      Path target = Files.createDirectory(place.resolve("target"));
      Path swapped = Files.createDirectories(target.resolve("a/b"));
      Path aside = target.resolve("aside");
      Map<String, String> before = Hostile.canary(canary);
      AtomicBoolean ends = new AtomicBoolean();
      AtomicInteger swaps = new AtomicInteger();
      Thread swapper =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!ends.get()) {
                      swap(swapped, aside, canary);
                      swaps.incrementAndGet();
                    }
                  });
      int refused = 0;
      for (int round = 0; round < 30; round++) {
        RestoreReport report =
            RestoreRun.run(
                repository,
                RestoreRequest.whole(
                    snapshot, target, options(RestoreRequest.Overwrite.ALWAYS, false)),
                RestoreProgress.NONE);
        refused += report.complete() ? 0 : 1;
      }
      ends.set(true);
      swapper.join();

      assertThat(Hostile.canary(canary)).isEqualTo(before);
      assertThat(swaps.get()).isPositive();
      assertThat(refused).as("runs that met the link, of 30").isBetween(0, 30);
    }
  }

  private static void swap(Path directory, Path aside, Path outside) {
    try {
      Files.move(directory, aside);
      Files.createSymbolicLink(directory, outside);
      Files.delete(directory);
    } catch (IOException e) {
      // The restore made a directory in its place meanwhile: the next turn goes on from here.
      assertThat(Files.exists(aside, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
    try {
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        deleteAll(directory);
      }
      Files.move(aside, directory);
    } catch (IOException | UncheckedIOException e) {
      assertThat(e).isNotNull(); // the restore was faster again
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
