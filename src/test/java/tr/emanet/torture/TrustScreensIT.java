package tr.emanet.torture;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.document.VeraPdf;
import tr.emanet.ui.Accessibility;
import tr.emanet.ui.Chromium;

/**
 * Persons at the pages of evidence of the running service: who was behind an address, signatures
 * over what is sealed, and what a reader without the right to personal data does not get to see.
 */
class TrustScreensIT {

  private static final double PATIENCE_MILLIS = 30_000;
  private static final String ENDPOINT = "203.0.113.7:61234";
  private static final String NATIONAL_ID = "12345678901";
  private static final List<String> PERSONAL =
      List.of("zehra.kaya", "10.20.30.41", "00:1b:44:11:3a:b7", "ayse-pc");

  @TempDir static Path directory = Path.of(".");
  private static Instant asked = Instant.EPOCH;
  private static TestAuthority authority;
  private static Emanet service;
  private static People people;
  private static Optional<SoftHsm> module = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = Chromium.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    authority = new TestAuthority("Test ESHS", Instant.now());
    Path roots = pem("roots.pem", "CERTIFICATE", authority.certificate().getEncoded());
    List<String> settings = new ArrayList<>(List.of("seal.persons.trustFile=" + roots));
    module = SoftHsm.make(Files.createDirectory(directory.resolve("hsm")));
    module.ifPresent(m -> settings.addAll(m.settings()));
    service = new Emanet(directory.resolve("state"), directory.resolve("log"), settings, List.of());
    module.ifPresent(m -> service.environment("SOFTHSM2_CONF", m.configuration().toString()));
    service.start();
    people = new People(service);
    people.add("ayse", "analyst");
    people.add("deniz", "auditor");
    asked = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
    send();
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

  /** A lease, a log-in at the hotspot and a translated connection around the instant. */
  private static void send() throws Exception {
    String ends = "src=198.51.100.20 dst=203.0.113.7 sport=443 dport=61234";
    String begins = " src=10.20.30.41 dst=198.51.100.20 sport=51514 dport=443 ";
    String lines =
        line(-600, "gw dhcpd", "DHCPACK on 10.20.30.41 to 00:1b:44:11:3a:b7 (ayse-pc) via eth1")
            + line(
                -500,
                "pf logportalauth",
                "Zone: misafir - ACCEPT: zehra.kaya, 00:1b:44:11:3a:b7, 10.20.30.41")
            + line(-60, "fw conntrack", "[NEW] tcp 6 120 SYN_SENT" + begins + "[UNREPLIED] " + ends)
            + line(60, "fw conntrack", "[DESTROY] tcp 6" + begins + ends);
    try (Socket socket = new Socket()) {
      socket.connect(service.address("syslog_tcp"));
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> service.api().events("\"10.20.30.41\"").size() == 4);
  }

  private static String line(int seconds, String from, String text) {
    return "<30>1 " + asked.plusSeconds(seconds) + " " + from + " - - - " + text + "\n";
  }

