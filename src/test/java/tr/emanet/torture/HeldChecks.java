package tr.emanet.torture;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Checks of a repository behind a held door, in the windows of an operator and an auditor. */
record HeldChecks(People people, Api api) {

  /** A run of job 2 more, to its end. */
  void ran(int number) throws Exception {
    String at = "/api/v1/backups/jobs/2";
    assertThat(api.post(at + "/acts/run")).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.read(at + "/runs").path("runs").size() == number
                    && !api.read(at).path("running").asBoolean());
  }

  /** Begins a check, sees it half way in two windows, ends it, and sees that it does not go on. */
  void stops(HeldDoor door, String rung, Predicate<String> held) {
    door.hold(held, rung.equals("full") ? 0 : 1);
    Page page = people.open("yasin", "/backups/drills", "tr", "light", 1440);
    Locator place = page.locator(".ladder", new Page.LocatorOptions().setHasText("/kontrol"));
    place.locator("button[value=" + rung + "]").click();
    Locator going = place.locator("li[data-running=true]");

    assertThat(going.locator("progress")).isVisible();
    assertThat(going).containsText(rung.equals("full") ? "baytlar okunuyor" : "dizin dosyaları");
    assertThat(going.locator("progress")).hasAttribute("value", Pattern.compile("[1-9][0-9]?"));
    BackupScreensIT.looksRight(page, "check-" + rung);
    page.reload();
    assertThat(going.locator("progress")).isVisible();
    Page auditor = people.open("deniz", "/backups/drills", "en", "dark", 360);
    assertThat(auditor.locator("li[data-running=true] progress")).isVisible();
    assertThat(auditor.locator("main form button")).hasCount(0);
    BackupScreensIT.looksRight(auditor, "check-auditor-" + rung);
    auditor.context().close();

    going.locator("form[action$='/verify/stop'] button").click();
    door.open();

    assertThat(place.locator("li[data-running=true]")).hasCount(0);
    assertThat(place.locator("button[value=" + rung + "]")).hasText("Denetle");
    assertThat(people.api(page, "/api/v1/backups/verifications")).contains("\"stopped\"");
    page.context().close();
  }
}
