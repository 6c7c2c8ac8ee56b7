package tr.emanet.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person at the inbox: mouse, keyboard, both languages, both themes, hostile text in it. */
class AlertsScreenIT {

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
    // Each language with each theme, each width, narrow and wide in both languages.
    "tr,false,1440,900,Oltalama alan adı", "en,true,1366,768,Phishing domain",
    "tr,true,800,900,Oltalama alan adı", "en,false,390,844,Phishing domain",
    "tr,true,390,844,Oltalama alan adı",
  })
  void isAccessibleInEachLanguageThemeAndWidth(
      String language, boolean dark, int width, int height, String title) {
    Page page = ui.open("/alerts", language, dark, width, height);
    String name = language + (dark ? "-dark-" : "-light-") + width;
    Locator row = page.locator(".alert-what:has-text('e-belediye-odeme')");
    assertThat(row).containsText(title);
    UiServer.assertAccessible(page);
    UiServer.picture(page, "alerts-list-" + name);

    row.click();
    assertThat(page.locator("#panel .rawline mark")).containsText("m.e-belediye-odeme.example");
    UiServer.assertAccessible(page);
    UiServer.picture(page, "alerts-" + name);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void walksAcknowledgesAssignsNotesAndClosesByKeyboard() {
    ui.app().alerts.add("klavye.example", "domain", "AC", "10.20.7.200", 4);
    Page page = ui.open("/alerts?q=klavye", "tr", false, 1366, 768);

    page.keyboard().press("j");
    assertThat(page).hasURL(Pattern.compile("open=A-2026-\\d{4}"));
    assertThat(page.locator("#act-acknowledge")).isVisible();
    page.keyboard().press("a");
    assertThat(page.locator("#panel .panel-line .badge")).hasText("Onaylandı");
    assertThat(page.locator(".alert-row .alert-state")).hasText("Onaylandı");
    page.keyboard().press("t");
    page.selectOption("#act-assign select", "byilmaz");
    page.locator("#act-assign button").click();
    assertThat(page.locator(".alert-told")).containsText("Barış Yılmaz");
    page.fill("#act-note textarea", "Bilgisayar ağdan ayrıldı <b>hemen</b>");
    page.locator("#act-note button").click();
    assertThat(page.locator(".alert-told .told-text").last()).containsText("<b>hemen</b>");
    page.keyboard().press("Escape");
    assertThat(page.locator("#panel")).hasCount(0);
    page.keyboard().press("j");
    assertThat(page.locator("#panel")).isVisible();
    page.keyboard().press("c");
    page.selectOption("#act-close select", "false-alarm");
    page.locator("#act-close button").click();
    assertThat(page.locator(".alert-row")).hasCount(0);
    page.locator(".tabs a").last().click();
    page.locator(".alert-what").first().click();

    assertThat(page.locator(".alert-told")).containsText("Yanlış alarm");
    UiServer.assertAccessible(page);
    page.goBack();
    assertThat(page.locator("#panel")).hasCount(0);
    page.context().close();
  }

  @Test
  void recordsAndCompletesMeasuresByKeyboard() {
    ui.app().alerts.add("tedbir.example", "domain", "AC", "10.20.7.201", 4);
    Page page = ui.open("/alerts?q=tedbir", "tr", false, 1366, 768);
    page.keyboard().press("j");
    assertThat(page.locator("#measures .badge").first()).hasText("tedbir yok");

    page.keyboard().press("m");
    page.keyboard().type("Alan adı güvenlik duvarında <b>engellendi</b>");
    page.locator(".panel-foot button").press("Enter");
    assertThat(page.locator("#measures .badge").first()).hasText("1 / 1 adım");
    assertThat(page.locator(".alert-hits .badge").first()).hasText("tedbir alındı");
    page.locator(".later summary").press("Enter");
    page.locator("[name=planned]").press("Space");
    page.fill("[name=owner]", "Son kullanıcı destek");
    page.fill("#act-measure textarea", "Bilgisayar incelenecek");
    UiServer.assertAccessible(page);
    page.locator(".panel-foot button").press("Enter");
    assertThat(page.locator("#measures .badge").first()).hasText("1 / 2 adım");
    assertThat(page.locator(".steps")).containsText("Sorumlu: Son kullanıcı destek");
    UiServer.picture(page, "alerts-measures");
    page.locator(".step-done summary").press("Enter");
    page.fill(".step-done textarea", "Temiz");
    page.locator(".step-done form button").press("Enter");

    assertThat(page.locator("#measures .badge").first()).hasText("2 / 2 adım");
    assertThat(page.locator(".steps")).containsText("<b>engellendi</b>");
    UiServer.assertAccessible(page);
    page.context().close();
  }

  @Test
  void letsNewAlertsWaitAndChangesKnownOnesInPlace() {
    Page page = ui.open("/alerts", "en", false, 1366, 768);
    int before = page.locator(".alert-row").count();
    String first = page.locator(".alert-row").first().getAttribute("data-number");

    ui.app().alerts.rule("Door open at night <i>x</i>", "system-room", "critical", 2);

    assertThat(page.locator("#pending")).containsText("1 new alerts");
    assertThat(page.locator("#alarm")).hasText("New critical alert");
    assertThat(page.locator(".alert-row").first()).hasAttribute("data-number", first);
    page.locator("#pending").click();
    assertThat(page.locator(".alert-row")).hasCount(before + 1);
    page.context().close();
  }

  @Test
  void showsEveryHostilePayloadAsText() throws Exception {
    int count = 0;
    try (InputStream in = AlertsScreenIT.class.getResourceAsStream("/tr/emanet/ui/hostile.json")) {
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        String text =
            node.has("hex")
                ? new String(
                    HexFormat.of().parseHex(node.get("hex").asText()), StandardCharsets.UTF_8)
                : node.get("text").asText();
        if (text.isBlank() || count++ % 3 != 0) {
          continue;
        }
        ui.app().alerts.hostile(text);
      }
    }
    for (String language : new String[] {"tr", "en"}) {
      Page page = ui.open("/alerts?by=none&q=hostile", language, true, 1440, 900);
      int rows = page.locator(".alert-row").count();
      assertThat(rows).isGreaterThan(50);
      for (int i = 0; i < rows; i += 9) {
        page.locator(".alert-what").nth(i).click();
        assertThat(page.locator("#panel .rawline, #panel .hint").first()).isVisible();
        assertHarmless(page);
      }
      page.context().close();
    }
  }

  private static void assertHarmless(Page page) {
    assertThat(page.evaluate("window.hacked === undefined && ({}).hacked === undefined"))
        .isEqualTo(true);
    assertThat(
            page.evaluate(
                "document.querySelectorAll('#inbox script, #inbox img, #inbox iframe, #inbox"
                    + " object, #inbox embed, #inbox style, #inbox link, #inbox [onerror], #inbox"
                    + " [onclick], #inbox [onfocus], #inbox [style]').length"))
        .isEqualTo(0);
    assertThat(
            page.evaluate(
                "/[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u202a-"
                    + "\\u202e\\u2060-\\u2069\\ufeff]/"
                    + ".test(document.querySelector('#inbox').innerText)"))
        .isEqualTo(false);
  }
}
