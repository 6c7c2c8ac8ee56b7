package tr.emanet;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.route.IntakeContext;
import tr.emanet.journal.StateLock;

/**
 * The service: everything is wired here and in {@link Service}, by hand, in the order in which it
 * starts. Only the command line uses this class.
 */
public final class EmanetApplication extends Application<EmanetApplication.Http> {

  private static final Logger LOG = LoggerFactory.getLogger(EmanetApplication.class);

  private final Settings settings;
  private final Service service;
  private final int port;

  /** Dropwizard's own part of the configuration, made from {@link Settings}. */
  public static final class Http extends Configuration {}

  /** What came of a start. */
  public sealed interface Started {
    /** Events are accepted and found. */
    record Ready(String url) implements Started {}

    /** Another process has the state directory. */
    record Busy(String owner) implements Started {}

    /** Nothing runs; the reason names object and remedy. */
    record Failed(String why) implements Started {}
  }

  private EmanetApplication(Settings settings, Service service, int port) {
    this.settings = settings;
    this.service = service;
    this.port = port;
  }

  /**
   * Starts the service and returns when it is ready; a signal stops it.
   *
   * @param demo whether a realistic stream is fed through the listeners
   * @param tell lines for the person at the terminal, such as the code for the first log-in
   */
  public static Started serve(
      Settings settings, StateDirectory state, boolean demo, Consumer<String> tell)
      throws IOException, InterruptedException {
    HttpServer.quietLogging();
    state.create();
    switch (StateLock.acquire(state.root())) {
      case StateLock.Outcome.Busy(String pid) -> {
        return new Started.Busy("process " + pid);
      }
      case StateLock.Outcome.Held(StateLock lock) ->
          LOG.atDebug().addKeyValue("lock", lock).log("State directory is ours");
    }
    Endpoints.remove(state);
    InstantSource clock = InstantSource.system();
    Instant startedAt = clock.instant();
    Service service = null;
    try {
      Ports ports = new Ports(state);
      int port =
          ports.pick(
              "http",
              settings.bindAddress(),
              settings.http().port(),
              settings.http().tls() ? 8443 : 8080);
      service = Service.open(settings, state, clock);
      new EmanetApplication(settings, service, port).run("server");
      service.listen(ports);
      String url = HttpServer.url(settings, port);
      Map<String, String> bound = service.endpoints();
      bound.put("http", url);
      Endpoints.write(state, startedAt, bound);
      service.firstCode().ifPresent(code -> tell(tell, url, code));
      if (demo) {
        service.startDemo(bound);
      }
      return new Started.Ready(url);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Boundary: Dropwizard declares Exception; whatever stopped the start is told in words.
      LOG.atError().setCause(e).log("Start failed");
      if (service != null) {
        service.close();
      }
      return new Started.Failed("start failed: " + message(e));
    }
  }

  private static String message(Throwable e) {
    if (e instanceof BindException) {
      return "another process listens there; stop it, or choose another port with --set";
    }
    String own = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    Throwable cause = e.getCause();
    return cause == null || own.contains(String.valueOf(cause.getMessage()))
        ? own
        : own + ": " + message(cause);
  }

  private static void tell(Consumer<String> tell, String url, String code) {
    tell.accept("");
    tell.accept("  Emanet: " + url);
    tell.accept(
        "  İlk yönetici için tek kullanımlık kod / one-time code for the first administrator:");
    tell.accept("      " + code);
    tell.accept("");
  }

  /** Problems of every route file, as lines for people. */
  public static List<String> checkRoutes(Settings settings, StateDirectory state) {
    List<String> out = new ArrayList<>();
    for (IntakeStatus.RouteProblem problem :
        IntakeContext.check(Service.intakeConfig(settings, 1514, 1514, 6514, 1883))) {
      out.add(
          Path.of(problem.file()).getFileName()
              + ":"
              + problem.line()
              + ": "
              + problem.problem()
              + "; "
              + problem.remedy());
    }
    return out;
  }

  @Override
  public void initialize(Bootstrap<Http> bootstrap) {
    Http configuration = new Http();
    configuration.setServerFactory(HttpServer.factory(settings, service.certificate(), port));
    configuration.setLoggingFactory(HttpServer.logging());
    bootstrap.setConfigurationFactoryFactory(
        (type, validator, mapper, prefix) ->
            new ConfigurationFactory<>() {
              @Override
              public Http build(ConfigurationSourceProvider provider, @Nullable String path)
                  throws IOException, ConfigurationException {
                return configuration;
              }

              @Override
              public Http build() {
                return configuration;
              }
            });
  }

  @Override
  public void run(Http configuration, Environment environment) {
    service.install(environment);
    environment
        .lifecycle()
        .manage(
            new Managed() {
              @Override
              public void stop() throws IOException {
                service.close();
              }
            });
  }

  @Override
  protected void onFatalError(Throwable t) {
    throw new IllegalStateException("the web server did not start", t);
  }
}
