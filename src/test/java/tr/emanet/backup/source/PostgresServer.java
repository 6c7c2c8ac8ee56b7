package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import tr.emanet.house.FreePort;

/**
 * A PostgreSQL of our own on a free port of the loopback, with a password. It refuses to run as
 * root, so root starts it as the user of the Debian package.
 */
public final class PostgresServer implements AutoCloseable {

  public static final String PASSWORD = "ebys:parola\\1";

  private final Path data;
  private final Path bin;
  private final int port;
  private final Process server;

  /** Starts it; skips the test when it is not installed. */
  public PostgresServer(Path directory) throws Exception {
    Optional<Path> installed = installed();
    Assumptions.assumeTrue(
        installed.isPresent(),
        "skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
    bin = installed.orElseThrow();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    data = Files.createDirectory(directory.resolve("pg"));
    Path password = Files.writeString(directory.resolve("pg-password"), PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    if (root()) {
      run(List.of("chown", "postgres", data.toString()));
    }
    Path log = directory.resolve("pg.log");
    run(
        asServer(
            bin.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "ebys",
            "-A",
            "scram-sha-256",
            "--pwfile=" + password,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync"));
    port = FreePort.choose();
    server =
        new ProcessBuilder(
                asServer(
                    bin.resolve("postgres").toString(),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "fsync=off"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Awaitility.await("PostgreSQL, see " + log)
        .atMost(Duration.ofSeconds(60))
        .until(() -> sql("postgres", "SELECT 1") == 0);
  }

  private static Optional<Path> installed() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all.map(v -> v.resolve("bin"))
          .filter(b -> Files.isExecutable(b.resolve("postgres")))
          .findFirst();
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asServer(String... command) {
    List<String> out = new ArrayList<>();
    if (root()) {
      out.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    out.addAll(List.of(command));
    return out;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(command.toString()).isZero();
  }

  public int port() {
    return port;
  }

  public PostgresDatabase database(String name) {
    return new PostgresDatabase("127.0.0.1", port, name, "ebys");
  }

  /** Runs statements; gives the exit code of psql. */
  public int sql(String database, String... statements) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("psql", "-X", "-q", "-h", "127.0.0.1", "-U", "ebys", "-d", database));
    command.add("-p");
    command.add(Integer.toString(port));
    for (String statement : statements) {
      command.add("-c");
      command.add(statement);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PGPASSWORD", PASSWORD);
    return builder.start().waitFor();
  }

  @Override
  public void close() throws Exception {
    run(
        asServer(
            bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-m", "immediate", "stop"));
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
