package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.house.FreePort;

/** Dumps of a real MariaDB; one server for all cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbDumpIT {

  private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

  private Path place = Path.of("unset");
  private @Nullable Process server;
  private int port;

  @BeforeAll
  void startsAServer(@TempDir Path directory) throws Exception {
    place = directory;
    Assumptions.assumeTrue(
        Files.isExecutable(SERVER) && Files.isExecutable(Path.of("/usr/bin/mariadb-dump")),
        "skipped: MariaDB is not installed (Debian: apt-get install mariadb-server)");
    Path data = place.resolve("data");
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
    Process started =
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
    server = started;
    Awaitility.await("MariaDB, see " + log)
        .atMost(Duration.ofSeconds(60))
        .until(() -> started.isAlive() && sql("SELECT 1").code() == 0);
    String setUp =
        "CREATE DATABASE ebys CHARACTER SET utf8mb4;"
            + "CREATE TABLE ebys.evrak (no INT PRIMARY KEY, konu VARCHAR(200), ek BLOB)"
            + " ENGINE=InnoDB;"
            + "INSERT INTO ebys.evrak VALUES (1, 'İmar planı ığüşöç', 0x00FF27), (2, 'b', NULL);"
            + "CREATE TABLE ebys.eski (a INT) ENGINE=MyISAM;"
            + "CREATE PROCEDURE ebys.say() SELECT count(*) FROM ebys.evrak;"
            + "CREATE USER 'yedek'@'127.0.0.1' IDENTIFIED BY 'sı\\\"r\\\\7';"
            + "GRANT SELECT, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT ON ebys.*"
            + " TO 'yedek'@'127.0.0.1';"
            + "GRANT SELECT ON mysql.proc TO 'yedek'@'127.0.0.1';";
    assertThat(sql(setUp)).satisfies(run -> assertThat(run.code()).as(run.out()).isZero());
  }

  @AfterAll
  void stopsIt() throws Exception {
    if (server != null) {
      server.destroy();
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  @Test
  void dumpsWhatAnotherDatabaseCanBeMadeFrom() throws Exception {
    Path out = Files.createDirectory(place.resolve("out"));
    Path options = place.resolve("options");
    MariaDbDump.writeOptionFile(options, "sı\"r\\7");
    MariaDbDatabase database = new MariaDbDatabase("127.0.0.1", port, "ebys", "yedek");

    MariaDbDump.Result result = new MariaDbDump(database, options, () -> false).into(out);

    assertThat(result.loose()).containsExactly("eski");
    assertThat(result.files()).containsExactly(out.resolve("ebys.sql"));
    assertThat(Files.getPosixFilePermissions(options))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(sql("DROP DATABASE ebys").code()).isZero();
    assertThat(client(result.files().getFirst()).code()).isZero();
    assertThat(sql("SELECT konu, hex(ek) FROM ebys.evrak ORDER BY no").out())
        .contains("İmar planı ığüşöç\t00FF27")
        .contains("b\tNULL");
    assertThat(sql("CALL ebys.say()").out()).contains("2");
  }

  @Test
  void failsWithTheServersWordsAndLeavesNoDump() throws Exception {
    Path out = Files.createDirectory(place.resolve("out2"));
    MariaDbDatabase none = new MariaDbDatabase(socket().toString(), 3306, "yok", "root");
    MariaDbDatabase wrong = new MariaDbDatabase("127.0.0.1", port, "ebys", "yedek");

    assertThatThrownBy(() -> new MariaDbDump(none, null, () -> false).into(out))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("Unknown database 'yok'");
    assertThatThrownBy(() -> new MariaDbDump(wrong, null, () -> false).into(out))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("Access denied");
  }

  @Test
  void refusesNamesThatAreNoNames() {
    for (String name : List.of("--all-databases", "a'b", "a b", "", "a;b", "x".repeat(65))) {
      assertThatThrownBy(() -> new MariaDbDatabase("h", 3306, name, "u"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new MariaDbDatabase("-h", 3306, "a", "u"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private record Run(int code, String out) {}

  private Path socket() {
    return place.resolve("s");
  }

  private Run sql(String statement) throws IOException, InterruptedException {
    return run(null, "--batch", "--skip-column-names", "--execute=" + statement);
  }

  private Run client(Path input) throws IOException, InterruptedException {
    return run(input);
  }

  private Run run(@Nullable Path input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.addAll(
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
}
