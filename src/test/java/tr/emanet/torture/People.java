package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tr.emanet.ui.Chromium;

/**
 * Persons with real accounts at a running service, each behind the same browser: made with a
 * one-time code, logged in with a password. What a page must not do is kept as an offence.
 */
final class People implements AutoCloseable {

  private static final String PASSWORD = "dört kaplan bir çay";
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<String> offences = new CopyOnWriteArrayList<>();
  private final Playwright playwright = Chromium.driver();
  private final Browser browser = Chromium.launch(playwright);
  private final String base;
  private final String token;
  private final Map<String, String> sessions = new HashMap<>();

  People(Emanet service) throws IOException {
    base = "http://127.0.0.1:" + service.port("http");
    token = Files.readString(service.state().resolve("run/local.token")).strip();
  }

  /** Makes an account and logs in as a person does; the role is one of the API's words. */
  void add(String name, String role) throws IOException, InterruptedException {
    String body = "{\"name\":\"" + name + "\",\"roles\":[\"" + role + "\"]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/users"))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> made;
    try (HttpClient client = HttpClient.newHttpClient()) {
      made = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.navigate(base + "/code");
      page.fill("input[name=name]", name);
      page.fill("input[name=code]", JSON.readTree(made.body()).path("code").asText());
      page.fill("input[name=password]", PASSWORD);
      page.locator("main button.primary, .panel button.primary").first().click();
      page.waitForURL(url -> !url.contains("/code"));
      sessions.put(name, context.storageState());
    }
  }

  /** Logs in anew: sessions end with half an hour in which nobody did anything. */
  void again(String name) {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.navigate(base + "/login");
      page.fill("input[name=name]", name);
      page.fill("input[name=password]", PASSWORD);
      page.locator("main button.primary, .panel button.primary").first().click();
      page.waitForURL(url -> !url.contains("/login"));
      sessions.put(name, context.storageState());
    }
  }

  /** A new window of a person; close its context. */
  Page open(String name, String path, String language, String theme, int width) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setStorageState(sessions.get(name))
                .setViewportSize(width, 900)
                .setTimezoneId("Europe/Istanbul"));
    context.addCookies(
        List.of(
            new Cookie("language", language).setUrl(base),
            new Cookie("theme", theme).setUrl(base)));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            offences.add("console: " + message.text());
          }
        });
    page.onPageError(error -> offences.add("script: " + error));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(base) && !request.url().startsWith("data:")) {
            offences.add("outside: " + request.url());
          }
        });
    page.onResponse(
        answer -> {
          if (answer.status() >= 500) {
            offences.add("answer: " + answer.request().method() + " " + answer.url());
          }
        });
    page.navigate(base + path);
    return page;
  }

  /** What the API answers to the person of a window. */
  String api(Page page, String path) {
    return page.request().get(base + path).text();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
