package tr.emanet.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tr.emanet.access.http.AccessSetup;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.CspReportResource;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;
import tr.emanet.web.StaticFiles;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.WebSetup;
import tr.emanet.web.security.Authenticator;

/** Who may open and act on the pages of indicators, over HTTP with the real filter. */
class IndicatorRolesIT {

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
  void opensPagesForThoseWhoReadIndicators() throws Exception {
    for (String path : new String[] {"/indicators", "/indicators/feeds", "/hunt"}) {
      assertThat(get(path, "analyst").statusCode()).as(path).isEqualTo(200);
      assertThat(get(path, "auditor").statusCode()).as(path).isEqualTo(200);
      assertThat(get(path, "administrator").statusCode()).as(path).isEqualTo(200);
      assertThat(get(path, "backup-operator").statusCode()).as(path).isEqualTo(403);
      assertThat(get(path, "").statusCode()).as(path).isIn(303, 401);
    }
  }

  @Test
  void opensTheShiftPageForEverybodyAndHidesWhatTheyMayNotRead() throws Exception {
    String analyst = get("/overview", "analyst").body();
    String auditor = get("/overview", "auditor").body();
    String operator = get("/overview", "backup-operator").body();

    assertThat(analyst).contains("10.20.7.114").contains("t-usom");
    assertThat(auditor).contains(SampleIndicators.HIT).doesNotContain("10.20.7.114");
    assertThat(operator).doesNotContain(SampleIndicators.HIT).doesNotContain("t-usom");
    assertThat(operator).contains("t-intake");
  }

  @Test
  void letsOnlyAdministratorsActOnFeedsAndOnlyAnalystsHunt() throws Exception {
    assertThat(post("/indicators/feeds/usom/sync", "", "analyst")).isEqualTo(403);
    assertThat(post("/indicators/feeds/sektor/revisions/3/approve", "", "auditor")).isEqualTo(403);
    assertThat(post("/indicators/feeds/usom/revisions/1/approve", "", "administrator"))
        .isEqualTo(409);
    assertThat(post("/indicators/feeds/usom/revisions/99/approve", "", "administrator"))
        .isEqualTo(404);
    assertThat(post("/indicators/feeds/sektor/revisions/3/reject", "", "administrator"))
        .isEqualTo(303);
    assertThat(post("/hunt", "values=kotu.example", "administrator")).isEqualTo(403);
    assertThat(post("/hunt", "values=kotu.example", "analyst")).isEqualTo(303);
    assertThat(post("/hunt", "values=", "analyst")).isEqualTo(422);
  }

  @Test
  void takesFilesOnlyInOrderAndUnderNamesItGave() throws Exception {
    String id = "00000000000000aa";

    assertThat(put("/indicators/feeds/upload/" + id + "?at=0", "analyst")).isEqualTo(403);
    assertThat(put("/indicators/feeds/upload/" + id + "?at=5", "administrator")).isEqualTo(409);
    assertThat(put("/indicators/feeds/upload/" + id + "?at=0", "administrator")).isEqualTo(200);
    assertThat(put("/indicators/feeds/upload/" + id + "?at=0", "administrator")).isEqualTo(409);
    assertThat(put("/indicators/feeds/upload/..%2f..%2fx?at=0", "administrator")).isIn(400, 404);
    assertThat(post("/indicators/feeds/usom/import", "file=../x&name=x", "administrator"))
        .isEqualTo(404);
  }

  private HttpResponse<String> get(String path, String role) throws Exception {
    HttpRequest.Builder request = request(path, role).header("Accept", "text/html");
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int post(String path, String body, String role) throws Exception {
    HttpRequest.Builder request =
        request(path, role)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private int put(String path, String role) throws Exception {
    HttpRequest.Builder request =
        request(path, role)
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofString("a.example\n"));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static HttpRequest.Builder request(String path, String role) {
    URI uri = URI.create("http://localhost:" + SERVER.getLocalPort() + path);
    HttpRequest.Builder out = HttpRequest.newBuilder(uri);
    return role.isEmpty() ? out : out.header("Authorization", "Bearer " + role);
  }

  /** The pages behind the filter; a token is the name of a role. */
  public static final class App extends Application<Configuration> {
    @Override
    public void run(Configuration configuration, Environment environment) {
      WebSetup.prepare(configuration.getServerFactory());
      StaticFiles files = new StaticFiles();
      Pages pages = new Pages();
      Shells shells =
          new Shells(
              new TextCatalog(UiApp.BUNDLES, UiApp.ZONE), files, new UiApp.CalmFacts(), UiApp.RAIL);
      WebSetup.install(environment, pages, shells, files, new CspReportResource());
      AccessSetup.guard(environment, new ByName(), new SecureRandom());
      new SampleIndicators().install(environment, pages, shells);
    }
  }

  private static final class ByName implements Authenticator {
    @Override
    public Optional<Principal> session(String id, boolean active) {
      return Optional.empty();
    }

    @Override
    public Optional<Principal> bearer(String token, boolean loopback) {
      return Arrays.stream(Role.values())
          .filter(role -> role.id().equals(token))
          .map(role -> new Principal(token, token, Set.of(role)))
          .findFirst();
    }
  }
}
