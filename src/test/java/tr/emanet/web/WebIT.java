package tr.emanet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shell in a real server: headers, errors, static files, preferences. */
class WebIT {

  private static final DropwizardTestSupport<Configuration> SERVER =
      new DropwizardTestSupport<>(
          App.class,
          null,
          ConfigOverride.config("server.applicationConnectors[0].port", "0"),
          ConfigOverride.config("server.adminConnectors[0].port", "0"));
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    SERVER.before();
  }

  @AfterAll
  static void stop() {
    SERVER.after();
  }

  @Test
  void sendsTheSecurityHeadersWithEveryAnswer() throws Exception {
    HttpResponse<String> answer = get("/missing", "tr");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void namesTheErrorInTheLanguageOfTheReaderAndNeverTheStack() throws Exception {
    HttpResponse<String> turkish = get("/broken", "tr");
    HttpResponse<String> english = get("/broken", "en");

    assertThat(turkish.statusCode()).isEqualTo(500);
    assertThat(turkish.body()).contains("Bu sayfa şu an açılamıyor").doesNotContain("secret-7");
    assertThat(english.body()).contains("cannot be shown right now").contains("EMN-");
  }

  @Test
  void answersTheApiWithProblemDocuments() throws Exception {
    HttpResponse<String> answer = get("/api/v1/missing", "en");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"status\":404").contains("urn:emanet:problem:not-found");
  }

  @Test
  void answersWhatNoResourceSeesLikeEverythingElse() throws Exception {
    HttpResponse<String> api = get("/api/v1/missing/a%01b", "en");
    HttpResponse<String> page = get("/a%01b", "en");
    HttpResponse<String> bare = get("/api/v1/bare", "en");

    assertThat(api.statusCode()).isEqualTo(400);
    assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(api.body()).contains("\"status\":400").doesNotContain("%01");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body()).contains("<h1>").doesNotContain("%01").doesNotContain("Jetty");
    assertThat(bare.statusCode()).isEqualTo(409);
    assertThat(bare.body()).contains("\"status\":409").contains("\"title\":");
  }

  @Test
  void letsBrowsersKeepStaticFilesOnlyUnderTheirVersion() throws Exception {
    String url = new StaticFiles().url("css/emanet.css");

    HttpResponse<String> kept = get(url, "tr");
    HttpResponse<String> old = get(url.replaceFirst("static/[0-9a-f]+", "static/0"), "tr");
    HttpResponse<String> missing = get("/static/0/../texts_tr.properties", "tr");

    assertThat(kept.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(v -> assertThat(v).contains("immutable"));
    assertThat(kept.headers().firstValue("Content-Type")).contains("text/css;charset=utf-8");
    assertThat(old.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(missing.statusCode()).isBetween(400, 404);
  }

  @Test
  void keepsTheLanguageAndComesBackOnlyToItself() throws Exception {
    HttpResponse<String> good = get("/preferences/language/en?back=/search%3Fq%3Da", "tr");
    HttpResponse<String> bad = get("/preferences/theme/dark?back=//evil.example", "tr");

    assertThat(good.statusCode()).isEqualTo(303);
    assertThat(good.headers().firstValue("Location"))
        .hasValueSatisfying(v -> assertThat(v).endsWith("/search?q=a"));
    assertThat(good.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(
            v ->
                assertThat(v)
                    .contains("language=en")
                    .contains("HttpOnly")
                    .contains("SameSite=Lax"));
    assertThat(bad.headers().firstValue("Location"))
        .hasValueSatisfying(v -> assertThat(v).doesNotContain("evil"));
  }

  private HttpResponse<String> get(String path, String language)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + SERVER.getLocalPort() + path))
            .header("Accept-Language", language)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A server with nothing but the shell. */
  public static final class App extends Application<Configuration> {
    @Override
    public void run(Configuration configuration, Environment environment) {
      WebSetup.prepare(configuration.getServerFactory());
      StaticFiles files = new StaticFiles();
      ZoneId zone = ZoneId.of("Europe/Istanbul");
      Shells shells =
          new Shells(new TextCatalog(List.of("web"), zone), files, new FixedFacts(), List.of());
      WebSetup.install(environment, new Pages(), shells, files, new CspReportResource());
      environment
          .lifecycle()
          .addServerLifecycleListener(
              server ->
                  server.setErrorHandler(environment.getApplicationContext().getErrorHandler()));
      environment.jersey().register(new BrokenResource());
      environment.jersey().register(new BareResource());
    }
  }

  /** Always fails. */
  @Path("/broken")
  public static final class BrokenResource {
    @GET
    public String fail() {
      throw new IllegalStateException("secret-7");
    }
  }

  /** Refuses without a word. */
  @Path("/api/v1/bare")
  public static final class BareResource {
    @GET
    public Response refuse() {
      return Response.status(409).build();
    }
  }

  /** A calm system. */
  static final class FixedFacts implements ShellFacts {
    @Override
    public String institution() {
      return "Örnek Belediyesi · SOME";
    }

    @Override
    public long eventsPerSecond() {
      return 1284;
    }

    @Override
    public Health intake() {
      return Health.OK;
    }

    @Override
    public Optional<RunningJob> job() {
      return Optional.empty();
    }

    @Override
    public Instant now() {
      return Instant.parse("2026-11-22T00:12:08Z");
    }

    @Override
    public ZoneId zone() {
      return ZoneId.of("Europe/Istanbul");
    }
  }
}
