package tr.emanet.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Role;
import tr.emanet.ui.Accessibility;
import tr.emanet.ui.Chromium;

/** The pages of people in a browser: both languages, both themes, narrow and wide. */
class AccessPagesIT {

  @TempDir private Path state = Path.of(".");

  @Test
  void areAccessibleInEachLanguageThemeAndWidth() throws Exception {
    Optional<String> missing = Chromium.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    try (AccessServer it = new AccessServer(state);
        Playwright playwright = Chromium.driver();
        Browser browser = Chromium.launch(playwright)) {
      try (BrowserContext visitor = browser.newContext()) {
        check(visitor, it.origin(), List.of("/setup"));
        it.send(
            it.form(
                "/setup",
                "code",
                it.setupCode,
                "name",
                "ayşe",
                "display",
                "Ayşe Yılmaz",
                "password",
                "dört kaplan bir çay"));
        check(visitor, it.origin(), List.of("/login"));
      }
      try (BrowserContext person =
          browser.newContext(
              new Browser.NewContextOptions()
                  .setExtraHTTPHeaders(
                      Map.of(
                          "Authorization",
                          "Bearer " + it.token(Role.ADMINISTRATOR, Role.AUDITOR))))) {
        check(person, it.origin(), List.of("/people", "/audit"));
      }
    }
  }

  private static void check(BrowserContext context, String origin, List<String> paths) {
    try (Page page = context.newPage()) {
      for (String look : List.of("tr light 1366", "en dark 390", "tr dark 390", "en light 1366")) {
        String[] parts = look.split(" ", -1);
        context.addCookies(
            List.of(
                new Cookie("language", parts[0]).setUrl(origin),
                new Cookie("theme", parts[1]).setUrl(origin)));
        page.setViewportSize(Integer.parseInt(parts[2]), 844);
        for (String path : paths) {
          page.navigate(origin + path);

          assertThat(page.url()).isEqualTo(origin + path);
          assertThat(Accessibility.violations(page)).as(path + " " + look).isEmpty();
          assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .as(path + " " + look)
              .isEqualTo(true);
        }
      }
    }
  }
}
