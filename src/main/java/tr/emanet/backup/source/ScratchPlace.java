package tr.emanet.backup.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a scratch server lives, and as whom: a directory of ours with one in it that belongs to the
 * server's user. Database servers refuse to run as root, so root's lie below {@code /var/tmp},
 * because another user may not enter our own directories. One server each; closing removes it.
 *
 * <p>What a killed process left is found again by its name and its file {@code owner}: the server
 * is ended and the directory removed.
 */
final class ScratchPlace implements AutoCloseable {

  private static final Path FAR = Path.of("/var/tmp");
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern NAME = Pattern.compile("emanet-(pg|my)-[0-9]{1,20}");
  private static final String OWNER = "owner";

  /** A socket has at most 107 bytes, and ours adds up to 52. */
  private static final int MAX_PLACE = 55;

  private static final int TRIES = 20;
  private static final int MAX_OWNER = 200;

  private final Path directory;
  private final Path inner;
  private final List<String> as;

  private ScratchPlace(Path directory, Path inner, List<String> as) {
    this.directory = directory;
    this.inner = inner;
    this.as = as;
  }

  /**
   * Makes it, and removes what killed processes left beside it.
   *
   * @param place where it is made, unless we are root or its path is too long for a socket
   * @param kind {@code pg} or {@code my}
   * @param account whom root lets the server run as, if there is such a user; else {@code nobody}
   */
  static ScratchPlace make(Path place, String kind, String account) throws IOException {
    sweep(place);
    String user = user(account);
    boolean far =
        !user.isEmpty() || place.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PLACE;
    Path directory =
        Files.createTempDirectory(
            far ? FAR : place,
            "emanet-" + kind + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Files.writeString(directory.resolve(OWNER), self());
      Path inner = Files.createDirectory(directory.resolve("run"));
      Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
      List<String> as = List.of();
      if (!user.isEmpty()) {
        Files.setOwner(
            inner,
            inner.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        String group = user.equals("nobody") ? "nogroup" : user;
        as = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
      }
      return new ScratchPlace(directory, inner, as);
    } catch (IOException e) {
      remove(directory);
      throw e;
    }
  }

  /** Who it runs as when we are root; empty: as we do. */
  private static String user(String account) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "";
    }
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines.anyMatch(line -> line.startsWith(account + ":")) ? account : "nobody";
    }
  }

  /** The server's own directory, for its data and its socket. */
  Path inner() {
    return inner;
  }

  /** A file that the server's user cannot reach. */
  Path beside(String name) {
    return directory.resolve(name);
  }

  /** The command as the server's user. */
  List<String> as(List<String> command) {
    List<String> all = new ArrayList<>(as);
    all.addAll(command);
    return all;
  }

  /** Starts a server in it; what it says goes to {@code server.out}. */
  Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(as(command))
            .directory(inner.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(beside("server.out").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  /** What the server said. */
  String said() throws IOException {
    return new String(Files.readAllBytes(beside("server.out")), StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    remove(directory);
  }

  /**
   * Ends the servers and removes the directories that processes of ours left when they were killed.
   *
   * @param place as {@link #make} had it; root's are looked for in {@code /var/tmp} too
   */
  static void sweep(Path place) throws IOException {
    for (Path parent : List.of(place, FAR)) {
      if (!Files.isDirectory(parent)) {
        continue;
      }
      List<Path> found;
      try (Stream<Path> all = Files.list(parent)) {
        found = all.filter(p -> NAME.matcher(String.valueOf(p.getFileName())).matches()).toList();
      }
      for (Path one : found) {
        if (ours(one) && abandoned(one)) {
          endServers(one);
          remove(one);
        }
      }
    }
  }

  private static boolean ours(Path directory) throws IOException {
    try {
      Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          && me.equals(Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return false; // its owner removed it while we looked
    }
  }

  /** Whether the process that made it is gone; without its file it is being made, or removed. */
  private static boolean abandoned(Path directory) throws IOException {
    Path owner = directory.resolve(OWNER);
    if (!Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS) || Files.size(owner) > MAX_OWNER) {
      return false;
    }
    String said = Files.readString(owner);
    String[] words = said.split(" ", -1);
    return words.length == 3
        && words[1].matches("[0-9]{1,9}")
        && !said.equals(process(Long.parseLong(words[1])).orElse(""));
  }

  /** A process as nothing else is called, ever: this start of the machine, number, its start. */
  private static Optional<String> process(long pid) throws IOException {
    String boot = Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id")).strip();
    try {
      String stat = Files.readString(PROCESSES.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name of the program may hold anything; the fields after it are counted from its end.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(boot + " " + pid + " " + fields[19]);
    } catch (IOException e) {
      return Optional.empty(); // it ended
    }
  }

  private static String self() throws IOException {
    return process(ProcessHandle.current().pid())
        .orElseThrow(() -> new IOException("/proc is not mounted"));
  }

  /** Ends what was started with this directory among its arguments, as the server's user. */
  private static void endServers(Path directory) throws IOException {
    Path inner = directory.resolve("run");
    if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Object owner = Files.getAttribute(inner, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    String data = inner.resolve("data").toString();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      try {
        if (serves(process, data, owner)) {
          process.destroyForcibly(); // its data is thrown away
          process.onExit().get(10, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        throw new IOException("the scratch server " + process.pid() + " does not end", e);
      }
    }
  }

  private static boolean serves(ProcessHandle process, String data, Object owner) {
    Path facts = PROCESSES.resolve(Long.toString(process.pid()));
    try {
      String line = Files.readString(facts.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(line.split("\0", -1)).stream()
              .anyMatch(word -> word.equals(data) || word.equals("--datadir=" + data))
          && owner.equals(Files.getAttribute(facts, "unix:uid"));
    } catch (IOException e) {
      return false; // it ended while we looked
    }
  }

  /** Removes it; processes of a server that was just killed may still write for a moment. */
  private static void remove(Path directory) throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        removeOnce(directory);
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        last = e;
      }
    }
    throw new IOException("'" + directory + "' cannot be removed", last);
  }

  private static void removeOnce(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path ignored =
        Files.walkFileTree(
            directory,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                  throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                  throws IOException {
                if (e != null) {
                  throw e;
                }
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
              }
            });
  }
}
