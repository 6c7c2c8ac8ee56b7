package tr.emanet.access.http;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tr.emanet.access.Access;
import tr.emanet.access.ApiTokens;
import tr.emanet.access.LocalToken;
import tr.emanet.access.RequestAuthenticator;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Role;
import tr.emanet.search.SavedSearches;
import tr.emanet.search.http.SavedSearchesResource;
import tr.emanet.store.Database;
import tr.emanet.web.CspReportResource;
import tr.emanet.web.Health;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;
import tr.emanet.web.StaticFiles;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.WebSetup;

/** The real services behind a real HTTP server, wired as the program does it. */
final class AccessServer implements AutoCloseable {

  private final java.nio.file.Path state;
  private final Database database;
  private final LocalToken local;
  private final DropwizardTestSupport<Configuration> server;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  final Access access;
  final AuditLog audit;
  final String setupCode;

  AccessServer(java.nio.file.Path state) throws Exception {
    this.state = state;
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    this.database = Database.open(state, List.of("audit", "access", "search"));
    this.audit = new AuditLog(database, clock);
    Passwords cheap = new Passwords(random, new Passwords.Cost(64, 1, 1));
    this.access = Access.wire(database, audit, cheap, random, clock);
    Tokens ids = new Tokens(random);
    this.local = LocalToken.create(state.resolve("run"), ids);
    this.setupCode = access.first().offer(ids).orElseThrow();
    this.server =
        new DropwizardTestSupport<>(
            App.class,
            null,
            ConfigOverride.config("server.applicationConnectors[0].port", "0"),
            ConfigOverride.config("server.adminConnectors[0].port", "0")) {
          @Override
          public Application<Configuration> newApplication() {
            return new App(AccessServer.this);
          }
        };
    server.before();
  }

  String localToken() throws IOException {
    return Files.readString(state.resolve("run/local.token")).strip();
  }

  /** A token of the machine with these roles. */
  String token(Role... roles) {
    var created =
        access.tokens().create(local.principal(), "test", Set.of(roles), Duration.ofDays(1));
    if (created instanceof ApiTokens.Creation.Created made) {
      return made.clear();
    }
    throw new IllegalStateException("token was refused");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin() + path))
        .header("Accept-Language", "en")
        .timeout(Duration.ofSeconds(20));
  }

  String origin() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A form as a browser sends it from our own page. */
  HttpRequest.Builder form(String path, String... pairs) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Sec-Fetch-Site", "same-origin")
        .header("Origin", "null")
        .POST(HttpRequest.BodyPublishers.ofString(encode(pairs)));
  }

  static String encode(String... pairs) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      out.append(i == 0 ? "" : "&")
          .append(pairs[i])
          .append('=')
          .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  /** The session cookie of an answer, as {@code name=value}. */
  static String cookie(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(c -> c.startsWith("emanet="))
        .map(c -> c.substring(0, c.indexOf(';')))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.after();
    database.close();
  }

  /** A resource whose author forgot the rule. */
  @Path("/forgotten")
  public static final class ForgottenResource {
    @GET
    public String show() {
      return "secret";
    }
  }

  private static final class App extends Application<Configuration> {
    private final AccessServer it;

    App(AccessServer it) {
      this.it = it;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      WebSetup.prepare(configuration.getServerFactory());
      StaticFiles files = new StaticFiles();
      Pages pages = new Pages();
      ZoneId zone = ZoneId.of("Europe/Istanbul");
      Shells shells =
          new Shells(
              new TextCatalog(List.of("web", "access", "search/http"), zone),
              files,
              new CalmFacts(zone, new AtomicInteger()),
              List.of());
      WebSetup.install(environment, pages, shells, files, new CspReportResource());
      AccessSetup.guard(
          environment, new RequestAuthenticator(it.access, it.local), new SecureRandom());
      AccessSetup.install(environment, it.access, it.audit, pages, shells);
      SavedSearches saved = new SavedSearches(it.database, it.audit, InstantSource.system());
      environment.jersey().register(new SavedSearchesResource(saved, shells));
      environment.jersey().register(new ForgottenResource());
    }
  }

  /** A calm system, but for a job that is over at every second question: pages must bear that. */
  private record CalmFacts(ZoneId zone, AtomicInteger asked) implements ShellFacts {
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
      return asked.incrementAndGet() % 2 == 0
          ? Optional.empty()
          : Optional.of(new RunningJob("web.close", 1, 7, "/jobs"));
    }

    @Override
    public Instant now() {
      return Instant.parse("2026-11-22T10:00:00Z");
    }
  }
}
