package tr.emanet.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A person at the search screen: mouse, keyboard, both languages, both themes, no script at all.
 */
class SearchScreenIT {

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
    "tr,false,1440,900,olay",
    "en,true,1366,768,events",
    "tr,true,800,900,olay",
    "en,false,390,844,events",
    "tr,false,390,844,olay",
  })
  void isAccessibleInEachLanguageThemeAndWidth(
      String language, boolean dark, int width, int height, String word) {
    Page page = ui.open("/search", language, dark, width, height);
    page.locator("#rows .row .expand").first().click();

    assertThat(page.locator(".event .rawline")).isVisible();
    assertThat(page.locator("#total")).containsText(word);
    UiServer.assertAccessible(page);
    UiServer.picture(page, "search-" + language + (dark ? "-dark-" : "-light-") + width);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void walksThroughASearchByKeyboardAlone() {
    Page page = ui.open("/search", "tr", false, 1366, 768);

    page.keyboard().press("/");
    page.keyboard().type("user.na");
    assertThat(page.locator("#suggestions .option").first()).containsText("user.name");
    page.keyboard().press("Tab");
    page.keyboard().type("yedek");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("q=user.name%3Ayedek"));
    assertThat(page.locator("#rows .row").first()).containsText("yedek");
    page.keyboard().press("Escape");
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page.locator(".event .rawline")).containsText("Failed password");
    assertThat(page).hasURL(Pattern.compile("open=standard"));
    page.keyboard().press("l");
    assertThat(page.locator(".context .here")).isVisible();
    page.keyboard().press("y");
    assertThat(page.locator("#toast")).containsText("kopyalandı");
    assertThat(page.evaluate("navigator.clipboard.readText()").toString()).startsWith("<38>Nov 22");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("m");
    assertThat(page.locator("[role=menu]")).containsText("bu aralıkta");
    UiServer.assertAccessible(page);
    page.keyboard().press("-");
    assertThat(page.locator(".chip")).containsText("değil");
    page.keyboard().press("?");
    assertThat(page.locator("#keys")).isVisible();
    UiServer.assertAccessible(page);
    page.keyboard().press("Escape");
    page.goBack();
    assertThat(page.locator(".chip")).hasCount(0);
    page.context().close();
  }

  @Test
  void zoomsByDragAndByKeyboard() {
    Page page = ui.open("/search", "en", false, 1440, 900);
    assertThat(page.locator("#total")).hasText(Pattern.compile("8,\\d{3} events"));
    BoundingBox plot = page.locator("#plot").boundingBox();

    page.mouse().move(plot.x + plot.width * .9, plot.y + 40);
    page.mouse().down();
    page.mouse().move(plot.x + plot.width * .99, plot.y + 40);
    assertThat(page.locator("#bubble")).containsText("events");
    page.mouse().up();

    assertThat(page).hasURL(Pattern.compile("from=17\\d{11}.*to=17\\d{11}"));
    assertThat(page.locator("#total")).not().hasText(Pattern.compile("8,\\d{3} events"));
    page.locator("#plot").focus();
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("Shift+ArrowLeft");
    page.keyboard().press("Shift+ArrowLeft");
    String said = page.locator("#plot").getAttribute("aria-valuetext");
    assertThat(said).contains("events");
    String before = page.url();
    page.keyboard().press("Enter");
    assertThat(page).not().hasURL(before);
    page.context().close();
  }

  @Test
  void marksTheCharactersThatAreWrongAndKeepsTheLastAnswer() {
    Page page = ui.open("/search", "tr", false, 1366, 768);
    page.fill("#query", "source.ip:203.0.113.0/33 AND user.name:yedek");
    page.press("#query", "Enter");

    assertThat(page.locator("#query-error")).containsText("karakter");
    assertThat(page.locator(".mirror .q-bad")).not().hasCount(0);
    assertThat(page.locator("#rows .row")).hasCount(50);
    assertThat(page.locator("#answer")).hasClass(Pattern.compile("dimmed"));
    UiServer.picture(page, "search-error");
    Locator remedy = page.locator("#query-error a");
    if (remedy.count() > 0) {
      remedy.click();
      assertThat(page.locator("#query-error")).hasCount(0);
    }
    page.context().close();
  }

  @Test
  void namesTheNarrowestFilterWhenNothingIsFound() {
    Page page =
        ui.open(
            "/search?f=user.name:y%C3%B6netici2&f=host.name:ebys-uyg01", "tr", false, 1366, 768);

    assertThat(page.locator(".empty")).containsText("user.name:yönetici2");
    UiServer.assertAccessible(page);
    page.locator(".empty .button").first().click();

    assertThat(page.locator("#rows .row")).hasCount(50);
    page.context().close();
  }

  @Test
  void followsLiveAndLetsRowsWait() {
    Page page = ui.open("/search?q=user.name:canl%C4%B1", "tr", false, 1366, 768);
    assertThat(page.locator(".empty")).isVisible();
    page.navigate(ui.url("/search"));
    String first = page.locator("#rows .row").first().getAttribute("data-position");
    page.locator("#live").click();
    assertThat(page.locator("#live")).hasAttribute("aria-pressed", "true");

    for (int i = 0; i < 3; i++) {
      ui.app().search.add(ui.app().samples.ssh(SampleEvents.NOW.toEpochMilli()));
    }

    assertThat(page.locator("#pending")).containsText("3 yeni olay");
    assertThat(page.locator("#rows .row .message").first()).isVisible();
    assertThat(page.locator("#rows .row").first()).hasAttribute("data-position", first);
    page.locator("#pending").click();
    assertThat(page.locator("#rows .row")).hasCount(53);
    page.locator("#live").click();
    assertThat(page.locator("#live")).hasAttribute("aria-pressed", "false");
    page.context().close();
  }

  @Test
  void opensFieldsGroupsAndColumns() {
    Page page = ui.open("/search", "en", true, 1440, 900);
    page.locator(".f[data-field='user.name'] button").first().click();
    assertThat(page.locator(".top5 li")).hasCount(5);
    UiServer.assertAccessible(page);

    page.locator(".top5 a:has-text('Add as a column')").click();
    assertThat(page.locator("#events th code", new Page.LocatorOptions().setHasText("user.name")))
        .isVisible();
    page.locator(".top5 a:has-text('Show the top 100')").click();
    assertThat(page.locator(".grouped tbody tr").first()).isVisible();
    UiServer.assertAccessible(page);
    page.locator(".grouped .v").first().click();
    page.locator("[role=menuitem]:has-text('Only this value')").click();

    assertThat(page.locator(".chip")).hasCount(1);
    page.locator(".chip-body").focus();
    page.keyboard().press("Space");
    assertThat(page.locator(".chip.off")).hasCount(1);
    page.locator(".chip-body").focus();
    page.keyboard().press("Delete");
    assertThat(page.locator(".chip")).hasCount(0);
    page.context().close();
  }

  @Test
  void takesTimesAsPeopleWriteThem() {
    Page page = ui.open("/search", "tr", true, 1366, 768);
    page.keyboard().press("t");
    assertThat(page.locator(".time-panel")).isVisible();
    UiServer.assertAccessible(page);
    UiServer.picture(page, "search-time-dark");
    page.fill("#time input[name=from]", "şimdi");
    page.fill("#time input[name=to]", "dün 22:00");
    page.keyboard().press("Enter");

    assertThat(page.locator("#query-problem")).containsText("yeri değiştirildi");
    assertThat(page.locator("#rows .row").first()).isVisible();
    page.keyboard().press("Escape");
    page.locator("#time summary").click();
    page.fill("#time input[name=from]", "yarınki");
    page.keyboard().press("Enter");
    assertThat(page.locator("#query-problem")).containsText("“yarınki”");
    page.context().close();
  }

  @Test
  void comparesMarkedRowsSideBySide() {
    Page page = ui.open("/search", "tr", false, 1366, 768);
    for (int i = 0; i < 3; i++) {
      page.keyboard().press("j");
      page.keyboard().press("x");
    }
    assertThat(page.locator("#rows .row[data-marked]")).hasCount(3);
    assertThat(page.locator("#compare-count")).hasText("3");

    page.locator("#compare-open").click();

    assertThat(page.locator("#compare .compare-table thead th")).hasCount(4);
    assertThat(page.locator("#compare tr.differs").first()).containsText("≠");
    UiServer.assertAccessible(page);
    UiServer.picture(page, "compare-tr-light-1366");
    page.keyboard().press("Escape");
    page.keyboard().press("j");
    page.keyboard().press("x");
    assertThat(page.locator("#rows .row[data-marked]")).hasCount(2);
    page.context().close();
  }

  @Test
  void movesAndWidensColumnsAndRemembersThem() {
    Page page = ui.open("/search", "en", false, 1440, 900);
    BoundingBox first = page.locator("#events th.col").first().boundingBox();

    page.mouse().move(first.x + 20, first.y + 10);
    page.mouse().down();
    page.mouse().move(first.x + first.width + 60, first.y + 10);
    page.mouse().move(first.x + first.width + 80, first.y + 10);
    page.mouse().up();
    assertThat(page).hasURL(Pattern.compile("cols=event.action%2Chost.name"));
    page.locator("#columns summary").click();
    page.locator("#columns a[aria-label='Wider: event.action']").click();
    assertThat(page).hasURL(Pattern.compile("w=156%2C0%2C0%2C0%2C0"));
    assertThat(page.locator("#columns a[aria-label='Wider: event.action']")).isFocused();
    UiServer.assertAccessible(page);

    page.navigate(ui.url("/search"));
    assertThat(page.locator("#events th.col").first()).hasText("event.action");
    assertThat(page.locator("#events col").nth(2)).hasAttribute("width", "156");
    page.navigate(ui.url("/search?cols=message,host.name"));
    assertThat(page.locator("#events th.col").first()).hasText("message");
    page.locator("#columns summary").click();
    page.locator("#columns a[data-cols=reset]").click();
    assertThat(page.locator("#events th.col").first()).hasText("host.name");
    page.navigate(ui.url("/search"));
    assertThat(page.locator("#events th.col").first()).hasText("host.name");
    page.context().close();
  }

  @Test
  void keepsSearchesByNameAndFindsThemFromAnywhere() {
    Page page = ui.open("/search?q=yedek&f=event.outcome:failure", "tr", true, 1366, 768);

    page.locator("#saved summary").click();
    page.fill("#save-name", "Gece <b>denetimi</b>");
    page.keyboard().press("Enter");
    assertThat(page.locator("#saved .saved-list bdi")).hasText("Gece <b>denetimi</b>");
    UiServer.assertAccessible(page);
    page.navigate(ui.url("/system"));
    page.keyboard().press("Control+k");
    page.keyboard().type("gece");
    assertThat(page.locator("#jump-list .option[aria-selected=true]")).containsText("denetimi");
    UiServer.assertAccessible(page);
    page.keyboard().press("Enter");
    assertThat(page.locator(".chip")).containsText("event.outcome");
    assertThat(page.locator("#query")).hasValue("yedek");
    page.keyboard().press("Control+k");
    page.keyboard().type("siste");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/system$"));
    page.keyboard().press("Control+k");
    page.keyboard().type("user.name:root");
    page.keyboard().press("Enter");
    assertThat(page.locator("#query")).hasValue("user.name:root");
    page.locator("#saved summary").click();
    page.locator("#saved [data-delete]").click();
    assertThat(page.locator("#saved .saved-list li")).hasCount(0);
    page.context().close();
  }

  @Test
  void saysThatTheSessionEndsWithoutTakingTheFocus() {
    ui.app().session.endIn(Duration.ofSeconds(100));
    Page page = ui.open("/system", "en", false, 1366, 768);
    page.keyboard().press("Tab");
    Object focus = page.evaluate("document.activeElement.className");

    assertThat(page.locator("#session [role=status]")).containsText("ends within 2 minutes");
    assertThat(page.evaluate("document.activeElement.className")).isEqualTo(focus);
    assertThat(ui.app().session.loud.get()).isZero();
    UiServer.assertAccessible(page);
    page.locator("#session-stay").click();

    assertThat(page.locator("#session")).isHidden();
    page.context().close();
  }

  @Test
  void saysThatASearchWasRefusedOrEndedEarly() {
    ui.app().search.slow(true);
    Page slow = ui.open("/search", "tr", false, 1366, 768);
    ui.app().search.slow(false);

    assertThat(slow.locator("#answer .partial")).containsText("Sonuç eksik");
    slow.context().close();
  }

  @Test
  void findsWithoutAnyScript() {
    Page page = ui.open("/search", "tr", false, 1366, 768);
    BrowserContext plain =
        page.context()
            .browser()
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setJavaScriptEnabled(false)
                    .setLocale("tr-TR"));
    Page still = plain.newPage();
    still.navigate(ui.url("/search"));
    still.fill("#query", "user.name:yedek");
    still.press("#query", "Enter");

    assertThat(still.locator("#rows .row").first()).containsText("yedek");
    still.locator(".expand").first().click();
    assertThat(still.locator(".event .rawline")).containsText("yedek");
    still.locator("#older").click();
    assertThat(still.locator("#rows .row").first()).containsText("yedek");
    plain.close();
    page.context().close();
  }

  @Test
  void showsTheSystemPageThatBalances() {
    for (String language : new String[] {"tr", "en"}) {
      Page page = ui.open("/system", language, language.equals("en"), 1366, 768);
      assertThat(page.locator("h1")).isVisible();
      UiServer.assertAccessible(page);
      UiServer.picture(page, "system-" + language);
      page.context().close();
    }
  }
}
