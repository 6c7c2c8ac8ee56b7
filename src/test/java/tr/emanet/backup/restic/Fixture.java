package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.Posix;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;

/** Repositories, trees of odd files and the stock tool for tests. */
final class Fixture {

  static final byte[] PASSWORD = "gizli şifre 1".getBytes(StandardCharsets.UTF_8);
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");
  static final SecureRandom RANDOM = new SecureRandom();
  static final Origin ORIGIN = new Origin("sunucu", "root", ProcessHandle.current().pid(), 0, 0);
  private static final KeyFile.Cost CHEAP = new KeyFile.Cost(1 << 10, 8, 1);

  private Fixture() {}

  static Repository init(Path directory) throws IOException {
    return Repository.init(new LocalTarget(directory), PASSWORD, RANDOM, ORIGIN, NOW, CHEAP);
  }

  static Repository open(Path directory) throws IOException {
    return Repository.open(new LocalTarget(directory), PASSWORD, RANDOM, ORIGIN);
  }

  static BackupRun.Result backup(Repository repository, Path source) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, false, () -> NOW)) {
      // Later than those before: the latest is told by its time.
      Instant now = NOW.plusSeconds(Snapshot.all(repository).size());
      return BackupRun.run(repository, List.of(source), now, lock);
    }
  }

  static RestoreReport restore(Repository repository, Path target) throws IOException {
    Snapshot latest = Snapshot.find(repository, "latest");
    boolean root = "root".equals(System.getProperty("user.name"));
    RestoreRequest.Options options =
        new RestoreRequest.Options(RestoreRequest.Overwrite.NEVER, true, false, false, root);
    return RestoreRun.run(
        repository, RestoreRequest.whole(latest, target, options), RestoreProgress.NONE);
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Files with all that names and types allow; a few MB. */
  static void oddTree(Path root) throws IOException {
    Path office = Files.createDirectories(root.resolve("Mudurluk/Imar Plani"));
    Files.write(root.resolve("empty"), new byte[0]);
    Files.write(office.resolve("random.bin"), random(3_500_000, 1));
    byte[] text = "Sokak kapandı, ihbar geldi.\n".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    Files.write(office.resolve("text"), text);
    for (String name :
        List.of("şğıİöçü.txt", "a\"b\\c", "two\nlines", "tab\t<&>", "'q' $x `y`", "üñ 漢字 😀")) {
      Path file = FileNames.child(root, name.getBytes(StandardCharsets.UTF_8));
      Files.writeString(file, name);
    }
    byte[] raw = {'l', 'a', 't', 'i', 'n', (byte) 0xfd, (byte) 0xfe, (byte) 0xff};
    Files.writeString(FileNames.child(root, raw), "not UTF-8");
    Files.writeString(FileNames.child(root, "x".repeat(255).getBytes(StandardCharsets.UTF_8)), "l");
    Path one = Files.writeString(root.resolve("one"), "linked");
    Files.createLink(root.resolve("other"), one);
    Files.createSymbolicLink(root.resolve("link"), Path.of("Mudurluk/../one"));
    Files.createSymbolicLink(root.resolve("outside"), Path.of("/etc/passwd"));
    new Posix().makeNode(root.resolve("fifo"), 0010644, 0);
    try (var hole =
        java.nio.channels.FileChannel.open(
            root.resolve("hole"),
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE)) {
      hole.write(java.nio.ByteBuffer.wrap(new byte[] {1}), 5_000_000);
    }
    Files.setAttribute(one, "unix:mode", 0640);
    Files.setLastModifiedTime(one, FileTime.from(Instant.parse("2001-02-03T04:05:06.789012345Z")));
    Files.setLastModifiedTime(office, FileTime.from(Instant.parse("1999-12-31T23:59:59Z")));
    Files.createDirectory(root.resolve("empty directory"));
  }

  /** Path to type, mode, times, link target and content of every entry below the root. */
  static Map<String, String> facts(Path root) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes found)
              throws IOException {
            return put(file);
          }

          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes found)
              throws IOException {
            return directory.equals(root) ? FileVisitResult.CONTINUE : put(directory);
          }

          private FileVisitResult put(Path file) throws IOException {
            Map<String, Object> a =
                Files.readAttributes(
                    file, "unix:mode,uid,gid,nlink,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
            String content = "";
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
              byte[] bytes = Files.readAllBytes(file);
              content = bytes.length + ":" + Arrays.hashCode(bytes);
            } else if (Files.isSymbolicLink(file)) {
              content = Arrays.toString(FileNames.all(Files.readSymbolicLink(file)));
            }
            byte[] full = FileNames.all(file);
            int prefix = FileNames.all(root).length;
            byte[] name = Arrays.copyOfRange(full, prefix, full.length);
            facts.put(GoQuote.quote(name), new TreeMap<>(a) + " " + content);
            return FileVisitResult.CONTINUE;
          }
        });
    return facts;
  }

  /** What a run of the stock tool gave. */
  record Run(int code, String out) {}

  /** Runs Debian's restic; skips the test where it is not installed. */
  static Run restic(Path repository, String... arguments) throws IOException, InterruptedException {
    return restic(repository, PASSWORD, arguments);
  }

  static Run restic(Path repository, byte[] password, String... arguments)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/restic")),
        "restic is not installed: apt-get install restic");
    List<String> command =
        new java.util.ArrayList<>(List.of("/usr/bin/restic", "--no-cache", "-r"));
    command.add(repository.toString());
    command.addAll(List.of(arguments));
    Path file = Files.createTempFile("password", "");
    Files.write(file, password);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("RESTIC_PASSWORD_FILE", file.toString());
    builder.environment().put("GOGC", "50");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    Files.delete(file);
    return new Run(process.exitValue(), out);
  }
}
