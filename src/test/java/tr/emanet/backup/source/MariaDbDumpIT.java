package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;

/** Dumps of a real MariaDB; one server for all cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbDumpIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private Path place = Path.of("unset");
  private MariaDbServer server;
  private int port;

  @BeforeAll
  void startsAServer(@TempDir Path directory) throws Exception {
    place = directory;
    server = new MariaDbServer(place);
    port = server.port();
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
      server.close();
    }
  }

  @Test
  void dumpsWhatAnotherDatabaseCanBeMadeFrom() throws Exception {
    Path out = Files.createDirectory(place.resolve("out"));
    Path options = place.resolve("options");
    MariaDbDump.writeOptionFile(options, "sı\"r\\7");
    MariaDbDatabase database = new MariaDbDatabase("127.0.0.1", port, "ebys", "yedek");

    MariaDbDump.Result result =
        new MariaDbDump(database, options, () -> false).into(out, LIMIT, NOW);

    assertThat(result.loose()).containsExactly("eski");
    assertThat(result.dump()).isEqualTo(out.resolve("ebys.sql"));
    assertThat(Files.getPosixFilePermissions(options))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(sql("DROP DATABASE ebys").code()).isZero();
    assertThat(server.load(result.dump()).code()).isZero();
    assertThat(sql("SELECT konu, hex(ek) FROM ebys.evrak ORDER BY no").out())
        .contains("İmar planı ığüşöç\t00FF27")
        .contains("b\tNULL");
    assertThat(sql("CALL ebys.say()").out()).contains("2");
  }

  @Test
  void countsTheRowsOfTheDumpWhileOthersWriteAndLoadsThemIntoAScratchServer() throws Exception {
    Path out = Files.createDirectory(place.resolve("out3"));
    String wide = "repeat('çok uzun bir satır ', 20)";
    assertThat(
            sql("CREATE DATABASE kayıt CHARACTER SET utf8mb4; CREATE TABLE kayıt.`a``\\ b`"
                    + " (no BIGINT AUTO_INCREMENT PRIMARY KEY, m TEXT); CREATE TABLE kayıt.boş (a"
                    + " INT); INSERT INTO kayıt.`a``\\ b` (m) SELECT "
                    + wide
                    + " FROM kayıt.seq_1_to_20000;")
                .code())
        .isZero();
    MariaDbDatabase database = new MariaDbDatabase(socket().toString(), 3306, "kayıt", "root");
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!enough.get()) {
                    write("INSERT INTO kayıt.`a``\\ b` (m) VALUES ('sonra'), ('gelen')");
                  }
                });
    MariaDbDump.Result result;
    try {
      result = new MariaDbDump(database, null, () -> false).into(out, LIMIT, NOW);
    } finally {
      enough.set(true);
      writer.join();
    }

    RowCounts before = RowCounts.parse(result.counts().json());
    assertThat(before.counted()).isEqualTo(2);
    assertThat(before.rows()).isGreaterThanOrEqualTo(20_000);
    assertThat(sql("SELECT count(*) > " + before.rows() + " FROM kayıt.`a``\\ b`").out().strip())
        .isEqualTo("1");
    try (ScratchMariaDb scratch = ScratchMariaDb.start(place, () -> false);
        InputStream in = Files.newInputStream(result.dump())) {
      scratch.load(in);
      assertThat(before.differences(scratch.counts("kayıt", LIMIT, NOW, () -> false))).isEmpty();
    }
  }

  private void write(String statement) {
    try {
      assertThat(sql(statement).code()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void countsNothingWhenSomebodysTransactionKeepsItFromLocking() throws Exception {
    Path out = Files.createDirectory(place.resolve("out4"));
    assertThat(sql("CREATE DATABASE meşgul; CREATE TABLE meşgul.a (a INT)").code()).isZero();
    MariaDbDatabase database = new MariaDbDatabase(socket().toString(), 3306, "meşgul", "root");
    MariaDbDump.Result result;

    try (SqlSession busy =
        SqlSession.mariaDb("busy", MariaDbDump.client("mariadb", database, null))) {
      assertThat(busy.ask("BEGIN; INSERT INTO meşgul.a VALUES (1); SELECT count(*) FROM meşgul.a;"))
          .containsExactly("1");
      result = new MariaDbDump(database, null, () -> false).into(out, LIMIT, NOW);
    }

    assertThat(result.counts().tables()).containsExactly(new RowCounts.Table("meşgul", "a", null));
  }

  @Test
  void failsWithTheServersWordsAndLeavesNoDump() throws Exception {
    Path out = Files.createDirectory(place.resolve("out2"));
    MariaDbDatabase none = new MariaDbDatabase(socket().toString(), 3306, "yok", "root");
    MariaDbDatabase wrong = new MariaDbDatabase("127.0.0.1", port, "ebys", "yedek");

    assertThatThrownBy(() -> new MariaDbDump(none, null, () -> false).into(out, LIMIT, NOW))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("Unknown database 'yok'");
    assertThatThrownBy(() -> new MariaDbDump(wrong, null, () -> false).into(out, LIMIT, NOW))
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

  private Path socket() {
    return server.socket();
  }

  private MariaDbServer.Run sql(String statement) throws IOException, InterruptedException {
    return server.sql(statement);
  }
}
