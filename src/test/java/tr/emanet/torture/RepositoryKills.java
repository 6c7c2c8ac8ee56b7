package tr.emanet.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restic.CheckRun;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;

/**
 * Kills the command line's backup or prune with SIGKILL at a random moment; the repository must be
 * sound for us and for stock restic, and the same command must then complete. One thread.
 */
final class RepositoryKills {

  private static final byte[] PASSWORD = "kasa".getBytes(StandardCharsets.UTF_8);

  private final Path work;
  private final Path store;
  private final Path source;
  private final Path password;
  private final Random random;
  private int killed;

  RepositoryKills(Path work, long seed) throws IOException {
    this.work = work;
    this.random = new Random(seed);
    this.store = work.resolve("repository");
    this.source = Files.createDirectories(work.resolve("source"));
    this.password = Files.write(work.resolve("password"), PASSWORD);
    Origin origin = origin();
    Repository.init(
            new LocalTarget(store),
            PASSWORD,
            new SecureRandom(),
            origin,
            InstantSource.system().instant())
        .close();
  }

  private static Origin origin() throws IOException {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    return new Origin(host, "root", ProcessHandle.current().pid(), 0, 0);
  }

  /** How many commands were killed before they had ended. */
  int killed() {
    return killed;
  }

  /** One backup, with a prune when there is something to prune; one of the two is killed. */
  void round() throws IOException, InterruptedException {
    for (int i = 0; i < 4; i++) {
      byte[] bytes = new byte[200_000 + random.nextInt(6_000_000)];
      random.nextBytes(bytes);
      Files.write(source.resolve("file" + random.nextInt(8)), bytes);
    }
    boolean prune = forgetOldest();
    kill(prune ? prune() : backup());
    sound();
    stock();
    List<String> again = prune ? prune() : backup();
    int code = end(start(again), 120);
    if (code != 0) {
      throw new IllegalStateException(again + " ended with " + code + ": " + log());
    }
    sound();
  }

  private List<String> backup() {
    return List.of(
        "backup",
        "run",
        "--repo",
        store.toString(),
        "--password-file",
        password.toString(),
        source.toString());
  }

  private List<String> prune() {
    return List.of("repo", "prune", store.toString(), "--password-file", password.toString());
  }

  private boolean forgetOldest() throws IOException {
    try (Repository repository = open();
        RepositoryLock lock = RepositoryLock.take(repository, true, InstantSource.system())) {
      List<Snapshot> all = Snapshot.all(repository);
      if (all.size() < 2) {
        return false;
      }
      Snapshot.forget(repository, all.getFirst(), lock);
      return true;
    }
  }

  private Repository open() throws IOException {
    return Repository.open(new LocalTarget(store), PASSWORD, new SecureRandom(), origin());
  }

  private String log() throws IOException {
    return Files.readString(work.resolve("log"));
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(Java.command());
    command.add("tr.emanet.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("log").toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  private static int end(Process process, long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** Waits until it has its lock, or nearly, and then kills it at a random moment. */
  private void kill(List<String> arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    Path locks = store.resolve("locks");
    while (process.isAlive() && empty(locks)) {
      var _ = process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    if (!process.waitFor(150 + random.nextInt(700), TimeUnit.MILLISECONDS)) {
      killed++;
    }
    process.destroyForcibly();
    process.waitFor();
  }

  private static boolean empty(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }

  private void sound() throws IOException {
    try (Repository repository = open()) {
      CheckRun.Report report = CheckRun.run(repository, true);
      if (!report.sound()) {
        throw new IllegalStateException(report.problems() + " in " + store);
      }
    }
  }

  private void stock() throws IOException, InterruptedException {
    Path restic = Path.of("/usr/bin/restic");
    if (Files.isExecutable(restic)) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  restic.toString(),
                  "--no-cache",
                  "--no-lock",
                  "-r",
                  store.toString(),
                  "check",
                  "--read-data")
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("restic.log").toFile());
      builder.environment().put("RESTIC_PASSWORD_FILE", password.toString());
      if (end(builder.start(), 120) != 0) {
        throw new IllegalStateException(Files.readString(work.resolve("restic.log")));
      }
    }
  }
}
