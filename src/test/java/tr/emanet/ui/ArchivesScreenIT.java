package tr.emanet.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person at the calendar of seals: looks, verifies, takes an archive away. */
class ArchivesScreenIT {

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
    "tr,false,1440,damgalı,Savcılık 2026/114",
    "en,true,1366,stamped,Savcılık 2026/114",
    "tr,true,390,damgalı,Savcılık 2026/114",
  })
  void isAccessibleInEachLanguageThemeAndWidth(
      String language, boolean dark, int width, String stamped, String hold) {
    Page page = ui.open("/archives?day=2026-11-20", language, dark, width, 844);

    assertThat(page.locator("#day-2026-11-20 .cal-seal")).hasText(stamped);
    assertThat(page.locator("#day-facts")).containsText(hold);
    assertThat(page.locator(".cal-link")).hasCount(3);
    UiServer.assertAccessible(page);
    UiServer.picture(page, "archives-" + language + (dark ? "-dark-" : "-light-") + width);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void verifiesExportsAndNamesAFlippedBit() throws Exception {
    Page page = ui.open("/archives?day=2026-11-21", "en", false, 1366, 900);

    page.locator("button[value=verify]").click();
    Locator task = page.locator(".archive-task").first();
    assertThat(task).containsText("Every byte is as it was sealed");
    page.locator("button[value=export]").click();
    assertThat(page.locator(".archive-task").first()).containsText("Written and verified");
    Download download = page.waitForDownload(() -> page.locator(".archive-task a").first().click());
    ui.app().archives.tamper();
    page.locator("button[value=verify]").click();

    assertThat(task).containsText("Findings: ");
    task.locator("summary").click();
    assertThat(task).containsText("altered: frame");
    assertThat(page.locator("#day-2026-11-21")).containsText("findings");
    assertThat(download.suggestedFilename()).isEqualTo("emanet-archive-2026-11-21-2026-11-21.zip");
    UiServer.assertAccessible(page);
    page.context().close();
  }

  @Test
  void stopsWhatRuns() throws Exception {
    ui.app().archives.hold(true);
    Page page = ui.open("/archives?day=2026-11-20", "tr", false, 390, 900);

    page.locator("button[value=verify]").click();
    Locator task = page.locator(".archive-task").first();
    assertThat(task).containsText("Sürüyor");
    UiServer.assertAccessible(page);
    UiServer.picture(page, "archives-running");
    task.locator("form button").click();
    assertThat(page.locator("#tasks")).isVisible();
    ui.app().archives.hold(false);

    assertThat(page.locator(".archive-task").first()).containsText("Durduruldu");
    assertThat(page.locator(".archive-task form")).hasCount(0);
    page.context().close();
  }
}
