package tr.emanet.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indicators, feeds, hunts and the shift page in a real browser, with hostile values in them. */
class IndicatorScreensIT {

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
    "/overview,tr,false,1366,768,sizi bekliyor",
    "/overview,en,true,390,844,wait for you",
    "/indicators?q=odeme,en,true,1366,768,Phishing",
    "/indicators?q=odeme,tr,false,390,844,Oltalama",
    "/indicators/feeds,tr,true,1366,768,onay bekliyor",
    "/indicators/feeds,en,false,390,844,waits",
    "/hunt,en,true,390,844,Hunt in all history",
    "/indicators/lists,tr,true,390,844,alan-adi",
    "/system?sources=silent,en,false,1366,768,No source is silent",
  })
  void isAccessibleInEachLanguageThemeAndWidth(
      String path, String language, boolean dark, int width, int height, String text) {
    Page page = ui.open(path, language, dark, width, height);

    assertThat(page.locator("main")).containsText(text);
    UiServer.assertAccessible(page);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    UiServer.picture(
        page,
        "screen"
            + path.replaceAll("[^a-z]+", "-")
            + "-"
            + language
            + (dark ? "-dark-" : "-")
            + width);
    page.context().close();
  }

  @Test
  void fitsTheShiftPageOnTheSmallestScreenAndOpensWhatWaits() {
    Page page = ui.open("/overview", "tr", false, 1366, 768);

    assertThat(page.locator(".wait").first()).containsText(SampleIndicators.HIT);
    assertThat(
            page.evaluate(
                "(m => m.scrollHeight <= m.clientHeight)(document.querySelector('main'))"))
        .isEqualTo(true);
    page.keyboard().press("j");
    page.keyboard().press("Enter");

    assertThat(page).hasURL(Pattern.compile("/alerts"));
    page.context().close();
  }

  @Test
  void walksFiltersAndCopiesIndicatorsByKeyboard() {
    Page page = ui.open("/indicators", "tr", false, 1440, 900);

    assertThat(page.locator(".ind-row")).hasCount(100);
    page.keyboard().press("n");
    assertThat(page).hasURL(Pattern.compile("after=\\d+"));
    page.keyboard().press("/");
    page.keyboard().type("hxxp://e-belediye-odeme[.]example");
    page.keyboard().press("Enter");
    assertThat(page.locator(".empty, .ind-row").first()).isVisible();
    page.fill("#find-text", "e-belediye-odeme[.]example");
    page.keyboard().press("Enter");
    assertThat(page.locator(".ind-row")).hasCount(1);
    assertThat(page.locator(".c-hits a")).hasText("2 / 1");
    page.keyboard().press("Escape");
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page.locator("#panel .ind-hits")).containsText("A-2026-0001");
    UiServer.assertAccessible(page);
    page.keyboard().press("c");
    assertThat(page.locator("#toast")).isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("e-belediye-odeme[.]example");
    page.keyboard().press("h");

    assertThat(page).hasURL(Pattern.compile("/hunt\\?value=e-belediye-odeme.example"));
    assertThat(page.locator("#hunt-values")).hasValue("e-belediye-odeme.example");
    page.context().close();
  }

  @Test
  void showsASecretAddressOfABlockListOnceAndEndsIt() {
    Page page = ui.open("/indicators/lists", "en", false, 1366, 768);
    UiServer.assertAccessible(page);
    assertThat(page.locator(".rail .sub[aria-current=page]")).hasText("Block lists");
    String secret = "/api/v1/lists/[^/ ]+/alan-adi\\.\\w+";

    page.locator("#lists form[action$='/secret'] button").click();
    assertThat(page.locator("#lists")).containsText(Pattern.compile(secret));
    page.navigate(ui.url("/indicators/lists"));
    assertThat(page.locator("#lists")).not().containsText(Pattern.compile(secret));
    page.locator("#lists form[action$='/secret/end'] button").click();

    assertThat(page.locator("#lists form[action$='/secret/end']")).hasCount(0);
    page.context().close();
  }

  @Test
  void reachesEveryPageFromTheBarOfAPhone() {
    Page page = ui.open("/indicators", "tr", true, 390, 844);
    assertThat(page.locator(".rail > a:visible")).hasCount(4);

    page.locator(".rail-more summary").press("Enter");
    assertThat(page.locator("#more-pages")).containsText("Tüm geçmişte avla");
    UiServer.assertAccessible(page);
    UiServer.picture(page, "phone-more");
    page.locator("#more-pages a[href='/hunt']").click();

    assertThat(page).hasURL(Pattern.compile("/hunt$"));
    page.context().close();
  }

  @Test
  void startsAHuntAndShowsItsEnd() {
    Page page = ui.open("/hunt?value=kotu[.]example", "en", false, 1366, 768);
    UiServer.assertAccessible(page);

    page.locator("#hunt-values").focus();
    page.keyboard().press("Control+Enter");

    assertThat(page.locator("#opened")).containsText("No event found");
    page.fill("#hunt-values", "x y");
    page.locator("#hunt-form button").click();
    assertThat(page.locator("[role=alert]")).isVisible();
    ui.offences.removeIf(o -> o.contains("422"));
    page.context().close();
  }

  @Test
  void asksBeforeARollBackWithWhatItChanges() {
    Page page = ui.open("/indicators/feeds", "en", false, 1366, 768);

    page.locator(".feeds a[href*='back=']").first().click();

    assertThat(page.locator("#question")).containsText("20 values come back");
    page.keyboard().press("Escape");
    assertThat(page.locator("#question")).hasCount(0);
    page.locator("#import-form [type=file]")
        .setInputFiles(
            new com.microsoft.playwright.options.FilePayload(
                "usb.txt",
                "text/plain",
                "a.example\nb.example\n".getBytes(StandardCharsets.UTF_8)));
    page.selectOption("#import-form select", "sektor");
    page.locator("#import-form button").click();
    assertThat(page.locator("#opened")).containsText("usb.txt");
    page.context().close();
  }

  @Test
  void showsEveryHostileValueAsText() {
    assertThat(ui.app().indicators.hostile).hasSizeGreaterThan(50);
    Page page = ui.open("/indicators?tab=refused", "tr", true, 1440, 900);
    int rows = page.locator(".ind-row").count();
    assertThat(rows).isGreaterThan(10);
    assertHarmless(page, "#indicators");
    for (int i = 0; i < rows; i += 17) {
      page.locator(".ind-row a[data-open]").nth(i).click();
      assertThat(page.locator("#panel .rawline")).isVisible();
      assertHarmless(page, "#indicators");
    }
    page.context().close();
    Page feeds = ui.open("/indicators/feeds?revision=1", "en", false, 1366, 768);
    assertHarmless(feeds, "#feeds");
    feeds.context().close();
  }

  private static void assertHarmless(Page page, String root) {
    assertThat(page.evaluate("window.hacked === undefined && ({}).hacked === undefined"))
        .isEqualTo(true);
    assertThat(
            page.evaluate(
                "root => [...document.querySelector(root).querySelectorAll('script, img, iframe,"
                    + " object, embed, style, link, [onerror], [onclick], [onfocus], [style],"
                    + " a[href^=\"javascript\"], a[href*=\"kotu.example/\"]')].filter(e =>"
                    + " !(e.getAttribute('href') || '').startsWith('/')).length",
                root))
        .isEqualTo(0);
    assertThat(
            page.evaluate(
                "root => /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f"
                    + "\\u202a-\\u202e\\u2060-\\u2069\\ufeff]/"
                    + ".test(document.querySelector(root).innerText)",
                root))
        .isEqualTo(false);
  }
}
