package tr.emanet.torture;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.Openssl;
import tr.emanet.ui.Accessibility;
import tr.emanet.ui.Chromium;

/**
 * The day after: an operator looks into snapshots, downloads, and restores beside and over what
 * stands there, with the administrator who must agree. One story, in its order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreScreensIT {

  private static final double PATIENCE_MILLIS = 60_000;
  private static final int FILES = 30;
  private static final String JOB = "/api/v1/backups/jobs/1";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path made = Path.of(".");
  private static Path directory;
  private static Path source;
  private static Emanet service;
  private static People people;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = Chromium.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    directory = made.toRealPath();
    source = directory.resolve("Şehir İmar");
    Path inner = Files.createDirectories(source.resolve("Fen İşleri"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(
          inner.resolve("BAŞARISIZ " + i + ".txt"), ("satır " + i + "\n").repeat(300));
    }
    Files.createSymbolicLink(inner.resolve("son"), Path.of("BAŞARISIZ 1.txt"));
    service =
        new Emanet(
            directory.resolve("state"),
            directory.resolve("log"),
            List.of("backup.restoreRoots=['" + source + "']"),
            List.of());
    service.start();
    backUp(service.api());
    people = new People(service);
    people.add("yasin", "backup-operator");
    people.add("meryem", "administrator");
    people.add("deniz", "auditor");
  }

  private static void backUp(Api api) throws Exception {
    Openssl.Run key =
        Openssl.run(
            directory,
            ("req -x509 -newkey rsa:2048 -nodes -keyout escrow.key -out escrow.pem -days 3650"
                    + " -subj /CN=Mudur -addext keyUsage=critical,keyEncipherment")
                .split(" ", -1));
    assertThat(key.code()).as(key.text()).isZero();
    String certificate =
        Files.readString(directory.resolve("escrow.pem"), StandardCharsets.US_ASCII);
    assertThat(
            api.post(
                "/api/v1/backups/keys/escrow", json("name", "mudur", "certificate", certificate)))
        .isLessThan(300);
    String job =
        JSON.writeValueAsString(
            Map.of(
                "name",
                "Dosya sunucusu",
                "systems",
                "dosya01",
                "sources",
                List.of(Map.of("kind", "path", "path", source.toString())),
                "repository",
                directory.resolve("depo").toString()));
    assertThat(api.post("/api/v1/backups/jobs", job)).isEqualTo(201);
    run(api);
  }

  private static void run(Api api) throws IOException, InterruptedException {
    int before = api.read(JOB + "/runs").path("runs").size();
    assertThat(api.post(JOB + "/acts/run")).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              var runs = api.read(JOB + "/runs").path("runs");
              return runs.size() > before && !runs.path(0).path("seal").asText().isEmpty();
            });
  }

  private static String json(String a, String b, String c, String d) throws IOException {
    return JSON.writeValueAsString(Map.of(a, b, c, d));
  }

  @AfterAll
  static void stop() throws Exception {
    if (people != null) {
      people.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @AfterEach
  void staysCalm() {
    List<String> found = List.copyOf(people.offences);
    people.offences.clear();
    assertThat(found).isEmpty();
  }

  private static void looksRight(Page page, String what) {
    assertThat(Accessibility.violations(page)).as(what).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(what)
        .isEqualTo(true);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "pictures", what + ".png")));
  }

  /** The same page in the other language and theme, narrow. */
  private static void looksRightNarrow(Page page, String who, String what) {
    String path = page.url().replaceFirst("https?://[^/]+", "");
    Page narrow = people.open(who, path, "en", "dark", 360);
    looksRight(narrow, what + "-en-dark-360");
    narrow.context().close();
  }

  private static Path save(Download download) {
    Path file = directory.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  private static String inner() {
    return source.resolve("Fen İşleri").toString();
  }

  private static String folder(String path) {
    return "/backups/snapshots/1?path="
        + java.net.URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  @Order(1)
  void looksIntoASnapshotAndFindsNamesAsTurkishReads() {
    Page page = people.open("yasin", "/backups/snapshots", "tr", "light", 1440);
    assertThat(page.locator("#snapshot-1")).containsText("Dosya sunucusu");
    looksRight(page, "snapshots");
    page.fill(".snap-bar input[name=q]", "basarisiz 7");
    page.locator(".snap-bar button").click();
    assertThat(page.locator(".snap-found")).containsText("BAŞARISIZ 7.txt");
    assertThat(page.locator(".snap-found li")).hasCount(1);
    looksRight(page, "snapshots-found");
    looksRightNarrow(page, "yasin", "snapshots-found");
    page.locator("#snapshot-1 a").first().click();
    while (page.locator("td.snap-name a b").count() == 1) {
      page.locator("td.snap-name a b").click();
    }

    assertThat(page.locator(".snap-table tbody tr")).hasCount(FILES + 1);
    assertThat(page.locator(".backup-side")).containsText("imza ve zincir sağlam");
    looksRight(page, "snapshot-folder");
    looksRightNarrow(page, "yasin", "snapshot-folder");
    page.context().close();
  }

  @Test
  @Order(2)
  void downloadsAFileAndTheFolderAsZipAndTar() throws Exception {
    Page page = people.open("yasin", folder(inner()), "en", "light", 1366);

    Path file =
        save(
            page.waitForDownload(
                () -> page.locator("a[aria-label$='BAŞARISIZ 3.txt']").first().click()));
    page.locator("input[type=checkbox][name=path]").first().check();
    Path zip = save(page.waitForDownload(() -> page.locator("button[value=zip]").click()));
    Path tar = save(page.waitForDownload(() -> page.locator("button[value=tar]").click()));

    assertThat(Files.mismatch(file, source.resolve("Fen İşleri/BAŞARISIZ 3.txt"))).isEqualTo(-1);
    try (ZipFile in = new ZipFile(zip.toFile())) {
      assertThat(in.stream().filter(e -> !e.isDirectory()).map(e -> e.getName()))
          .singleElement()
          .asString()
          .contains("BAŞARISIZ 0.txt");
    }
    assertThat(new String(Files.readAllBytes(tar), StandardCharsets.UTF_8))
        .contains("BAŞARISIZ 0.txt", "satır 0");
    page.context().close();
    Page auditor = people.open("deniz", folder(inner()), "tr", "light", 1366);
    assertThat(auditor.locator("button[value=zip], #snap-restore, a[href*='/file']")).hasCount(0);
    assertThat(auditor.locator(".backup-side")).containsText("İndirmeyi");
    auditor.context().close();
  }

  @Test
  @Order(3)
  void restoresToAnotherPlaceOnOnePersonsWordAndSignsIt() throws Exception {
    Page page = people.open("yasin", folder(source.toString()), "tr", "light", 1440);
    page.locator("#snap-restore").click();
    Path target = directory.resolve("state/restore/Olay 14");
    page.fill("input[name=target]", target.toString());
    looksRight(page, "restore-aim");
    looksRightNarrow(page, "yasin", "restore-aim");

    page.locator("#restore-look").click();
    assertThat(page.locator("#restore-ask")).isVisible();
    assertThat(page.locator("#restore-middle")).containsText("yalnız root");
    looksRight(page, "restore-preview");
    page.locator("#restore-ask").click();
    assertThat(page.locator("#restore-badge")).hasText("Tamam");
    page.reload();

    assertThat(page.locator("a[href$='report.json.p7s']")).isVisible();
    looksRight(page, "restore-done");
    Path back = Path.of(target + source.toString()).resolve("Fen İşleri");
    for (int i = 0; i < FILES; i++) {
      String name = "BAŞARISIZ " + i + ".txt";
      assertThat(Files.mismatch(back.resolve(name), source.resolve("Fen İşleri").resolve(name)))
          .isEqualTo(-1);
    }
    assertThat(Files.readSymbolicLink(back.resolve("son"))).isEqualTo(Path.of("BAŞARISIZ 1.txt"));
    for (String report : List.of("report.json", "report.pdf", "report-en.pdf")) {
      Path content =
          save(page.waitForDownload(() -> page.locator("a[href$='" + report + "']").click()));
      Path signature =
          save(page.waitForDownload(() -> page.locator("a[href$='" + report + ".p7s']").click()));
      verified(content, signature);
    }
    page.context().close();
  }

  private static void verified(Path content, Path signature) throws Exception {
    String certificate = service.state().resolve("keys/seal.pem").toString();
    Openssl.Run run =
        Openssl.run(
            directory,
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            signature.toString(),
            "-content",
            content.toString(),
            "-CAfile",
            certificate,
            "-out",
            "/dev/null");
    assertThat(run.code()).as(run.text()).isZero();
  }

  @Test
  @Order(4)
  void overwritesOnlyWhenAnAdministratorHasSeenThePreviewToo() throws Exception {
    Path victim = source.resolve("Fen İşleri/BAŞARISIZ 5.txt");
    String was = Files.readString(victim);
    Files.writeString(victim, "şifrelendi");
    Page page = people.open("yasin", folder(source.toString()), "tr", "light", 1440);
    page.locator("#snap-restore").click();
    page.locator("input[value=original]").check();
    page.selectOption("select[name=overwrite]", "if-different");
    page.locator("#restore-look").click();
    assertThat(page.locator("#restore-overwrites")).containsText("BAŞARISIZ 5.txt");
    page.fill("input[name=reason]", "Olay O-2026-014: fidye yazılımı");
    looksRight(page, "restore-overwrites");
    page.locator("#restore-ask").click();
    assertThat(page.locator("#restore-badge")).hasText("Onay bekliyor");
    assertThat(page.locator("form[action$='/approve']")).hasCount(0);
    looksRight(page, "restore-asked");
    String path = page.url().replaceFirst("https?://[^/]+", "");
    Page other = people.open("meryem", path, "en", "dark", 1366);
    looksRight(other, "restore-approve");
    looksRightNarrow(other, "meryem", "restore-approve");

    other.locator("form[action$='/approve'] button").click();

    assertThat(page.locator("#restore-badge")).hasText("Tamam");
    assertThat(Files.readString(victim)).isEqualTo(was);
    page.reload();
    assertThat(page.locator(".restore-people")).containsText("meryem");
    looksRightNarrow(page, "deniz", "restore-done");
    other.context().close();
    page.context().close();
    Page foreign = people.open("deniz", "/backups/snapshots?foreign=1", "tr", "light", 1366);
    assertThat(foreign.locator("main")).containsText("başka araçla yapılmış anlık görüntü yok");
    looksRight(foreign, "snapshots-foreign");
    foreign.context().close();
    Page log = people.open("deniz", "/backups/logs/run/1", "tr", "light", 1366);
    assertThat(log.locator("main")).containsText("Mühürlendi: 00000001");
    looksRight(log, "log-run");
    Path text = save(log.waitForDownload(() -> log.locator("#log-text").click()));
    assertThat(Files.readString(text)).contains("Çalışma 1: Dosya sunucusu", "Depo kilidi alındı");
    assertThat(people.api(log, "/api/v1/backups/logs/restore/2")).contains("\"restored\"");
    log.navigate(log.url().replace("/run/1", "/restore/2"));
    looksRightNarrow(log, "deniz", "log-restore");
    log.context().close();
    Page list = people.open("deniz", "/backups/restores", "en", "dark", 1366);
    assertThat(list.locator("#backup-jobs tbody tr")).hasCount(2);
    assertThat(list.locator("main form")).hasCount(0);
    looksRight(list, "restores");
    assertThat(people.api(list, "/api/v1/audit"))
        .contains("backup.restore-approved-overwrite", "backup.restore-ended");
    list.context().close();
  }

  @Test
  @Order(5)
  void showsARestoreThatRestsOnThePageOfJobs() throws Exception {
    // As if somebody had paused the first one in its midst.
    try (Connection store =
            DriverManager.getConnection(
                "jdbc:sqlite:" + service.state().resolve("store/emanet.db"));
        Statement statement = store.createStatement()) {
      statement.executeUpdate(
          "UPDATE restore_order SET state = 'paused', ended_at = NULL, paused_at = "
              + System.currentTimeMillis()
              + " WHERE id = 1");
    }
    Page page = people.open("yasin", "/backups", "tr", "light", 1440);
    assertThat(page.locator(".restore-going")).containsText("Duraklatıldı");
    looksRight(page, "backups-restoring");
    looksRightNarrow(page, "deniz", "backups-restoring");

    page.locator(".restore-going button.primary").click();

    assertThat(page.locator("#restore-badge")).hasText("Tamam");
    page.locator("#restore-log").click();
    assertThat(page.locator("main")).containsText("Kaldığı yerden sürdürüldü");
    looksRight(page, "log-restore");
    page.context().close();
  }
}
