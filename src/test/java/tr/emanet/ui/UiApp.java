package tr.emanet.ui;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tr.emanet.archive.SampleArchives;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.SavedSearches;
import tr.emanet.search.http.CompareResource;
import tr.emanet.search.http.EventsResource;
import tr.emanet.search.http.SavedSearchesResource;
import tr.emanet.search.http.SearchResource;
import tr.emanet.search.http.TailResource;
import tr.emanet.store.Database;
import tr.emanet.web.CspReportResource;
import tr.emanet.web.Health;
import tr.emanet.web.Pages;
import tr.emanet.web.RailItem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;
import tr.emanet.web.StaticFiles;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.WebSetup;

/** The screens over an in-memory search, with one signed-in analyst. Runs by itself for a look. */
public final class UiApp extends Application<Configuration> {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final List<RailItem> RAIL =
      List.of(
          new RailItem("overview", "/overview", "nav-shift", "web.nav.overview", "n", false),
          new RailItem("search", "/search", "nav-search", "web.nav.search", "a", false),
          new RailItem("alerts", "/alerts", "nav-alerts", "web.nav.alerts", "l", false),
          new RailItem("indicators", "/indicators", "nav-target", "web.nav.indicators", "s", false),
          new RailItem("lists", "/indicators/lists", "", "web.nav.lists", "", false),
          new RailItem("hunt", "/hunt", "", "web.nav.hunt", "", false),
          new RailItem("system", "/system", "nav-system", "web.nav.system", "t", true));

  static final List<String> BUNDLES =
      List.of(
          "web",
          "search",
          "search/http",
          "alert",
          "overview",
          "asset",
          "indicator",
          "indicator/http",
          "indicator/notice",
          "archive",
          "backup");

  final SampleEvents samples = new SampleEvents();
  final MemorySearch search = new MemorySearch(samples.all(9000));
  final SampleAlerts alerts = new SampleAlerts();
  final SampleNotices notices = new SampleNotices();
  final SampleIndicators indicators = new SampleIndicators();
  final SampleArchives archives = new SampleArchives();
  final EndingSessionResource session = new EndingSessionResource();
  final CspReportResource reports = new CspReportResource();
  final List<String> exports = new CopyOnWriteArrayList<>();

  public static void main(String[] arguments) throws Exception {
    new UiApp().run("server", arguments[0]);
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    WebSetup.prepare(configuration.getServerFactory());
    StaticFiles files = new StaticFiles();
    Pages pages = new Pages();
    Shells shells = new Shells(new TextCatalog(BUNDLES, ZONE), files, new CalmFacts(), RAIL);
    WebSetup.install(environment, pages, shells, files, reports);
    TailResource tail = new TailResource(search, pages, shells);
    environment.lifecycle().manage(new io.dropwizard.lifecycle.AutoCloseableManager(tail));
    environment.jersey().register(new FixedPerson());
    SavedSearches saved = saved();
    environment.jersey().register(new SavedSearchesResource(saved, shells));
    environment.jersey().register(new CompareResource(search, pages, shells));
    environment.jersey().register(session);
    environment.jersey().register(new SearchResource(search, saved, pages, shells));
    environment.jersey().register(tail);
    alerts.install(environment, pages, shells);
    notices.install(environment, pages, shells);
    indicators.install(environment, pages, shells);
    archives.install(environment, pages, shells);
    environment
        .jersey()
        .register(
            new EventsResource(search, shells, (who, what) -> exports.add(who.id() + " " + what)));
  }

  private static SavedSearches saved() {
    try {
      Path directory = Files.createTempDirectory("emanet-ui");
      directory.toFile().deleteOnExit();
      Database database = Database.open(directory, List.of("audit", "search"));
      InstantSource clock = InstantSource.fixed(SampleEvents.NOW);
      return new SavedSearches(database, new AuditLog(database, clock), clock);
    } catch (IOException e) {
      throw new IllegalStateException("no place for the saved searches of the test", e);
    }
  }

  /** Signs everybody in as the same analyst. */
  static final class FixedPerson implements ContainerRequestFilter {
    private static final RequestPerson PERSON =
        new RequestPerson(
            new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST, Role.ADMINISTRATOR)),
            "form-token");

    @Override
    public void filter(ContainerRequestContext request) {
      SecurityContext before = request.getSecurityContext();
      request.setSecurityContext(
          new SecurityContext() {
            @Override
            public java.security.Principal getUserPrincipal() {
              return PERSON;
            }

            @Override
            public boolean isUserInRole(String role) {
              return true;
            }

            @Override
            public boolean isSecure() {
              return before.isSecure();
            }

            @Override
            public String getAuthenticationScheme() {
              return "test";
            }
          });
    }
  }

  /** A calm night. */
  static final class CalmFacts implements ShellFacts {
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
      return SampleEvents.NOW;
    }

    @Override
    public ZoneId zone() {
      return ZONE;
    }
  }
}
