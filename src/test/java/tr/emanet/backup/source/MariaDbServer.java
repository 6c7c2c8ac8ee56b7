package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tr.emanet.house.FreePort;

/** A MariaDB of our own on a free port of the loopback; its root has no password at its socket. */
public final class MariaDbServer implements AutoCloseable {

  private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

  private final Path place;
  private final int port;
  private final Process server;

  /** What the client said. */
  public record Run(int code, String out) {}

  /** Starts it; skips the test when it is not installed. */
  public MariaDbServer(Path directory) throws Exception {
    place = directory;
    Assumptions.assumeTrue(
        Files.isExecutable(SERVER) && Files.isExecutable(Path.of("/usr/bin/mariadb-dump")),
        "skipped: MariaDB is not installed (Debian: apt-get install mariadb-server)");
    Path data = place.resolve("mariadb");
    String user = "--user=" + System.getProperty("user.name");
    Path log = place.resolve("mariadb.log");
    Process install =
        new ProcessBuilder(
                "mariadb-install-db",
                "--no-defaults",
                user,
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(install.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(install.exitValue()).as(Files.readString(log)).isZero();
    port = FreePort.choose();
    server =
        new ProcessBuilder(
                SERVER.toString(),
                "--no-defaults",
                user,
                "--datadir=" + data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + socket(),
                "--pid-file=" + place.resolve("pid"),
                "--innodb-buffer-pool-size=16M",
                "--innodb-flush-log-at-trx-commit=0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Awaitility.await("MariaDB, see " + log)
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.isAlive() && sql("SELECT 1").code() == 0);
  }

  public int port() {
    return port;
  }

  /** Its socket. */
  public Path socket() {
    return place.resolve("s");
  }

  /** Runs statements as root. */
  public Run sql(String statement) throws IOException, InterruptedException {
    return run(null, "--batch", "--skip-column-names", "--execute=" + statement);
  }

  /** Feeds it a dump. */
  public Run load(Path dump) throws IOException, InterruptedException {
    return run(dump);
  }

  private Run run(@Nullable Path input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mariadb",
                "--no-defaults",
                "--user=root",
                "--socket=" + socket(),
                "--default-character-set=utf8mb4"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out);
  }

  @Override
  public void close() throws InterruptedException {
    server.destroyForcibly(); // its data is a test's
    assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}
