package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;

/** Dumps of a real PostgreSQL; one server for all cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresDumpIT {

  private Path place;
  private PostgresServer server;
  private Path passFile;

  @BeforeAll
  void startsAServer(@TempDir Path directory) throws Exception {
    place = directory;
    server = new PostgresServer(directory);
    assertThat(
            server.sql(
                "postgres",
                "CREATE DATABASE \"şehir\"",
                "CREATE ROLE okur LOGIN PASSWORD 'gizli-okur'"))
        .isZero();
    assertThat(
            server.sql(
                "şehir",
                "CREATE TABLE evrak (no int, konu text)",
                "INSERT INTO evrak SELECT n, 'İmar planı ' || n FROM generate_series(1, 2000) n"))
        .isZero();
    passFile = place.resolve("pgpass");
    PostgresDump.writePassFile(passFile, server.database("şehir"), PostgresServer.PASSWORD);
  }

  @AfterAll
  void stopsIt() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void dumpsRowsAndGlobalsThatRestoreElsewhere() throws Exception {
    Path out = Files.createDirectory(place.resolve("iyi"));

    List<Path> files = new PostgresDump(server.database("şehir"), passFile, () -> false).into(out);

    assertThat(files)
        .extracting(f -> f.getFileName().toString())
        .containsExactly("şehir.dump", "şehir-globals.sql");
    String dump = Files.readString(files.getFirst(), StandardCharsets.ISO_8859_1);
    assertThat(dump).startsWith("PGDMP").contains("plan");
    assertThat(Files.readString(files.get(1))).contains("ROLE okur").doesNotContain("gizli-okur");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passFile)))
        .isEqualTo("rw-------");
    assertThat(server.sql("postgres", "CREATE DATABASE deneme")).isZero();
    assertThat(restore(files.getFirst())).isZero();
    assertThat(server.sql("deneme", "SELECT 1 / (SELECT (count(*) = 2000)::int FROM evrak)"))
        .isZero();
  }

  private int restore(Path dump) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "pg_restore",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-U",
                "ebys",
                "-d",
                "deneme",
                dump.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PGPASSFILE", passFile.toString());
    return builder.start().waitFor();
  }

  @Test
  void failsWithoutAFileWhenPasswordOrDatabaseIsWrong() throws Exception {
    Path out = Files.createDirectory(place.resolve("kötü"));

    assertThatThrownBy(
            () -> new PostgresDump(server.database("şehir"), null, () -> false).into(out))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("ended with 1")
        .hasMessageContaining("/şehir");
    assertThatThrownBy(
            () -> new PostgresDump(server.database("yok"), passFile, () -> false).into(out))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("yok");
    assertThatThrownBy(() -> new PostgresDatabase("127.0.0.1", 5432, "-f/etc/x", "ebys"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsWhenItIsStopped() throws Exception {
    Path out = Files.createDirectory(place.resolve("durdu"));

    assertThatThrownBy(
            () ->
                new PostgresDump(
                        new PostgresDatabase("192.0.2.1", 5432, "uzak", "ebys"),
                        passFile,
                        () -> true)
                    .into(out))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("uzak");
  }

  @Test
  void streamsADumpOfOneMomentAndLoadsItIntoAScratchServer() throws Exception {
    assertThat(server.sql("postgres", "CREATE DATABASE an", "GRANT CREATE ON DATABASE an TO okur"))
        .isZero();
    assertThat(
            server.sql(
                "an",
                "CREATE SCHEMA \"Fen İşleri\"",
                "CREATE TABLE \"Fen İşleri\".\"ölçü \"\" krokisi\" (no int)",
                "INSERT INTO \"Fen İşleri\".\"ölçü \"\" krokisi\" SELECT generate_series(1, 70)",
                "CREATE TABLE boş (no int)",
                "ALTER TABLE boş OWNER TO okur"))
        .isZero();
    PostgresDatabase source = server.database("an");
    PostgresDump dump = new PostgresDump(source, passFile, () -> false);
    Instant now = Instant.parse("2026-11-23T00:00:00Z");
    Duration limit = Duration.ofSeconds(30);
    RowCounts before;
    byte[] bytes;

    try (PostgresMoment moment = new PostgresMoment(source, passFile)) {
      assertThat(server.sql("an", "INSERT INTO boş SELECT generate_series(1, 5)")).isZero();
      before = RowCounts.parse(moment.count(limit, now, () -> false).json());
      try (InputStream in = dump.open(moment.id())) {
        bytes = in.readAllBytes();
      }
    }

    assertThat(before.tables())
        .containsExactly(
            new RowCounts.Table("Fen İşleri", "ölçü \" krokisi", 70L),
            new RowCounts.Table("public", "boş", 0L));
    byte[] half = Arrays.copyOf(bytes, bytes.length - 900);
    try (ScratchPostgres scratch = ScratchPostgres.start(place, () -> false)) {
      scratch.load("an", Files.write(place.resolve("an.dump"), bytes));
      RowCounts after = scratch.counts("an", limit, now, () -> false);
      assertThat(before.differences(after)).isEmpty();
      assertThat(after.counted()).isEqualTo(2);
      assertThatThrownBy(
              () -> scratch.load("yarım", Files.write(place.resolve("yarım.dump"), half)))
          .isInstanceOf(BackupException.class);
    }
    try (PostgresMoment moment = new PostgresMoment(source, passFile)) {
      assertThat(moment.count(limit, now, () -> false).differences(before))
          .containsExactly(new RowCounts.Difference("public", "boş", 5L, 0L));
    }
  }

  @Test
  void aDumpRunsNoCommandsAndReadsNoFilesWhereItIsTriedOut() throws Exception {
    assertThat(server.sql("postgres", "CREATE DATABASE kotu")).isZero();
    Path done = place.resolve("komut");
    String function = "CREATE OR REPLACE FUNCTION f(int) RETURNS boolean LANGUAGE plpgsql AS ";
    assertThat(
            server.sql(
                "kotu",
                "CREATE EXTENSION pgcrypto",
                function + "$$ BEGIN RETURN true; END $$",
                "CREATE TABLE a (no int CHECK (f(no)), ozet bytea DEFAULT digest('x', 'sha256'))",
                "INSERT INTO a SELECT generate_series(1, 9)"))
        .isZero();
    Path honest = dumped("kotu", "kotu.dump");
    // The load runs it for each row.
    String command = "COPY (SELECT 1) TO PROGRAM 'touch " + done + "';";
    assertThat(server.sql("kotu", function + "$$ BEGIN " + command + " RETURN true; END $$"))
        .isZero();
    Path hostile = dumped("kotu", "kotu2.dump");

    try (ScratchPostgres scratch = ScratchPostgres.start(place, () -> false)) {
      scratch.load("kotu", honest);
      RowCounts counted =
          scratch.counts("kotu", Duration.ofSeconds(30), Instant.EPOCH, () -> false);
      assertThat(counted.tables()).containsExactly(new RowCounts.Table("public", "a", 9L));
      assertThatThrownBy(() -> scratch.load("kotu2", hostile))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("COPY");
    }
    assertThat(done).doesNotExist();
  }

  private Path dumped(String name, String file) throws Exception {
    PostgresDatabase database = server.database(name);
    try (PostgresMoment moment = new PostgresMoment(database, passFile);
        InputStream in = new PostgresDump(database, passFile, () -> false).open(moment.id())) {
      return Files.write(place.resolve(file), in.readAllBytes());
    }
  }

  @Test
  void recognisesADumpThatWasCutAnywhereOrHasAnAlteredBlock() throws Exception {
    assertThat(server.sql("postgres", "CREATE DATABASE kesik")).isZero();
    assertThat(
            server.sql(
                "kesik",
                "CREATE TABLE a (no int, m text)",
                "INSERT INTO a SELECT n, repeat('ğ', 90) FROM generate_series(1, 3000) n",
                "CREATE TABLE boş (no int)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "SELECT lo_from_bytea(0, decode(repeat('ab', 50000), 'hex'))",
                "SELECT lo_from_bytea(0, 'iki')"))
        .isZero();
    byte[] dump;
    PostgresDatabase source = server.database("kesik");
    try (PostgresMoment moment = new PostgresMoment(source, passFile);
        InputStream in = new PostgresDump(source, passFile, () -> false).open(moment.id())) {
      dump = in.readAllBytes();
    }
    Random random = new Random(7);

    walk(dump, dump.length, 7);
    walk(dump, dump.length, 100_000);
    for (int i = 0; i < 300; i++) {
      int cut = i < 20 ? dump.length - 1 - i : random.nextInt(dump.length);
      assertThatThrownBy(() -> walk(dump, cut, 4096))
          .as("cut at " + cut)
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("cut or damaged");
    }
    byte[] longer = Arrays.copyOf(dump, dump.length + 30);
    assertThatThrownBy(() -> walk(longer, longer.length, 4096)).isInstanceOf(BackupException.class);
  }

  private static void walk(byte[] dump, int end, int step) throws BackupException {
    PostgresDumpWalk walk = new PostgresDumpWalk();
    for (int at = 0; at < end; at += step) {
      walk.take(dump, at, Math.min(step, end - at));
    }
    walk.end("deneme");
  }

  @Test
  void failsAtTheEndOfAStreamWhoseProgramDid() throws Exception {
    PostgresDump dump = new PostgresDump(server.database("şehir"), passFile, () -> false);

    InputStream in = dump.open("00000000-00000000-9");
    int first = in.read();

    assertThat(first).isEqualTo(-1);
    assertThatThrownBy(in::close)
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("pg_dump");
    assertThatThrownBy(() -> new PostgresMoment(server.database("şehir"), null))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("şehir");
  }
}