  private static Path pem(String name, String label, byte[] der) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n");
  }

  private static void looksRight(Page page, String what) {
    assertThat(Accessibility.violations(page)).as(what).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(what)
        .isEqualTo(true);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", what + ".png")));
  }

  private static void ask(Page page) {
    page.fill("input[name=endpoint]", ENDPOINT);
    page.fill("input[name=at]", asked.toString());
    page.fill("input[name=reason]", "Savcılık 2026/1234");
    page.locator("#lookup-form button").click();
    assertThat(page.locator(".trail > li")).hasCount(3);
  }

  private static Path save(Page page, String link) {
    Download download = page.waitForDownload(() -> page.locator(link).click());
    Path file = directory.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  private static String text(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static void verified(Path content, Path signature) throws Exception {
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
            service.state().resolve("keys/seal.pem").toString(),
            "-out",
            "/dev/null");
    assertThat(run.code()).as(run.text()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "tr,light,1600,Kayıtlar tek bir iç adresi,5651",
    "en,dark,360,The records show one inside address,5651"
  })
  void answersWhoWasBehindAnAddressOnThePageAndOnSignedPaper(
      String language, String theme, int width, String says, String title) throws Exception {
    Page page = people.open("ayse", "/lookup5651", language, theme, width);

    ask(page);

    assertThat(page.locator(".feed-says")).containsText(says);
    assertThat(page.locator(".trail")).containsText("zehra.kaya");
    looksRight(page, "lookup-" + language + "-" + theme + "-" + width);
    Path pdf = save(page, "a[href$='answer.pdf']");
    Path p7s = save(page, "a[href$='answer.p7s']");
    assertThat(text(pdf)).contains(title, ENDPOINT, "Savcılık 2026/1234").contains(PERSONAL);
    verified(pdf, p7s);
    page.context().close();
    Page auditor = people.open("deniz", "/audit", language, theme, width);
    assertThat(auditor.locator("main")).containsText("Savcılık 2026/1234");
    assertThat(people.api(auditor, "/api/v1/audit")).contains("traffic.lookup", ENDPOINT);
    auditor.context().close();
  }

  @Test
  void printsPdfThatVeraPdfFindsFitForTheArchiveAndForReadersAloud() throws Exception {
    Assumptions.assumeTrue(
        VeraPdf.there(), "SKIP: veraPDF is not in target/verapdf; packaging/test fetches it");
    Page page = people.open("ayse", "/lookup5651", "tr", "light", 1366);
    ask(page);

    Path pdf = save(page, "a[href$='answer.pdf']");

    assertThat(VeraPdf.ask(pdf)).containsExactly("2u compliant true", "ua1 compliant true");
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({"en,light,1366,pseudonyms", "tr,dark,390,takma adla"})
  void showsNoPersonalDataToAReaderWithoutTheRight(
      String language, String theme, int width, String note) throws Exception {
    Page page = people.open("deniz", "/lookup5651", language, theme, width);

    ask(page);

    assertThat(page.locator(".lookup-note").first()).containsText(note);
    assertThat(page.content()).doesNotContain(PERSONAL);
    looksRight(page, "lookup-masked-" + language + "-" + theme + "-" + width);
    assertThat(text(save(page, "a[href$='answer.pdf']")))
        .contains(ENDPOINT)
        .doesNotContain(PERSONAL);
    page.context().close();
    for (String query : List.of("logportalauth", "dhcpd", "conntrack", "misafir")) {
      Page search = people.open("deniz", "/search?q=" + query, language, theme, width);
      assertThat(search.locator("#rows .row").first()).isVisible();
      search.locator("#rows .row .expand").first().click();
      assertThat(search.locator(".event .rawline")).isVisible();
      assertThat(search.content()).as(query).doesNotContain(PERSONAL);
      String found = people.api(search, "/api/v1/events?query=" + query);
      assertThat(found).as(query).contains("\"events\":[{").doesNotContain(PERSONAL);
      search.context().close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,tr,light,1600,İmza başka bir dosyaya ait,tarafından atılan imza denetlendi",
    "2,en,dark,360,The signature is over another file,was checked and taken"
  })
  void takesASignatureOverExactlyTheObjectAndShowsTheSignerMasked(
      int number, String language, String theme, int width, String refused, String taken)
      throws Exception {
    checkpoints(number);
    String path = "/signatures/checkpoint/" + day() + "-" + number;
    Page page = people.open("ayse", path, language, theme, width);
    Path object = save(page, "a[href$='/content']");
    Path other = Files.writeString(directory.resolve("other"), "another file");

    page.setInputFiles("input[type=file]", signed(other));
    page.locator("#upload button").click();
    assertThat(page.locator(".problem")).containsText(refused);
    assertThat(page.locator("tbody tr")).hasCount(0);
    page.setInputFiles("input[type=file]", signed(object));
    page.locator("#upload button").click();

    assertThat(page.locator(".feed-says")).containsText(taken);
    assertThat(page.locator("tbody tr")).containsText("Ayşe Yılmaz");
    assertThat(page.locator("tbody tr")).containsText("*");
    looksRight(page, "signatures-" + language + "-" + theme + "-" + width);
    verified(object, sealOf(object));
    page.context().close();
    Page auditor = people.open("deniz", path, language, theme, width);
    assertThat(auditor.locator("tbody tr")).containsText("Ayşe Yılmaz");
    assertThat(auditor.locator("#upload")).hasCount(0);
    assertThat(auditor.content()).doesNotContain(NATIONAL_ID);
    assertThat(people.api(auditor, "/api/v1" + path))
        .contains("Ayşe Yılmaz")
        .doesNotContain(NATIONAL_ID);
    assertThat(people.api(auditor, "/api/v1/audit"))
        .contains("signature.take", "signature.refused", "OTHER_OBJECT")
        .doesNotContain(NATIONAL_ID);
    auditor.context().close();
  }

  @Test
  void sealsWithAKeyThatNeverLeavesItsModule() throws Exception {
    Assumptions.assumeTrue(module.isPresent(), "SKIP: softhsm2 is not installed");
    checkpoints(1);

    Path checkpoint = seals().resolve(name(1));

    verified(checkpoint, sealOf(checkpoint));
    assertThat(service.state().resolve("keys/seal.p12")).doesNotExist();
    assertThat(service.api().seal().path("problem").asText()).isEmpty();
    Page page = people.open("ayse", "/archives", "tr", "light", 360);
    assertThat(page.locator("section[aria-labelledby=t-keys]")).containsText("Ornek Belediyesi");
    assertThat(page.locator("section[aria-labelledby=t-keys]"))
        .containsText("donanım modülünde; modülden çıkmaz");
    assertThat(page.locator("section[aria-labelledby=t-keys]")).containsText("Test ESHS");
    page.locator("section[aria-labelledby=t-keys] summary").click();
    assertThat(page.locator("section[aria-labelledby=t-keys] details"))
        .containsText("Bu anahtarla mühürlenmeye başlandı");
    looksRight(page, "archives-real-tr-light-360");
    page.context().close();
    Page auditor = people.open("deniz", "/audit", "tr", "light", 768);
    assertThat(people.api(auditor, "/api/v1/audit?action=seal.key"))
        .contains("Ornek Belediyesi", "libsofthsm2.so");
    auditor.context().close();
  }

  @Test
  void handsOutTheRecordsToAnalystsAndTheAuditRecordToAuditors() throws Exception {
    String today = LocalDate.ofInstant(asked, ZoneId.of("Europe/Istanbul")).toString();

    for (String[] one :
        new String[][] {
          {"ayse", "journal/", "audit/entries.txt", "left-out audit"},
          {"deniz", "audit/entries.txt", "journal/", "left-out journal"}
        }) {
      Page page = people.open(one[0], "/archives?day=" + today, "tr", "light", 1366);
      page.locator("button[value=export]").click();
      assertThat(page.locator(".archive-task").first()).containsText("Yazıldı ve doğrulandı");
      Path zip = save(page, ".archive-task a[href$='/zip'] >> nth=0");
      String names;
      String facts;
      try (ZipFile file = new ZipFile(zip.toFile())) {
        names = file.stream().map(ZipEntry::getName).collect(Collectors.joining("\n"));
        ZipEntry entry =
            file.stream()
                .filter(e -> e.getName().endsWith("/archive.txt"))
                .findFirst()
                .orElseThrow();
        facts = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      }
      assertThat(names).contains(one[1]).doesNotContain(one[2]);
      assertThat(facts).contains(one[3]);
      // What the other one made is not for this one.
      assertThat(page.locator(".archive-task a[href$='/zip']")).hasCount(1);
      page.context().close();
    }
  }

  /** As many checkpoints as are wanted, at least. */
  private static void checkpoints(int number) throws Exception {
    while (!Files.exists(seals().resolve(name(number)))) {
      assertThat(service.api().post("/api/v1/seal/checkpoints")).isEqualTo(200);
    }
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "%012d.checkpoint", number);
  }

  /** The directory of the only day; around midnight the first of two. */
  private static Path seals() throws IOException {
    try (Stream<Path> files = Files.walk(service.state().resolve("seals"))) {
      return files
          .filter(file -> file.endsWith(name(1)))
          .findFirst()
          .map(Path::getParent)
          .orElseThrow();
    }
  }

  private static String day() throws IOException {
    Path day = seals();
    return service.state().resolve("seals").relativize(day).toString().replace('/', '-');
  }

  private static Path sealOf(Path object) throws IOException {
    return seals().resolve(object.getFileName() + ".p7s");
  }

  /** What a signing program outside makes of a file. */
  private static Path signed(Path file) throws Exception {
    TestAuthority.Identity person =
        authority.issue(
            w -> w.statements(CertificateFacts.ETSI_QUALIFIED, CertificateFacts.BTK_QUALIFIED));
    Path certificate = pem("person.pem", "CERTIFICATE", person.certificate().getEncoded());
    Path key = pem("person.key", "PRIVATE KEY", person.pair().getPrivate().getEncoded());
    Path out = directory.resolve(file.getFileName() + ".p7s");
    Openssl.Run run =
        Openssl.run(
            directory,
            "cms",
            "-sign",
            "-binary",
            "-cades",
            "-md",
            "sha256",
            "-in",
            file.toString(),
            "-signer",
            certificate.toString(),
            "-inkey",
            key.toString(),
            "-outform",
            "DER",
            "-out",
            out.toString());
    assertThat(run.code()).as(run.text()).isZero();
    return out;
  }
}
