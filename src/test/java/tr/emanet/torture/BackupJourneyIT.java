package tr.emanet.torture;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.SetClock;
import tr.emanet.backup.source.PostgresServer;
import tr.emanet.ui.Chromium;

/**
 * The whole way of a backup, once, in one piece: from the form of the operator over six nights of
 * the schedule to the morning after ransomware. What can be checked with a tool of Debian is
 * checked with that; the nights pass because the test sets the clock of the service.
 */
class BackupJourneyIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final LocalTime NIGHT = LocalTime.of(23, 50, 30);
  private static final String JOB = "/api/v1/backups/jobs/1";
  private static final int FILES = 30;

  /** The night in which the schedule finds the files encrypted; those before are good. */
  private static final int ATTACK = 5;

  private static final int ROWS = 900;

  /** Names as people and old systems left them; the last bytes of the second are ISO 8859-9. */
  private static final String TREE =
      """
      set -e
      mkdir -p 'ölçü krokileri ığşç/boş klasör'
      for i in $(seq 1 30); do
        yes "şehir planı $i" | head -n 600 > "ölçü krokileri ığşç/parsel $i.txt"
      done
      printf 'eski' > "$(printf 'FEN \\335\\336LER\\335')"
      printf 'ayri' > "$(printf 'I\\314\\207ns\\314\\247aat')"
      printf 'birlesik' > 'İnşaat'
      head -c 200000 /dev/urandom > 'eski kayıt.bin'
      ln -s 'ölçü krokileri ığşç' 'bağ'
      ln 'İnşaat' 'İnşaat aynı'
      """;

  private static final String RANSOM =
      """
      find . -type f | while IFS= read -r f; do
        openssl enc -aes-256-ctr -pbkdf2 -iter 1 -pass pass:x -in "$f" -out "$f.x" && mv "$f.x" "$f"
      done
      """;

  @TempDir Path directory;
  private final LocalDate first = LocalDate.now(ZONE).minusDays(8);
  private Path source = Path.of("");
  private Path repository = Path.of("");

  private record Ran(int code, String out) {}

  @Test
  void aMunicipalityBacksUpIsAttackedAndStandsAgain() throws Exception {
    Assumptions.assumeTrue(Chromium.missing().isEmpty(), "skipped: there is no browser");
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/restic")),
        "skipped: restic is not installed (Debian: apt-get install restic)");
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    directory = directory.toRealPath();
    source = Files.createDirectories(directory.resolve("Fen İşleri"));
    repository = directory.resolve("depo");
    done(source, "sh", "-c", TREE);
    clock(0, LocalTime.of(23, 40));
    try (PostgresServer server = new PostgresServer(directory);
        Emanet service =
            new Emanet(
                directory.resolve("state"),
                directory.resolve("log"),
                List.of("seal.timestamp.url=builtin", "backup.restoreRoots=['" + source + "']"),
                List.of("-D" + SetClock.FILE + "=" + directory.resolve("clock")))) {
      fill(server);
      service.main(SetClock.class);
      service.start();
      try (People people = new People(service)) {
        people.add("yasin", "backup-operator");
        people.add("meryem", "administrator");
        people.add("deniz", "auditor");
        makesTheJob(people, server);
        fiveNights(service);
        readByStockTools(server);
        attacked(service);
        people.again("yasin");
        people.again("meryem");
        restoredInTheBrowser(service, people);
        drilled(people);
        assertThat(people.offences).isEmpty();
      }
    }
  }

  private void fill(PostgresServer server) throws Exception {
    assertThat(server.sql("postgres", "CREATE DATABASE ebys")).isZero();
    assertThat(
            server.sql(
                "ebys",
                "CREATE TABLE evrak (no int PRIMARY KEY, konu text)",
                "INSERT INTO evrak SELECT n, 'İmar planı ' || n FROM generate_series(1, "
                    + ROWS
                    + ") n"))
        .isZero();
  }

  /** Sets the clock of the service: so many days after the first, at that time. */
  private void clock(int days, LocalTime time) throws IOException {
    long then = first.plusDays(days).atTime(time).atZone(ZONE).toInstant().toEpochMilli();
    Path next = directory.resolve("clock.next");
    Files.writeString(next, Long.toString(then - System.currentTimeMillis()));
    Files.move(
        next,
        directory.resolve("clock"),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private void makesTheJob(People people, PostgresServer server) throws Exception {
    Page admin = people.open("meryem", "/backups", "tr", "light", 1440);
    admin.locator(".backup-escrow summary").click();
    admin.fill(".backup-escrow input[name=name]", "mudur");
    admin.fill(".backup-escrow textarea", escrow());
    admin.locator(".backup-escrow form button").click();
    assertThat(admin.locator(".backup-escrow")).hasCount(0);
    Page page = people.open("yasin", "/backups?form=new", "tr", "light", 1440);
    page.fill("input[name=name]", "EBYS ve Fen İşleri");
    page.fill("input[name=systems]", "EBYS, dosya sunucusu");
    page.fill("textarea[name=paths]", source.toString());
    page.fill("input[name=repository]", repository.toString());
    page.locator(".backup-add select").selectOption("postgresql");
    page.locator("#backup-add").click();
    Locator database = page.locator(".backup-source");
    database.locator("input[name$=host]").fill("127.0.0.1");
    database.locator("input[name$=port]").fill(Integer.toString(server.port()));
    database.locator("input[name$=name]").fill("ebys");
    database.locator("input[name$=user]").fill("ebys");
    database.locator("input[type=password]").fill(PostgresServer.PASSWORD);
    page.locator("#backup-when").selectOption("cron");
    page.fill("input[name=cron]", "50 23 * * *");
    page.fill("input[name=daily]", "1");
    for (String none : List.of("weekly", "monthly", "yearly")) {
      page.fill("input[name=" + none + "]", "0");
    }
    page.locator("#backup-save").click();
    assertThat(page.locator("#job-1")).containsText("EBYS ve Fen İşleri");
    page.context().close();
    admin.navigate(admin.url().replaceAll("/backups.*", "/backups?job=1"));
    admin.locator(".backup-side .remedy.note button.primary").click();
    assertThat(admin.locator(".backup-side .remedy.note")).hasCount(0);
    admin.context().close();
  }

  /** A certificate from the other machine of the one who holds the escrow, made long ago. */
  private String escrow() throws Exception {
    done(
        directory,
        "openssl",
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "escrow.key",
        "-out",
        "escrow.csr",
        "-subj",
        "/CN=Mudur");
    Files.writeString(
        directory.resolve("ca.cnf"),
        """
        [ca]
        default_ca = d
        [d]
        database = ca.txt
        serial = ca.srl
        new_certs_dir = .
        default_md = sha256
        policy = p
        x509_extensions = e
        [p]
        commonName = supplied
        [e]
        keyUsage = critical,keyEncipherment
        """);
    Files.createFile(directory.resolve("ca.txt"));
    done(
        directory,
        ("openssl ca -config ca.cnf -create_serial -selfsign -batch -notext -keyfile escrow.key"
                + " -in escrow.csr -out escrow.pem -startdate 20260101000000Z"
                + " -enddate 20460101000000Z")
            .split(" ", -1));
    return Files.readString(directory.resolve("escrow.pem"), StandardCharsets.US_ASCII);
  }

  /** The schedule runs night after night; what is older than its rule goes. */
  private void fiveNights(Emanet service) throws Exception {
    for (int night = 0; night < ATTACK; night++) {
      // The last one later: then the attack of the next night comes before the daily sweep.
      clock(night, night == ATTACK - 1 ? NIGHT.plusMinutes(2) : NIGHT);
      JsonNode run = run(service.api(), night);
      assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("complete");
      assertThat(run.path("cause").asText()).isEqualTo("schedule");
      if (night == 0) {
        Files.delete(source.resolve("eski kayıt.bin"));
        Files.writeString(source.resolve("ölçü krokileri ığşç/parsel 7.txt"), "yeni ölçü\n");
      }
    }
    Files.createDirectory(directory.resolve("temiz"));
    done(directory, "cp", "-a", source.toString(), "temiz/");
    assertThat(expired(service.api())).containsExactly(1L, 2L);
    looked(service.api());
    assertThat(service.api().read(JOB + "/repository").path("sweepAfter").isTextual()).isTrue();
  }

  private static JsonNode run(Api api, int before) throws IOException, InterruptedException {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode runs = api.read(JOB + "/runs").path("runs");
              return runs.size() > before
                  && runs.path(0).path("endedAt").isTextual()
                  && !api.read(JOB).path("running").asBoolean();
            });
    return api.read(JOB + "/runs").path("runs").path(0);
  }

  private static Set<Long> expired(Api api) throws IOException, InterruptedException {
    Set<Long> out = new TreeSet<>();
    for (JsonNode run : api.read(JOB + "/runs").path("runs")) {
      if (run.path("expiredAt").isTextual()) {
        out.add(run.path("id").asLong());
      }
    }
    return out;
  }

  /** Looks after the repository now, as the button on the page of the job does. */
  private static void looked(Api api) throws IOException, InterruptedException {
    String[] before = {""};
    // The daily look of the schedule may be at it.
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              before[0] = api.read(JOB + "/repository").path("lookedAt").asText();
              return api.post(JOB + "/repository/acts/look") == 200;
            });
    await()
        .atMost(PATIENCE)
        .until(() -> !api.read(JOB + "/repository").path("lookedAt").asText().equals(before[0]));
    JsonNode state = api.read(JOB + "/repository");
    assertThat(state.path("findings")).as(state.toString()).isEmpty();
    assertThat(state.path("problem").asText()).isEmpty();
  }

  /** On another machine: a copy of the files, the escrow key, and nothing of ours. */
  private void readByStockTools(PostgresServer server) throws Exception {
    Path copy = directory.resolve("kopya");
    done(directory, "cp", "-a", repository.toString(), copy.toString());
    done(
        directory,
        ("openssl cms -decrypt -binary -inform DER -in kopya/escrow/password.p7m"
                + " -recip escrow.pem -inkey escrow.key -out parola")
            .split(" ", -1));
    String[] restic = {"restic", "-r", "kopya", "--no-cache", "--password-file", "parola"};
    Path back = directory.resolve("geri");
    done(
        directory,
        Stream.concat(
                Stream.of(restic), Stream.of("restore", "latest", "--target", back.toString()))
            .toArray(String[]::new));
    done(directory, "diff", "-r", "--no-dereference", source.toString(), back + source.toString());
    Path dump = back.resolve("postgresql/127.0.0.1-" + server.port() + "/ebys/ebys.dump");
    assertThat(server.sql("postgres", "CREATE DATABASE deneme")).isZero();
    String where = "-h 127.0.0.1 -U ebys -d deneme -p " + server.port();
    done(directory, ("pg_restore " + where + " " + dump).split(" ", -1));
    Ran rows =
        done(
            directory,
            Stream.concat(
                    Stream.of(("psql -X -At " + where + " -c").split(" ", -1)),
                    Stream.of("SELECT count(*) FROM evrak"))
                .toArray(String[]::new));
    assertThat(rows.out().strip()).isEqualTo(Integer.toString(ROWS));
    audit(copy);
  }

  /** The page for auditors, word by word, with the certificates that somebody brought. */
  private void audit(Path copy) throws Exception {
    String page = Files.readString(Java.root().resolve("src/docs/format-backup-seal.md"));
    int from = page.indexOf("```sh\n") + 6;
    Path script =
        Files.writeString(
            directory.resolve("audit.sh"), page.substring(from, page.indexOf("```", from)));
    Path trust = repository.resolve("seals/certificates");
    Ran said =
        done(
            copy,
            "env",
            "SEAL=" + trust.resolve("seal.pem"),
            "TSA=" + trust.resolve("tsa.pem"),
            "sh",
            script.toString());
    assertThat(said.out()).doesNotContain("FAILED", "WRONG", "no day is closed");
    assertThat(said.out().split("Verification: OK", -1)).hasSizeGreaterThan(3);
  }

  private void attacked(Emanet service) throws Exception {
    Api api = service.api();
    done(source, "sh", "-c", RANSOM);
    clock(ATTACK, NIGHT);
    JsonNode run = run(api, ATTACK);
    assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("suspicious");
    assertThat(run.path("cause").asText()).isEqualTo("schedule");
    assertThat(run.path("findings").toString()).contains("encrypted");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(api.alerts().toString()).contains("backup-suspicious"));
    Set<String> before = stored();

    // By then the mark of the night before is more than a day old.
    clock(ATTACK + 1, LocalTime.of(6, 0));
    looked(api);

    assertThat(expired(api)).as("without the freeze run 3 would go").containsExactly(1L, 2L);
    assertThat(stored()).isEqualTo(before);
  }

  private Set<String> stored() throws IOException {
    try (Stream<Path> all = Files.walk(repository)) {
      return all.map(repository::relativize)
          .map(Path::toString)
          .filter(name -> name.matches("(data|index|snapshots)/.*"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The operator asks, the administrator sees the same preview and approves. */
  private void restoredInTheBrowser(Emanet service, People people) throws Exception {
    Page page = people.open("yasin", "/backups?job=1", "tr", "light", 1440);
    assertThat(page.locator("#job-1 .backup-state")).containsText("Şüpheli");
    assertThat(page.locator("#job-1")).containsText("donduruldu");
    String folder = java.net.URLEncoder.encode(source.toString(), StandardCharsets.UTF_8);
    page.navigate(
        page.url()
            .replaceAll("/backups.*", "/backups/snapshots/5?path=" + folder.replace("+", "%20")));
    page.locator("#snap-restore").click();
    page.locator("input[value=original]").check();
    page.selectOption("select[name=overwrite]", "if-different");
    page.locator("#restore-look").click();
    assertThat(page.locator("#restore-overwrites")).containsText("parsel");
    page.fill("input[name=reason]", "Fidye yazılımı");
    page.locator("#restore-ask").click();
    assertThat(page.locator("#restore-badge")).hasText("Onay bekliyor");
    Page other =
        people.open("meryem", page.url().replaceFirst("https?://[^/]+", ""), "tr", "light", 1440);
    other.locator("form[action$='/approve'] button").click();
    assertThat(page.locator("#restore-badge")).hasText("Tamam");

    done(
        directory,
        "diff",
        "-r",
        "--no-dereference",
        directory.resolve("temiz/Fen İşleri").toString(),
        source.toString());

    // Somebody has looked: only now the mark is swept, and the space of the first night is free.
    Set<String> before = stored();
    other.navigate(other.url().replaceAll("/backups.*", "/backups?job=1"));
    other.locator("form[action$='/thaw'] button").click();
    assertThat(other.locator("form[action$='/thaw']")).hasCount(0);
    looked(service.api());
    assertThat(stored())
        .as(service.api().read(JOB + "/repository") + service.tail())
        .isNotEqualTo(before);
    other.context().close();
    page.context().close();
  }

  /** The drill that the schedule made in one of the nights, as the auditor reads it. */
  private void drilled(People people) throws Exception {
    people.again("deniz");
    Page page = people.open("deniz", "/backups/drills?drill=1", "tr", "light", 1440);
    assertThat(page.locator("#drill-1 .backup-state")).containsText("Geri geldi");
    assertThat(page.locator(".backup-side")).containsText("EBYS, dosya sunucusu");
    JsonNode record =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(people.api(page, "/api/v1/backups/drills/1/record.json"));
    assertThat(record.path("by").asText()).isEqualTo("-");
    assertThat(record.path("started").asText()).isNotEmpty();
    assertThat(record.path("systems").asText()).isEqualTo("EBYS, dosya sunucusu");
    assertThat(record.path("result").asText()).isEqualTo("passed");
    assertThat(record.path("problems").isArray()).isTrue();
    assertThat(record.path("figures").path("files_hashed_again").asInt()).isGreaterThan(FILES);
    JsonNode rows = record.path("databases").path(0);
    assertThat(rows.path("rows_at_backup").asInt()).as(record.toString()).isEqualTo(ROWS);
    assertThat(rows.path("rows_restored").asInt()).isEqualTo(ROWS);
    page.context().close();
  }

  private static Ran done(Path where, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("LC_ALL", "C.UTF-8", "PGPASSWORD", PostgresServer.PASSWORD));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + out).isZero();
    return new Ran(process.exitValue(), out);
  }
}
