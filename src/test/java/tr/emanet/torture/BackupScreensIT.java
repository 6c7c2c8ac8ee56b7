package tr.emanet.torture;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.backup.target.StockServers;
import tr.emanet.crypto.KemHolder;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.ui.Accessibility;
import tr.emanet.ui.Chromium;

/**
 * An operator, an administrator and an auditor at the pages of backups of the running service: from
 * the first job to the day on which somebody encrypted the files. One story, in its order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupScreensIT {

  private static final double PATIENCE_MILLIS = 60_000;
  private static final int FILES = 40;
  private static final String JOB = "Dosya sunucusu";

  @TempDir static Path directory = Path.of(".");
  private static Emanet service;
  private static People people;
  private static Path source;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = Chromium.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    source = directory.resolve("Şehir İmar");
    Path inner = Files.createDirectories(source.resolve("İçişleri ığüşöç"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(inner.resolve("çizelge-" + i + ".txt"), ("satır " + i + "\n").repeat(400));
    }
    service =
        new Emanet(directory.resolve("state"), directory.resolve("log"), List.of(), List.of());
    service.start();
    people = new People(service);
    people.add("yasin", "backup-operator");
    people.add("meryem", "administrator");
    people.add("deniz", "auditor");
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
    assertThat(found).as(service.failures()).isEmpty();
  }

  static void looksRight(Page page, String what) {
    assertThat(Accessibility.violations(page)).as(what).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(what)
        .isEqualTo(true);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", what + ".png")));
  }

  /** Runs the first job and waits for its end. */
  private static void run(Page page, String ends) {
    page.locator("#backup-run").click();
    assertThat(page.locator("#job-1 .backup-state")).containsText(ends);
  }

  @Test
  @Order(1)
  void sealsToAnEscrowBeforeAnythingRuns() throws Exception {
    Openssl.Run made =
        Openssl.run(
            directory,
            ("req -x509 -newkey rsa:2048 -nodes -keyout escrow.key -out escrow.pem -days 3650"
                    + " -subj /CN=Mudur -addext keyUsage=critical,keyEncipherment")
                .split(" ", -1));
    assertThat(made.code()).as(made.text()).isZero();
    Page operator = people.open("yasin", "/backups", "tr", "light", 1440);
    assertThat(operator.locator(".backup-escrow")).isVisible();
    assertThat(operator.locator(".backup-escrow form")).hasCount(0);
    operator.context().close();
    Page page = people.open("meryem", "/backups", "tr", "light", 1440);

    page.locator(".backup-escrow summary").click();
    page.fill(".backup-escrow input[name=name]", "mudur");
    page.fill(
        ".backup-escrow textarea",
        Files.readString(directory.resolve("escrow.pem"), StandardCharsets.US_ASCII));
    page.locator(".backup-escrow form button").click();

    assertThat(page.locator(".backup-escrow")).hasCount(0);
    page.context().close();
  }

  @Test
  @Order(2)
  void makesAJobInTheFormAndRunsIt() throws Exception {
    Page page = people.open("yasin", "/backups", "tr", "light", 1440);

    page.locator("#backup-new").click();
    page.fill("input[name=name]", JOB);
    page.fill("input[name=systems]", "dosya01");
    page.fill("textarea[name=paths]", source.toString());
    page.fill("input[name=repository]", directory.resolve("depo").toString());
    looksRight(page, "backup-form");
    page.locator("#backup-save-run").click();

    assertThat(page.locator("#job-1 .backup-state")).containsText("Tamam");
    assertThat(page.locator("#job-1")).containsText("Şehir İmar");
    assertThat(page.locator(".backup-side")).containsText("her gün");
    assertThat(page.locator("#backup-runs")).containsText(String.valueOf(FILES));
    page.context().close();
  }

  @Test
  @Order(3)
  void takesASecondPersonForTheRetentionRule() {
    Page operator = people.open("yasin", "/backups?job=1", "tr", "light", 1440);
    Locator waits = operator.locator(".backup-side .remedy.note");
    assertThat(waits).isVisible();
    assertThat(waits.locator("button")).hasCount(0);
    operator.context().close();
    Page page = people.open("meryem", "/backups?job=1", "en", "dark", 1366);

    page.locator(".backup-side .remedy.note button.primary").click();

    assertThat(page.locator(".backup-side .remedy.note")).hasCount(0);
    assertThat(page.locator(".backup-side > .figures")).containsText("30 days");
    page.context().close();
  }

  @Test
  @Order(4)
  void copiesToAnSftpServerWhoseKeyAPersonCompared() throws Exception {
    try (StockServers servers =
        new StockServers(Files.createDirectories(directory.resolve("uzak")))) {
      StockServers.Ssh ssh = servers.ssh();
      String user = System.getProperty("user.name");
      Path there = directory.resolve("ikinci bina");
      Files.createDirectories(there);
      String address =
          "sftp://"
              + user
              + "@127.0.0.1:"
              + ssh.port()
              + "/"
              + there.toString().replace(" ", "%20");
      Page page = people.open("yasin", "/backups/targets", "tr", "light", 1440);
      page.locator("#place-new").click();
      page.fill("input[name=name]", "Belediye ek bina");
      page.fill("input[name=address]", address);
      page.locator("input[name=job]").check();
      page.locator("#place-save").click();
      assertThat(page.locator("#place-offered")).hasText(ssh.hostKey());
      people.offences.removeIf(offence -> offence.contains("422"));
      looksRight(page, "targets-offered");

      page.fill("input[name=hostkey]", ssh.hostKey());
      page.locator("#place-save").click();
      servers.authorize(page.locator(".place-key").textContent().strip());
      page.locator("#place-test").click();
      assertThat(page.locator(".feed-says[role=status]")).containsText("Bağlantı kuruldu");
      if (page.locator("#place-copy").count() > 0) { // its schedule may have begun a copy before
        page.locator("#place-copy").click();
      }

      assertThat(page.locator("#place-1 .backup-state")).containsText("Güncel");
      assertThat(page.locator("#backup-runs")).containsText("tamam");
      looksRight(page, "targets-copied");
      healsFromTheCopy(page);
      page.context().close();
      Page jobs = people.open("yasin", "/backups", "en", "light", 1440);
      assertThat(jobs.locator("#job-1 .rung.ok")).hasText(new String[] {"3", "2", "1"});
      jobs.context().close();
      try (Stream<Path> copies = Files.list(there)) {
        Path copy = copies.findFirst().orElseThrow();
        assertThat(copy.resolve("config")).exists();
        assertThat(copy.resolve("snapshots")).isNotEmptyDirectory();
      }
    }
  }

  /** A pack that is lost comes back, by its name. */
  private static void healsFromTheCopy(Page page) throws IOException {
    Path pack;
    try (Stream<Path> files = Files.walk(directory.resolve("depo").resolve("data"))) {
      pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.delete(pack);
    page.locator("#place-heal").click();
    page.locator("#heal-repository").click();
    assertThat(page.locator("#heal-1 .backup-state")).containsText("her şey sağlam");
    page.locator("#heal-1 summary").click();
    assertThat(page.locator("#heal-1 details"))
        .containsText(pack.getFileName().toString().substring(0, 8));
    looksRight(page, "heals");
    assertThat(pack).exists();
    assertThat(
            page.evaluate(
                "fetch('/api/v1/backups/heals?job=1').then(a => a.json()).then(a =>"
                    + " a.heals[0].state)"))
        .isEqualTo("whole");
    page.navigate(page.url().replaceAll("/backups/.*", "/backups/targets?place=1"));
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              page.reload();
              assertThat(page.locator(".backup-side .figures").textContent())
                  .contains("tümü", "itibarıyla okundu");
            });
    looksRight(page, "targets-read");
  }

  @ParameterizedTest
  @Order(5)
  @CsvSource({"tr,light,1440", "en,dark,1366", "tr,dark,390", "en,light,768"})
  void isAccessibleInEachLanguageThemeAndWidth(String language, String theme, int width) {
    for (String path :
        List.of(
            "/backups",
            "/backups?job=1",
            "/backups?form=new",
            "/backups/targets?place=1",
            "/backups/heals?job=1")) {
      Page page = people.open("yasin", path, language, theme, width);
      looksRight(
          page,
          "backups-" + path.replaceAll("[^a-z]", "") + "-" + language + "-" + theme + "-" + width);
      page.context().close();
    }
  }

  @Test
  @Order(6)
  void flagsADirectoryThatSomebodyEncryptedAndFreezesRetention() throws Exception {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Openssl.Run run =
            Openssl.run(
                directory,
                "enc",
                "-aes-256-cbc",
                "-pass",
                "pass:fidye",
                "-in",
                file.toString(),
                "-out",
                file + ".locked");
        assertThat(run.code()).as(run.text()).isZero();
        Files.delete(file);
      }
    }
    Page page = people.open("yasin", "/backups?job=1", "tr", "light", 1440);

    run(page, "Şüpheli");

    assertThat(page.locator("#job-1")).containsText("donduruldu");
    page.reload();
    assertThat(page.locator(".backup-side .remedy[role=alert]")).isVisible();
    assertThat(page.locator(".backup-side .remedy[role=alert] button")).hasCount(0);
    looksRight(page, "backups-suspicious");
    page.context().close();
  }

  @Test
  @Order(7)
  void letsOnlyAnAdministratorThawAndTheAuditorLook() throws IOException {
    Page auditor = people.open("deniz", "/backups?job=1", "en", "light", 1366);
    assertThat(auditor.locator(".backup-side")).isVisible();
    assertThat(auditor.locator("main form button")).hasCount(0);
    assertThat(auditor.locator("#backup-new")).hasCount(0);
    auditor.context().close();
    Page page = people.open("meryem", "/backups?job=1", "tr", "light", 390);

    page.locator("form[action$='/thaw'] button").click();

    assertThat(page.locator("form[action$='/thaw']")).hasCount(0);
    Page audit = people.open("deniz", "/audit", "tr", "light", 1366);
    assertThat(people.api(audit, "/api/v1/audit"))
        .contains("backup.job-created", "backup.retention-approved", "backup.retention-thawed");
    audit.context().close();
    page.context().close();
  }

  @Test
  @Order(8)
  void addsAndRemovesSourcesOfEachKindByKeyboardAndIsToldWhatIsWrong() {
    Page page = people.open("yasin", "/backups?form=new", "tr", "light", 1440);
    page.fill("input[name=name]", "Her tür");
    page.fill("input[name=repository]", directory.resolve("depo").toString());
    Locator sources = page.locator(".backup-source");
    List<String> kinds = List.of("postgresql", "mariadb", "sqlite", "sftp", "device");
    for (int i = 0; i < kinds.size(); i++) {
      page.locator(".backup-add select").selectOption(kinds.get(i));
      page.locator("#backup-add").focus();
      page.keyboard().press("Enter");
      assertThat(sources).hasCount(i + 1);
    }
    assertThat(page.locator("input[name=name]")).hasValue("Her tür");
    looksRight(page, "sources-tr-light-1440");
    for (int i = kinds.size(); i > 1; i--) {
      sources.first().locator("button[value^=remove-]").focus();
      page.keyboard().press("Enter");
      assertThat(sources).hasCount(i - 1);
    }
    sources.first().locator("button[value^=remove-]").click();
    assertThat(sources).hasCount(0);
    page.locator(".backup-add select").selectOption("sqlite");
    page.locator("#backup-add").click();
    sources.locator("input.mono").fill(directory.resolve("yok.db").toString());

    page.locator("#backup-save").click();

    assertThat(page.locator(".problem[role=alert]")).isVisible();
    assertThat(sources.locator("input.mono")).hasValue(directory.resolve("yok.db").toString());
    page.context().close();
    Page narrow = people.open("yasin", "/backups?form=new", "en", "dark", 360);
    for (String kind : List.of("mariadb", "device")) {
      narrow.locator(".backup-add select").selectOption(kind);
      narrow.locator("#backup-add").click();
    }
    assertThat(narrow.locator(".backup-source")).hasCount(2);
    looksRight(narrow, "sources-en-dark-360");
    narrow.context().close();
    boolean told = people.offences.removeIf(offence -> offence.contains("status of 400"));
    assertThat(told).isTrue();
  }

  @Test
  @Order(30)
  void provesThatTheBackupComesBack() {
    Page page = people.open("yasin", "/backups/drills", "tr", "light", 1440);
    assertThat(page.locator("#backup-proof")).containsText("hiç kanıtlanmadı");

    page.locator("#proof-1 button").first().click();

    assertThat(page.locator("#drill-1 .backup-state")).containsText("Geri geldi");
    looksRight(page, "drills");
    page.locator("#drill-1 a").click();
    page.fill(".backup-side textarea", "Sandık diski dar; büyütüldü.");
    page.locator(".backup-side form button").click();
    assertThat(page.locator(".backup-side")).containsText("büyütüldü");
    assertThat(page.locator(".backup-side")).containsText("imzalar ve zincir sağlam");
    looksRight(page, "drills-record");
    var pdf = page.waitForDownload(() -> page.locator("a[href$='record.pdf']").click());
    assertThat(pdf.suggestedFilename()).isEqualTo("emanet-tatbikat-1.pdf");
    page.navigate(page.url().split("/backups", -1)[0] + "/backups");
    assertThat(page.locator("#backup-proof")).containsText("önce");
    page.context().close();
  }

  @Test
  @Order(31)
  void checksARungAndTheAuditorOnlyLooks() {
    Page page = people.open("yasin", "/backups/drills", "en", "dark", 1366);

    page.locator(".ladder button[value=full]").click();

    assertThat(page.locator(".ladder")).containsText("nothing wrong");
    page.context().close();
    Page auditor = people.open("deniz", "/backups/drills?drill=1", "en", "light", 390);
    assertThat(auditor.locator(".backup-side")).isVisible();
    assertThat(auditor.locator("main form button")).hasCount(0);
    looksRight(auditor, "drills-auditor");
    auditor.context().close();
  }

  @Test
  @Order(32)
  void provesTheEscrowKeyWithoutEverSeeingIt() throws Exception {
    Page page = people.open("meryem", "/backups/keys", "tr", "light", 1440);
    assertThat(page.locator("main")).containsText("root kullanıcısı bu depoları okuyabilir");
    assertThat(page.locator("main")).containsText("Emanet hiç denenmedi");
    looksRight(page, "keys");

    String answer = answer(page);
    page.locator(".key-answer summary").click();
    page.fill("input[name=answer]", "yanlış");
    page.locator(".key-answer button").click();
    assertThat(page.locator("[role=alert]")).containsText("yanıtı değil");
    // The browser says what the wrong answer was answered with; that is no offence of ours.
    boolean told = people.offences.removeIf(offence -> offence.contains("409"));
    assertThat(told).isTrue();
    page.locator(".key-answer summary").click();
    page.fill("input[name=answer]", answer);
    page.locator(".key-answer button").click();

    assertThat(page.locator("main")).containsText("Emanet en son");
    var kit = page.waitForDownload(() -> page.locator("a[href$='kit.pdf']").click());
    assertThat(kit.suggestedFilename()).startsWith("emanet-acil-");
    page.context().close();
    Page narrow = people.open("deniz", "/backups/keys", "en", "dark", 390);
    assertThat(narrow.locator("main form button")).hasCount(0);
    looksRight(narrow, "keys-auditor");
    narrow.context().close();
  }

  /** Downloads a challenge for the holder, who opens it with openssl where the key is. */
  private static String answer(Page page) throws Exception {
    var asked = page.waitForDownload(() -> page.locator("button[name=holder]").first().click());
    asked.saveAs(directory.resolve("soru.p7m"));
    Openssl.Run opened =
        Openssl.run(
            directory,
            ("cms -decrypt -binary -inform DER -in soru.p7m -recip escrow.pem -inkey escrow.key"
                    + " -out yanit.txt")
                .split(" ", -1));
    assertThat(opened.code()).as(opened.text()).isZero();
    return Files.readString(directory.resolve("yanit.txt")).strip();
  }

  @Test
  @Order(33)
  void anotherPasswordIsProvenBeforeASecondPersonRemovesTheOldOne() throws Exception {
    people.add("halil", "administrator");
    Page page = people.open("meryem", "/backups/keys", "tr", "light", 1440);
    page.locator(".key-password summary").click();
    page.locator(".key-password button").click();
    assertThat(page.locator("[role=status]").first()).containsText("Parola değişti");
    assertThat(page.locator("main")).containsText("eski parola da hâlâ açıyor");
    assertThat(page.locator("main")).containsText("emanetin yeni parolayı açtığı kanıtlanınca");
    String answer = answer(page);
    page.locator(".key-answer summary").click();
    page.fill("input[name=answer]", answer);
    page.locator(".key-answer button").click();
    Locator ask =
        page.locator("details", new Page.LocatorOptions().setHasText("Eski parolayı kaldır"));
    ask.locator("summary").click();
    ask.locator("input[name=why]").fill("Ayrılan memur biliyordu");
    ask.locator("button").click();
    assertThat(page.locator(".key-waits")).containsText("Ayrılan memur biliyordu");
    assertThat(page.locator(".key-waits button")).hasText(new String[] {"Geri al"});
    looksRight(page, "keys-waiting");
    page.context().close();
    Page other = people.open("halil", "/backups/keys", "en", "dark", 390);
    looksRight(other, "keys-approve");
    other.locator(".key-waits button.primary").click();

    assertThat(other.locator("[role=status]").first()).containsText("Approved and done");
    assertThat(other.locator(".key-waits")).hasCount(0);
    assertThat(other.locator("main")).not().containsText("the old one still opens");
    other.context().close();
  }

  @Test
  @Order(34)
  void aNewEraTakesTheJobsAlongAndTheOldRepositoryStays() {
    Page page = people.open("meryem", "/backups/keys", "tr", "light", 1440);

    page.locator(".key-era summary").click();
    assertThat(page.locator(".key-era input[name=place]"))
        .hasValue(directory.resolve("depo-2").toString());
    page.locator(".key-era button").click();

    assertThat(page.locator("[role=status]").first()).containsText("Yeni dönem başladı");
    assertThat(page.locator("main")).containsText("Yeni yedek yazılmaz");
    assertThat(page.locator(".key-era")).hasCount(1);
    page.navigate(page.url().split("/backups", -1)[0] + "/backups?job=1");
    assertThat(page.locator(".backup-side")).containsText("depo-2");
    // The files are still the encrypted ones: another place makes no good snapshot of them.
    run(page, "Şüpheli");
    page.context().close();
  }

  @ParameterizedTest
  @Order(35)
  @CsvSource({"tr,dark,360", "en,light,1600"})
  void keysAndDrillsAreAccessibleInEachLanguageThemeAndWidth(
      String language, String theme, int width) {
    for (String path : List.of("/backups/keys", "/backups/drills", "/backups/drills?job=1")) {
      Page page = people.open("meryem", path, language, theme, width);
      page.locator("details:not(.menu) > summary").all().stream()
          .filter(Locator::isVisible)
          .forEach(summary -> summary.evaluate("s => { s.parentElement.open = true; }"));
      looksRight(page, "proof-" + path.replaceAll("[^a-z]", "") + "-" + language + "-" + width);
      page.context().close();
    }
  }

  @Test
  @Order(36)
  void addsAHolderWithAnMlKemKeyWhoseCopyLiesBesideTheRepositoryWithALabel() throws Exception {
    KemHolder holder = KemHolder.make(new SecureRandom(), Instant.now());
    Page page = people.open("meryem", "/backups/keys", "tr", "light", 1440);
    Locator form =
        page.locator("details", new Page.LocatorOptions().setHasText("Emanet sertifikası ekle"));
    form.locator("summary").click();
    form.locator("input[name=name]").fill("gelecek");
    form.locator("textarea").fill(Certificates.pem(List.of(holder.certificate())));
    form.locator("button").click();

    assertThat(page.locator("section[aria-labelledby=t-holders]"))
        .containsText("ek kopya, ML-KEM (kuantum sonrası)");
    looksRight(page, "keys-mlkem");
    page.context().close();
    Page narrow = people.open("deniz", "/backups/keys", "en", "dark", 360);
    assertThat(narrow.locator("main")).containsText("extra copy, ML-KEM");
    looksRight(narrow, "keys-mlkem-auditor");
    narrow.context().close();
    Path escrow = directory.resolve("depo-2/escrow");
    assertThat(
            new String(
                holder.open(Files.readAllBytes(escrow.resolve("password.mlkem.p7m"))),
                StandardCharsets.US_ASCII))
        .hasSize(64);
    assertThat(escrow.resolve("password.mlkem.txt")).content().contains("EK KOPYA, ML-KEM");
    assertThat(escrow.resolve("password.p7m")).isNotEmptyFile();
  }

  @Test
  @Order(40)
  void showsHowFarAnIndexAndAFullCheckAreAndEndsThemByAButton() throws Exception {
    try (StockServers servers =
            new StockServers(Files.createDirectories(directory.resolve("yavaş")));
        HeldDoor door = new HeldDoor(servers.rest(directory.resolve("yavaş/depolar")))) {
      String server = "rest:http://127.0.0.1:" + door.port() + "/";
      Api api = service.api();
      HeldChecks checks = new HeldChecks(people, api);
      assertThat(
              api.post(
                  "/api/v1/backups/targets",
                  "{\"name\":\"Yavaş sunucu\",\"address\":\"" + server + "\"}"))
          .isLessThan(300);
      String job = "{\"name\":\"Yavaş\",\"paths\":[\"" + source + "\"],\"repository\":\"";
      assertThat(api.post("/api/v1/backups/jobs", job + server + "kontrol\"}")).isEqualTo(201);
      for (int i = 0; i < 3; i++) {
        Files.writeString(source.resolve("yeni " + i), "satır " + i);
        checks.ran(i + 1);
      }
      checks.stops(door, "index", what -> what.matches("GET .*/index/[0-9a-f]{64}"));
      checks.stops(door, "full", HeldDoor.smallestPack(directory.resolve("yavaş/depolar/kontrol")));
    }
  }
}
