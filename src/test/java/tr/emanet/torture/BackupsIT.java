package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.source.MariaDbServer;
import tr.emanet.backup.source.PostgresServer;
import tr.emanet.backup.source.RowCounts;
import tr.emanet.backup.target.StockServers;

/**
 * What an operator, an auditor and the person in charge of escrow do with a job of a directory and
 * a database, over the API of the running service and with stock tools only: from the first job to
 * the day on which somebody encrypted the files.
 */
class BackupsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Path RESTIC = Path.of("/usr/bin/restic");
  private static final int FILES = 60;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CISCO =
      "version 15.2\nhostname sw1\nenable secret 5 gizli-eski\nend\n";
  private static final String JOB = "/api/v1/backups/jobs/1";

  @TempDir Path directory;

  private record Ran(int code, String out) {}

  @Test
  void backsUpADirectoryAndADatabaseThatStockToolsRestoreAndAnAuditorChecks() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(RESTIC),
        "skipped: restic is not installed (Debian: apt-get install restic)");
    Path source = files();
    Path repository = directory.resolve("depo");
    try (PostgresServer server = new PostgresServer(directory);
        MariaDbServer maria = new MariaDbServer(Files.createDirectory(directory.resolve("m")));
        Emanet service =
            new Emanet(
                directory.resolve("state"), directory.resolve("log"), List.of(), List.of())) {
      assertThat(server.sql("postgres", "CREATE DATABASE ebys")).isZero();
      assertThat(
              server.sql(
                  "ebys",
                  "CREATE TABLE evrak (no int PRIMARY KEY, konu text)",
                  "INSERT INTO evrak SELECT n, 'İmar planı ' || n FROM generate_series(1, 900) n"))
          .isZero();
      List<Map<String, Object>> others = others(maria);
      service.start();
      Api api = service.api();
      assertThat(api.post("/api/v1/backups/jobs", job(source, repository, server, others)))
          .isEqualTo(201);
      assertThat(api.post(JOB + "/acts/run")).as("nobody holds an escrow").isEqualTo(409);
      escrow(api);

      JsonNode run = run(api, "complete");

      assertThat(run.path("files").asInt()).isEqualTo(FILES + 6);
      assertThat(run.path("seal").asText()).isNotEmpty();
      Path password = opened(repository);
      Path back = directory.resolve("geri");
      restic(repository, password, "check", "--read-data");
      restic(repository, password, "restore", "latest", "--target", back.toString());
      Ran same =
          run(
              Map.of(),
              "diff",
              "-r",
              "--no-dereference",
              source.toString(),
              back + source.toString());
      assertThat(same.code()).as(same.out()).isZero();
      Path dump = back.resolve("postgresql/127.0.0.1-" + server.port() + "/ebys/ebys.dump");
      assertThat(rows(server, "ebys", dump)).isEqualTo(rows(server, "ebys", null)).hasSize(900);
      RowCounts counts = RowCounts.parse(Files.readAllBytes(dump.resolveSibling(RowCounts.FILE)));
      assertThat(counts.tables()).containsExactly(new RowCounts.Table("public", "evrak", 900L));
      cameBack(back, maria);
      drilled(api);
      Ran audit = audit(repository);
      assertThat(audit.out()).contains("Verification").doesNotContain("FAILED", "WRONG");
      assertThat(audit.code()).as(audit.out()).isZero();

      encrypt(source);
      JsonNode flagged = run(api, "suspicious");

      assertThat(flagged.path("findings").toString()).contains("encrypted");
      assertThat(api.read(JOB).path("frozenAt").isTextual()).isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(api.alerts().toString()).contains("backup-suspicious"));
      assertThat(server.sql("postgres", "DROP DATABASE ebys")).isZero();
      JsonNode failed = run(api, "failed");
      assertThat(failed.path("snapshot").asText()).isEmpty();
      assertThat(failed.path("problem").asText()).contains("ebys");
      pullsFromAServerAndAnnouncesAChangeOfADevice(api, source, repository);
    }
  }

  /** A database of MariaDB and one of SQLite, which somebody has open. */
  private List<Map<String, Object>> others(MariaDbServer maria) throws Exception {
    MariaDbServer.Run made =
        maria.sql(
            "CREATE DATABASE imar CHARACTER SET utf8mb4; CREATE TABLE imar.ruhsat (no INT PRIMARY"
                + " KEY, konu TEXT); INSERT INTO imar.ruhsat SELECT seq, concat('İnşaat ğüşiöç ',"
                + " seq) FROM imar.seq_1_to_700; CREATE USER 'yedek'@'127.0.0.1' IDENTIFIED BY"
                + " 'gizli'; GRANT SELECT, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT ON imar.* TO"
                + " 'yedek'@'127.0.0.1';");
    assertThat(made.code()).as(made.out()).isZero();
    Path file = directory.resolve("sayaç.db");
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement()) {
      statement.executeUpdate("CREATE TABLE sayaç (no INTEGER, değer TEXT)");
      statement.executeUpdate("INSERT INTO sayaç VALUES (1, 'su'), (2, 'gaz')");
    }
    return List.of(
        Map.of(
            "kind", "mariadb",
            "host", "127.0.0.1",
            "port", maria.port(),
            "name", "imar",
            "user", "yedek",
            "password", "gizli"),
        Map.of("kind", "sqlite", "path", file.toString()));
  }

  /** What restic restored has the rows that the servers have. */
  private void cameBack(Path back, MariaDbServer maria) throws Exception {
    String rows = "SELECT no, konu FROM imar.ruhsat ORDER BY no";
    String before = maria.sql(rows).out();
    assertThat(maria.sql("DROP DATABASE imar").code()).isZero();
    Path dump = back.resolve("mariadb/127.0.0.1-" + maria.port() + "/imar/imar.sql");
    assertThat(maria.load(dump).out()).isEmpty();
    assertThat(maria.sql(rows).out()).isEqualTo(before).contains("İnşaat ğüşiöç 700");
    try (Stream<Path> all = Files.walk(back)) {
      Path copy = all.filter(f -> f.endsWith("sayaç.db")).findFirst().orElseThrow();
      try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + copy);
          Statement statement = sqlite.createStatement();
          ResultSet values = statement.executeQuery("SELECT group_concat(değer) FROM sayaç")) {
        assertThat(values.next()).isTrue();
        assertThat(values.getString(1)).isEqualTo("su,gaz");
      }
    }
  }

  /** The service itself starts both databases from the snapshot and counts their rows. */
  private static void drilled(Api api) throws IOException, InterruptedException {
    assertThat(api.post("/api/v1/backups/drills", "{\"job\": 1, \"whole\": true}")).isEqualTo(202);
    await()
        .atMost(PATIENCE)
        .until(() -> api.read("/api/v1/backups/drills/1").path("endedAt").isTextual());
    JsonNode drill = api.read("/api/v1/backups/drills/1");
    assertThat(drill.path("state").asText()).as(drill.toString()).isEqualTo("passed");
    JsonNode record = api.read("/api/v1/backups/drills/1/record.json");
    assertThat(record.findValuesAsText("database")).as(record.toString()).contains("ebys", "imar");
  }

  private void pullsFromAServerAndAnnouncesAChangeOfADevice(Api api, Path source, Path repository)
      throws Exception {
    Path place = Files.createDirectories(directory.resolve("ağ"));
    try (StockServers files = new StockServers(Files.createDirectory(place.resolve("dosya")));
        StockServers devices = new StockServers(Files.createDirectory(place.resolve("cihaz")))) {
      StockServers.Ssh server = files.ssh();
      StockServers.Ssh device = devices.answering(CISCO, 0);
      Map<String, Object> sftp = new HashMap<>(login(server));
      sftp.put("kind", "sftp");
      sftp.put("path", source.toString());
      Map<String, Object> config = new HashMap<>(login(device));
      config.put("kind", "device");
      config.put("device", "cisco");
      String wanted =
          JSON.writeValueAsString(
              Map.of(
                  "name", "Ağ",
                  "sources", List.of(sftp, config),
                  "repository", repository.toString()));
      assertThat(api.post("/api/v1/backups/jobs", wanted)).isEqualTo(201);

      JsonNode first = run(api, "/api/v1/backups/jobs/2", "complete");
      devices.answer(CISCO.replace("gizli-eski", "gizli-yeni").replace("sw1", "sw2"), 0);
      JsonNode second = run(api, "/api/v1/backups/jobs/2", "complete");

      assertThat(first.path("files").asInt()).isEqualTo(FILES + 1);
      assertThat(second.path("files").asInt()).isEqualTo(FILES + 1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(api.events("\"device-config-changed\"").toString())
                      .contains("hostname sw2", "enable secret ***")
                      .doesNotContain("gizli"));
      assertThat(api.status().path("balance").path("balanced").asBoolean()).isTrue();
    }
  }

  private static Map<String, Object> login(StockServers.Ssh server) throws IOException {
    return Map.of(
        "host", "127.0.0.1",
        "port", server.port(),
        "user", System.getProperty("user.name"),
        "hostKey", server.hostKey(),
        "password", Files.readString(server.clientKey()));
  }

  private Path files() throws IOException {
    Path source = Files.createDirectories(directory.resolve("Fen İşleri"));
    Path inner = Files.createDirectory(source.resolve("ölçü krokileri ığşç"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(
          inner.resolve("parsel " + i + ".txt"), ("şehir planı " + i + "\n").repeat(300));
    }
    Files.createSymbolicLink(source.resolve("bağ"), Path.of("ölçü krokileri ığşç"));
    return source;
  }

  private static String job(
      Path source, Path repository, PostgresServer server, List<Map<String, Object>> others)
      throws IOException {
    List<Map<String, Object>> sources = new ArrayList<>(others);
    sources.add(Map.of("kind", "path", "path", source.toString()));
    sources.add(
        Map.of(
            "kind", "postgresql",
            "host", "127.0.0.1",
            "port", server.port(),
            "name", "ebys",
            "user", "ebys",
            "password", PostgresServer.PASSWORD));
    return JSON.writeValueAsString(
        Map.of(
            "name",
            "EBYS",
            "systems",
            "EBYS ve Fen İşleri",
            "sources",
            sources,
            "repository",
            repository.toString(),
            "keep",
            Map.of("daily", 7)));
  }

  private static JsonNode run(Api api, String ends) throws IOException, InterruptedException {
    return run(api, JOB, ends);
  }

  private static JsonNode run(Api api, String at, String ends)
      throws IOException, InterruptedException {
    assertThat(api.post(at + "/acts/run")).isEqualTo(202);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode job = api.read(at);
              return !job.path("running").asBoolean()
                  && !job.path("lastRun").path("endedAt").isNull();
            });
    JsonNode run = api.read(at).path("lastRun");
    assertThat(run.path("state").asText()).as(run.toString()).isEqualTo(ends);
    return run;
  }

  private void escrow(Api api) throws IOException, InterruptedException {
    Ran made =
        run(
            Map.of(),
            ("openssl req -x509 -newkey rsa:2048 -nodes -keyout escrow.key -out escrow.pem -days"
                    + " 3650 -subj /CN=Mudur -addext keyUsage=critical,keyEncipherment")
                .split(" ", -1));
    assertThat(made.code()).as(made.out()).isZero();
    String certificate = Files.readString(directory.resolve("escrow.pem"));
    String wanted = JSON.writeValueAsString(Map.of("name", "mudur", "certificate", certificate));
    assertThat(api.post("/api/v1/backups/keys/escrow", wanted)).isEqualTo(204);
  }

  /** What the person in charge of escrow does, with a key that never was on the machine. */
  private Path opened(Path repository) throws IOException, InterruptedException {
    Path password = directory.resolve("parola");
    Ran opened =
        run(
            Map.of(),
            "openssl",
            "cms",
            "-decrypt",
            "-binary",
            "-inform",
            "DER",
            "-in",
            repository.resolve("escrow/password.p7m").toString(),
            "-recip",
            "escrow.pem",
            "-inkey",
            "escrow.key",
            "-out",
            password.toString());
    assertThat(opened.code()).as(opened.out()).isZero();
    return password;
  }

  private void restic(Path repository, Path password, String... arguments)
      throws IOException, InterruptedException {
    Ran ran =
        run(
            Map.of(),
            Stream.concat(
                    Stream.of(
                        RESTIC.toString(),
                        "-r",
                        repository.toString(),
                        "--no-cache",
                        "--password-file",
                        password.toString()),
                    Stream.of(arguments))
                .toArray(String[]::new));
    assertThat(ran.code()).as(ran.out()).isZero();
  }

  /** The rows of the database, or of a new one that a dump was restored into. */
  private List<String> rows(
      PostgresServer server, String name, @org.jspecify.annotations.Nullable Path dump)
      throws IOException, InterruptedException {
    Map<String, String> password = Map.of("PGPASSWORD", PostgresServer.PASSWORD);
    String port = Integer.toString(server.port());
    String from = name;
    if (dump != null) {
      from = "deneme";
      assertThat(server.sql("postgres", "CREATE DATABASE deneme")).isZero();
      Ran restored =
          run(
              password,
              "pg_restore",
              "-h",
              "127.0.0.1",
              "-p",
              port,
              "-U",
              "ebys",
              "-d",
              from,
              dump.toString());
      assertThat(restored.code()).as(restored.out()).isZero();
    }
    Ran rows =
        run(
            password,
            "psql",
            "-X",
            "-At",
            "-h",
            "127.0.0.1",
            "-p",
            port,
            "-U",
            "ebys",
            "-d",
            from,
            "-c",
            "SELECT no, konu FROM evrak ORDER BY no");
    assertThat(rows.code()).as(rows.out()).isZero();
    return rows.out().lines().toList();
  }

  /** The commands of the page for auditors, in their own shell. */
  private Ran audit(Path repository) throws IOException, InterruptedException {
    String page = Files.readString(Java.root().resolve("src/docs/format-backup-seal.md"));
    int from = page.indexOf("```sh\n") + 6;
    Path script =
        Files.writeString(
            directory.resolve("audit.sh"), page.substring(from, page.indexOf("```", from)));
    Path trust = repository.resolve("seals/certificates");
    return run(
        Map.of("SEAL", trust.resolve("seal.pem").toString(), "TSA", trust + "/tsa.pem"),
        "sh",
        "-c",
        "cd \"$0\" && . \"$1\"",
        repository.toString(),
        script.toString());
  }

  private static void encrypt(Path source) throws IOException, InterruptedException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(source)) {
      all = found.filter(f -> f.toString().endsWith(".txt")).toList();
    }
    for (Path file : all) {
      Process openssl =
          new ProcessBuilder(
                  "openssl",
                  "enc",
                  "-aes-256-ctr",
                  "-pbkdf2",
                  "-iter",
                  "1",
                  "-pass",
                  "pass:x",
                  "-in",
                  file.toString(),
                  "-out",
                  file + ".enc")
              .start();
      assertThat(openssl.waitFor()).isZero();
      Files.delete(file);
    }
  }

  private Ran run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ran(process.exitValue(), out);
  }
}
