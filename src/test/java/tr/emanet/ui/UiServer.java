package tr.emanet.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The test application on a free port and a headless browser in front of it. Everything that a page
 * must not do is written down in {@link #offences}.
 */
final class UiServer implements AutoCloseable {

  /** For machines that build something else at the same time. */
  private static final double PATIENCE_MILLIS = 20_000;

  final DropwizardTestSupport<Configuration> server =
      new DropwizardTestSupport<>(
          UiApp.class, "tr/emanet/ui/ui.yml", new ResourceConfigurationSourceProvider());
  final List<String> offences = new CopyOnWriteArrayList<>();
  private final Playwright playwright;
  private final Browser browser;

  UiServer() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Optional<String> missing = Chromium.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    server.before();
    playwright = Chromium.driver();
    browser = Chromium.launch(playwright);
  }

  UiApp app() {
    return server.getApplication();
  }

  String url(String path) {
    return "http://localhost:" + server.getLocalPort() + path;
  }

  /** A page of a new visitor, opened and quiet. */
  Page open(String path, String language, boolean dark, int width, int height) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setLocale(language.equals("tr") ? "tr-TR" : "en-GB")
            .setTimezoneId("Europe/Istanbul")
            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE);
    if (dark) {
      // LIGHT is the default, and the library lower-cases its name in the Turkish locale of the
      // test.
      options.setColorScheme(ColorScheme.DARK);
    }
    BrowserContext context = browser.newContext(options);
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            offences.add("console: " + message.text());
          }
        });
    page.onPageError(error -> offences.add("script: " + error));
    page.onDialog(
        dialog -> {
          offences.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(url("/")) && !request.url().startsWith("data:")) {
            offences.add("outside: " + request.url());
          }
        });
    page.navigate(url(path));
    page.waitForLoadState(LoadState.NETWORKIDLE);
    return page;
  }

  /** No console error, no policy report, no outside request, no dialog. */
  void assertCalm() {
    List<String> found = List.copyOf(offences);
    offences.clear();
    Assertions.assertThat(found).isEmpty();
    Assertions.assertThat(app().reports.reports()).isZero();
  }

  /** WCAG 2.2 AA as far as a program can tell. */
  static void assertAccessible(Page page) {
    Assertions.assertThat(Accessibility.violations(page)).isEmpty();
  }

  /** Keeps a picture where a person can look at it. */
  static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    server.after();
  }
}
