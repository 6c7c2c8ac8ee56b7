package tr.emanet.indicator.list;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tr.emanet.access.ApiTokens;
import tr.emanet.access.LocalToken;
import tr.emanet.access.RequestAuthenticator;
import tr.emanet.access.http.AccessSetup;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.http.ListsResource;
import tr.emanet.web.CspReportResource;
import tr.emanet.web.Health;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;
import tr.emanet.web.StaticFiles;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.WebSetup;

/** The lists of a fixture behind a real HTTP server with the real guard. */
final class ListServer implements AutoCloseable {

  final ListFixture it;
  private final LocalToken local;
  private final Path state;
  private final DropwizardTestSupport<Configuration> server;
  private final HttpClient client = HttpClient.newHttpClient();

  ListServer(Path state, ListFixture it) throws Exception {
    this.it = it;
    this.state = state;
    this.local = LocalToken.create(state.resolve("run"), new Tokens(new SecureRandom()));
    this.server =
        new DropwizardTestSupport<>(
            App.class,
            null,
            ConfigOverride.config("server.applicationConnectors[0].port", "0"),
            ConfigOverride.config("server.adminConnectors[0].port", "0")) {
          @Override
          public Application<Configuration> newApplication() {
            return new App(ListServer.this);
          }
        };
    server.before();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  String localToken() throws IOException {
    return Files.readString(state.resolve("run/local.token")).strip();
  }

  /** A token of the scope {@code lists}. */
  String listToken() {
    return clear(it.access.tokens().createForLists(principal(), "fgt", Duration.ofDays(1)));
  }

  /** A token with roles. */
  String roleToken(Role... roles) {
    return clear(it.access.tokens().create(principal(), "test", Set.of(roles), Duration.ofDays(1)));
  }

  private Principal principal() {
    return local.principal();
  }

  private static String clear(ApiTokens.Creation creation) {
    if (creation instanceof ApiTokens.Creation.Created made) {
      return made.clear();
    }
    throw new IllegalStateException("token was refused");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url(path)))
        .header("Accept-Language", "en")
        .timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder basic(String path, String user, String password) {
    String pair = user + ":" + password;
    return request(path)
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  HttpRequest.Builder bearer(String path, String token) {
    return request(path).header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.after();
    it.close();
  }

  private static final class App extends Application<Configuration> {
    private final ListServer server;

    App(ListServer server) {
      this.server = server;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      WebSetup.prepare(configuration.getServerFactory());
      StaticFiles files = new StaticFiles();
      Pages pages = new Pages();
      ZoneId zone = ZoneId.of("Europe/Istanbul");
      Shells shells =
          new Shells(
              new TextCatalog(List.of("web", "access", "indicator"), zone),
              files,
              new CalmFacts(zone),
              List.of());
      WebSetup.install(environment, pages, shells, files, new CspReportResource());
      ListFixture it = server.it;
      AccessSetup.guard(
          environment, new RequestAuthenticator(it.access, server.local), new SecureRandom());
      AccessSetup.install(environment, it.access, it.audit, pages, shells);
      environment.jersey().register(new ListsResource(it.lists, it.door, shells));
    }
  }

  /** A calm system. */
  private record CalmFacts(ZoneId zone) implements ShellFacts {
    @Override
    public String institution() {
      return "Örnek Belediyesi";
    }

    @Override
    public long eventsPerSecond() {
      return 0;
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
      return Instant.parse("2026-11-22T10:00:00Z");
    }
  }
}
