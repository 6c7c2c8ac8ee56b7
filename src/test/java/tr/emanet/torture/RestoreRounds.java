package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tr.emanet.backup.restic.FaultRounds;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TestRepository;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;
import tr.emanet.backup.restore.SnapshotPath;

/**
 * Kills the command line's restore with SIGKILL at random moments, or lets its disk be full, and
 * restores again: what stands under its name is whole at any time, nothing outside changes, and in
 * the end all is there, bit for bit, with nothing of the killed run beside it. One thread.
 */
final class RestoreRounds {

  private static final int SMALL = 700;

  private final Path work;
  private final Path store;
  private final Path source;
  private final Path password;
  private final Random random;
  private final Map<String, String> wanted;
  private final Map<String, String> around;
  private int round;
  private int killed;
  private int full;

  RestoreRounds(Path work, long seed) throws IOException {
    this.work = work.toRealPath();
    this.random = new Random(seed);
    this.store = this.work.resolve("repository");
    this.source = Files.createDirectories(this.work.resolve("kaynak"));
    this.password = Files.write(this.work.resolve("password"), FaultRounds.password());
    fill();
    try (Repository repository = TestRepository.init(store)) {
      Snapshot ignored = TestRepository.backup(repository, source);
    }
    this.wanted = TestRepository.facts(source);
    Path outside = Files.createDirectories(this.work.resolve("outside"));
    Files.writeString(outside.resolve("bystander"), "stays");
    this.around = TestRepository.facts(outside);
  }

