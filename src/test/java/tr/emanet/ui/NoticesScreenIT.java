package tr.emanet.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person at the notices and the inventory: keyboard, both languages, hostile text. */
class NoticesScreenIT {

  private static UiServer ui;

  @BeforeAll
  static void start() throws Exception {
    ui = new UiServer();
  }

  @AfterAll
  static void stop() {
    if (ui != null) {
      ui.close();
    }
  }

  @AfterEach
  void staysCalm() {
    ui.assertCalm();
  }

  @ParameterizedTest
  @CsvSource({
    "tr,false,1440,Kesine yakın",
    "en,true,1366,Near certain",
    "tr,true,390,Kesine yakın",
  })
  void isAccessibleInEachLanguageThemeAndWidth(
      String language, boolean dark, int width, String sure) {
    Page page = ui.open("/notices?open=tr-26-9999", language, dark, width, 844);
    String name = language + (dark ? "-dark-" : "-light-") + width;
    assertThat(page.locator("#panel .notice-matches .badge").first()).hasText(sure);
    assertThat(page.locator(".notice-text a")).hasAttribute("rel", "noopener noreferrer nofollow");
    assertThat(page.locator(".notice-cves a").first())
        .hasAttribute("href", "/hunt?value=CVE-2026-10001");
    UiServer.assertAccessible(page);
    UiServer.picture(page, "notices-" + name);

    page.navigate(ui.url("/assets?open=10.20.0.1"));
    assertThat(page.locator("#panel-title")).containsText("fgt-merkez");
    UiServer.assertAccessible(page);
    UiServer.picture(page, "assets-" + name);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void walksConfirmsAndClosesWithTheMeasureByKeyboard() {
    Page page = ui.open("/notices?q=tomcat", "tr", false, 1366, 768);
    assertThat(page.locator(".is-unread")).hasCount(1);

    page.keyboard().press("j");
    assertThat(page).hasURL(Pattern.compile("open=incident-155"));
    assertThat(page.locator(".is-unread")).hasCount(0);
    page.locator(".match-acts button").first().click();
    assertThat(page.locator(".notice-matches")).containsText("Nazlı Alkan doğruladı");
    Locator task = page.locator(".notice-tasks > li");
    assertThat(task).containsText("Destek masası");
    page.locator(".task-close textarea").fill("Tomcat 9.0.85 kuruldu");
    page.locator(".task-close button").click();
    assertThat(page.locator("#panel .panel-line .badge")).hasText("Kapandı");
    assertThat(page.locator("#panel")).containsText("Tomcat 9.0.85 kuruldu");
    page.locator(".tabs a").last().click();
    assertThat(page.locator(".ledger-row")).hasCount(1);
    page.locator(".ledger-what").click();
    page.locator(".notice-tasks .task-act summary").press("Enter");
    page.locator(".task-close textarea").fill("Yama <b>geri</b> alındı");
    page.locator(".task-close button").click();

    assertThat(page.locator("#panel .panel-line .badge")).hasText("Açık");
    assertThat(page.locator(".alert-told").last()).containsText("Yama <b>geri</b> alındı");
    assertThat(page.locator(".task-close textarea")).isVisible();
    page.context().close();
  }

  /** Answers are held until the test lets them go: nothing hangs on how fast anybody is. */
  private static final String HOLD =
      "() => { const real = window.fetch; window.fetch = async (...args) => {"
          + " const answer = await real(...args);"
          + " if (String(args[0]).includes('/notices?')) await new Promise(go => {"
          + " window.letGo = go; }); return answer; };"
          + " document.querySelector('#inbox').dataset.old = '1'; }";

  @Test
  void keepsWhatIsTypedWhileThePanelIsFetchedAnew() {
    Page page = ui.open("/notices?q=fortinet&open=incident-9999", "tr", false, 1366, 768);
    page.evaluate(HOLD);

    page.keyboard().press("j");
    page.waitForFunction("() => window.letGo !== undefined");
    page.locator("#act-task summary").click();
    page.selectOption("#act-task select", "byilmaz");
    Locator text = page.locator(".task-close textarea").first();
    text.fill("FortiOS 7.4.9 yükleniyor");
    text.evaluate("area => area.setSelectionRange(3, 7)");
    page.evaluate("window.letGo()");
    assertThat(page.locator("#inbox[data-old]")).hasCount(0);

    assertThat(text).hasValue("FortiOS 7.4.9 yükleniyor");
    assertThat(text).isFocused();
    assertThat(text.evaluate("area => area.selectionStart + '-' + area.selectionEnd"))
        .isEqualTo("3-7");
    assertThat(page.locator("#act-task select")).hasValue("byilmaz");
    assertThat(page.locator("#act-task[open]")).hasCount(1);
    page.evaluate("document.querySelector('.task-close textarea').value = ''");
    page.context().close();
  }

  @Test
  void letsNewNoticesWaitAndChangesKnownOnesInPlace() {
    Page page = ui.open("/notices?q=Cups", "en", false, 1366, 768);
    assertThat(page.locator(".ledger-row")).hasCount(0);

    ui.app().notices.add(201, "Cups Güvenlik Bildirimi", "Cups 2.4 öncesi etkilenir.");

    assertThat(page.locator("#pending")).containsText("1 new notices");
    page.locator("#pending").click();
    assertThat(page.locator(".ledger-row")).hasCount(1);
    assertThat(page.locator("#pending")).isHidden();
    page.context().close();
  }

  @Test
  void showsWhatAnImportChangesBeforeItDoes() {
    Page page = ui.open("/assets", "en", false, 1366, 768);
    int before = page.locator(".ledger-row").count();

    upload(page, "address;name;kind\n10.20.0.1;fgt-merkez;network\n10.66.0.1;new;server\n");
    assertThat(page.locator("#panel .sentence")).containsText("1 assets will be added");
    assertThat(page.locator(".ledger-row")).hasCount(before);
    UiServer.assertAccessible(page);
    page.locator("#panel-close").click();
    assertThat(page.locator("#panel")).hasCount(0);
    upload(page, "nothing;of;ours\n1;2;3\n");

    assertThat(page.locator(".asset-mistakes, #panel .sentence").first()).isVisible();
    assertThat(page.locator("#panel[data-refused=true]")).hasCount(1);
    page.locator("#panel-close").click();
    assertThat(page.locator("#panel")).hasCount(0);
    assertThat(page.locator(".ledger-row")).hasCount(before);
    page.context().close();
  }

  private static void upload(Page page, String csv) {
    page.locator("#import summary").click();
    page.setInputFiles(
        "#import input[type=file]",
        new FilePayload("new.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
    page.locator("#import button").click();
  }

  @Test
  void offersTheSameToPrograms() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(ask(client, "/api/v1/assets?format=csv", "text/csv", null))
          .startsWith("200 address,name,kind")
          .contains("10.20.0.1,fgt-merkez,network");
      assertThat(ask(client, "/api/v1/assets?address=10.20.9.9", "application/json", null))
          .startsWith("200 ")
          .contains("\"total\":1", "10.20.0.0/16");
      assertThat(ask(client, "/api/v1/assets", "application/json", "adres,ad\nx,y\n"))
          .startsWith("422 ")
          .contains("column-missing");
      assertThat(ask(client, "/api/v1/notices?cve=CVE-2026-10002", "application/json", null))
          .contains("\"slug\":\"tr-26-9999\"");
      assertThat(ask(client, "/api/v1/notices/TR-26-9999", "application/json", null))
          .contains("\"confidence\":\"high\"", "\"owner\":\"nalkan\"");
      assertThat(
              ask(client, "/api/v1/notices/tr-26-9999", "application/json", "{\"act\":\"close\"}"))
          .startsWith("409 ")
          .contains("notice-no-text");
      assertThat(ask(client, "/api/v1/tasks?owner=nalkan", "application/json", null))
          .contains("\"notice\":\"incident-9999\"");
    }
  }

  private static String ask(HttpClient client, String path, String accept, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ui.url(path))).header("Accept", accept);
    if (body != null) {
      request
          .header("Content-Type", body.startsWith("{") ? "application/json" : "text/csv")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void showsAHostileNoticeAsText() {
    Page page = ui.open("/notices?open=incident-152", "en", true, 1440, 900);

    assertThat(page.locator("#panel-title")).containsText("U+202E");
    assertThat(page.locator("#panel-title")).containsText("<script>");
    assertThat(page.locator(".notice-text")).containsText("javascript:alert(1)");
    assertThat(page.locator(".notice-text a")).hasCount(0);
    assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
    assertThat(page.evaluate("document.querySelectorAll('#inbox script, #inbox img').length"))
        .isEqualTo(0);
    page.context().close();
  }
}