  private void fill() throws IOException {
    TestRepository.oddTree(source);
    Path closed = Files.createDirectories(source.resolve("İmar Müdürlüğü/kapalı"));
    for (int i = 0; i < SMALL; i++) {
      Path folder = Files.createDirectories(source.resolve("Şube " + i % 20));
      Files.writeString(folder.resolve("dosya " + i), ("satır " + i + "\n").repeat(i));
    }
    for (int i = 0; i < 3; i++) {
      byte[] bytes = new byte[4_000_000];
      random.nextBytes(bytes);
      Path file = Files.write(closed.resolve("büyük " + i), bytes);
      Files.createLink(source.resolve("ikinci ad " + i), file);
    }
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  /** How many commands were killed before they had ended. */
  int killed() {
    return killed;
  }

  /** How many restores met a full disk. */
  int full() {
    return full;
  }

  /** One restore that is killed, once or twice, and then done. */
  void kill() throws IOException, InterruptedException {
    Path target = work.resolve("t" + round);
    Path journal = work.resolve("journal" + round);
    round++;
    boolean stands = random.nextBoolean();
    if (stands) {
      Path old = Files.createDirectories(back(target).resolve("Şube 3"));
      Files.writeString(old.resolve("dosya 23"), "eski");
      Files.writeString(old.resolve("başkasının"), "kalır");
    }
    int kills = 1 + random.nextInt(2);
    for (int i = 0; i < kills; i++) {
      killAtRandom(start(target, journal, stands), journal, i == 0 ? 450 : 200);
      whole(target, stands);
    }
    Process last = start(target, journal, stands);
    if (!last.waitFor(120, TimeUnit.SECONDS) || last.exitValue() != 0) {
      last.destroyForcibly();
      throw new IllegalStateException("restore ended: " + Files.readString(work.resolve("log")));
    }
    JsonNode report = new ObjectMapper().readTree(work.resolve("report").toFile());
    done(target, stands);
    said(report);
    Rebuild.delete(target);
    Files.delete(journal);
  }

  private void said(JsonNode report) {
    JsonNode counts = report.path("counts");
    long files = 0;
    for (String kind : List.of("written", "equal", "resumed", "kept", "others")) {
      files += counts.path(kind).asLong();
    }
    long entries = wanted.size() - counts.path("directories").asLong() + above();
    check(
        report.path("state").asText().equals("complete") && files == entries,
        "the report is wrong, " + entries + " entries are wanted: " + report);
  }

  /** How many directories lead to the source. */
  private int above() {
    return source.getNameCount();
  }

  private Path back(Path target) {
    return target.resolve(source.subpath(0, source.getNameCount()));
  }

  private Process start(Path target, Path journal, boolean replace) throws IOException {
    List<String> command = new ArrayList<>(Java.command());
    command.add("tr.emanet.cli.Main");
    command.addAll(List.of("restore", "latest", "--repo", store.toString()));
    command.addAll(List.of("--password-file", password.toString()));
    command.addAll(List.of("--target", target.toString(), "--journal", journal.toString()));
    command.addAll(List.of("--report", work.resolve("report").toString(), "--allow-special"));
    command.addAll(List.of("--overwrite", replace ? "different" : "never"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("log").toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  /** Waits until it has begun to write, and then kills it at a random moment. */
  private void killAtRandom(Process process, Path journal, int most)
      throws IOException, InterruptedException {
    long before = Files.exists(journal) ? Files.size(journal) : 0;
    while (process.isAlive() && (!Files.exists(journal) || Files.size(journal) == before)) {
      var ignored = process.waitFor(2, TimeUnit.MILLISECONDS);
      if (before > 0 && random.nextInt(60) == 0) {
        break; // one that goes on may have nothing to say for long
      }
    }
    if (!process.waitFor(random.nextInt(most), TimeUnit.MILLISECONDS)) {
      killed++;
    }
    process.destroyForcibly();
    process.waitFor();
  }

  /** What has its own name has its own content, or the old one; nothing else has changed. */
  private void whole(Path target, boolean stands) throws IOException {
    Path back = back(target);
    if (Files.exists(back)) {
      try (Stream<Path> all = Files.walk(back)) {
        for (Path file : (Iterable<Path>) all::iterator) {
          String name = Objects.requireNonNull(file.getFileName()).toString();
          if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && !name.startsWith(".emanet-")
              && !(stands && (name.equals("dosya 23") || name.equals("başkasının")))) {
            long differs = Files.mismatch(file, source.resolve(back.relativize(file)));
            check(differs < 0, file + " differs from its source at byte " + differs);
          }
        }
      }
    }
    outside();
  }

  private void outside() throws IOException {
    check(TestRepository.facts(work.resolve("outside")).equals(around), "outside has changed");
    check(TestRepository.facts(source).equals(wanted), "the source has changed");
  }

  private void done(Path target, boolean stands) throws IOException {
    if (stands) {
      Path other = back(target).resolve("Şube 3/başkasının");
      check(Files.readString(other).equals("kalır"), "a file of somebody else has changed");
      Files.delete(other);
      Files.setLastModifiedTime(
          back(target).resolve("Şube 3"), Files.getLastModifiedTime(source.resolve("Şube 3")));
    }
    Map<String, String> found = TestRepository.facts(back(target));
    if (!found.equals(wanted)) {
      List<String> differ = new ArrayList<>();
      found.forEach((k, v) -> differ.add(v.equals(wanted.get(k)) ? "" : k + " is " + v));
      wanted.forEach((k, v) -> differ.add(v.equals(found.get(k)) ? "" : k + " should be " + v));
      differ.removeIf(String::isEmpty);
      throw new IllegalStateException(
          target + ": " + differ.subList(0, Math.min(20, differ.size())));
    }
    outside();
  }

  /**
   * One restore whose disk is full at a random point, and once more when there is room; gives why
   * that cannot be tried here, or nothing.
   */
  Optional<String> fullDisk() throws IOException, InterruptedException {
    Path disk = Files.createDirectories(work.resolve("disk" + round));
    Path journal = work.resolve("journal" + round);
    round++;
    int size = 300 + random.nextInt(14_000);
    if (!mount("mount", "-t", "tmpfs", "-o", "size=" + size + "k", "emanet-test", "" + disk)) {
      return Optional.of("mounting a small tmpfs is refused here; it needs root");
    }
    try (Repository repository = FaultRounds.open(store)) {
      Path target = disk.resolve("geri");
      RestoreRequest request =
          new RestoreRequest(
              Snapshot.find(repository, "latest"),
              List.of(SnapshotPath.ROOT),
              target,
              new RestoreRequest.Options(RestoreRequest.Overwrite.NEVER, true, false, true, true),
              journal);
      RestoreReport first = RestoreRun.run(repository, request, RestoreProgress.NONE);
      check(!first.complete(), "a restore to a full disk of " + size + " kB says that it is done");
      full++;
      whole(target, false);
      noLeftover(target);
      check(mount("mount", "-o", "remount,size=200m", "" + disk), "the disk cannot grow");
      RestoreReport second = RestoreRun.run(repository, request, RestoreProgress.NONE);
      check(second.complete(), "with room it is not done: " + second.problems());
      done(target, false);
    } finally {
      check(mount("umount", "" + disk), "the disk cannot be taken out");
    }
    Files.delete(journal);
    return Optional.empty();
  }

  private static void noLeftover(Path target) throws IOException {
    if (Files.exists(target)) {
      try (Stream<Path> all = Files.walk(target)) {
        List<Path> left =
            all.filter(p -> ("" + p.getFileName()).startsWith(".emanet-")).limit(5).toList();
        check(left.isEmpty(), "half files stay: " + left);
      }
    }
  }

  private static boolean mount(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException(what);
    }
  }
}
