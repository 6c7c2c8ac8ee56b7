package tr.emanet;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.route.IntakeContext;
import tr.emanet.journal.StateLock;

/**
 * The service: everything is wired here and in {@link Service}, by hand, in the order in which it
 * starts. Only the command line uses this class.
 */
public final class EmanetApplication {

  private static final Logger LOG = LoggerFactory.getLogger(EmanetApplication.class);

  /** What came of a start. */
  public sealed interface Started {
    /** Events are accepted and found. */
    record Ready(String url) implements Started {}

    /** Another process has the state directory. */
    record Busy(String owner) implements Started {}

    /** Nothing runs; the reason names object and remedy. */
    record Failed(String why) implements Started {}
  }

  private EmanetApplication() {}

  /**
   * Starts the service and returns when it is ready; a signal stops it. The web server is made on a
   * thread of its own beside store, journal and listeners, and opens only when they are there.
   *
   * @param demo whether a realistic stream is fed through the listeners
   * @param tell lines for the person at the terminal, such as the code for the first log-in
   */
  public static Started serve(
      Settings settings, StateDirectory state, boolean demo, Consumer<String> tell)
      throws IOException, InterruptedException {
    return serve(settings, state, InstantSource.system(), demo, tell);
  }

  /** Starts it with another clock. */
  static Started serve(
      Settings settings,
      StateDirectory state,
      InstantSource clock,
      boolean demo,
      Consumer<String> tell)
      throws IOException, InterruptedException {
    Logging.start();
    state.create();
    return switch (StateLock.acquire(state.root())) {
      case StateLock.Outcome.Busy(String pid) -> new Started.Busy("process " + pid);
      case StateLock.Outcome.Held(StateLock lock) ->
          start(settings, state, lock, clock, demo, tell);
    };
  }

  private static Started start(
      Settings settings,
      StateDirectory state,
      StateLock lock,
      InstantSource clock,
      boolean demo,
      Consumer<String> tell)
      throws IOException, InterruptedException {
    Endpoints.remove(state);
    Instant startedAt = clock.instant();
    Beside<HttpServer> prepared = Beside.start("start-web", HttpServer::prepare);
    Service service = null;
    try {
      Ports ports = new Ports(state);
      Service opened = Service.open(settings, state, lock, clock);
      service = opened;
      HttpServer http = prepared.get();
      Beside<String> serving =
          Beside.start(
              "start-web", () -> http.start(settings, ports, opened::certificate, opened::install));
      try {
        opened.listen(ports);
      } finally {
        serving.await();
      }
      String url = serving.get();
      Map<String, String> bound = opened.endpoints();
      bound.put("http", url);
      Endpoints.write(state, startedAt, bound);
      opened.firstCode().ifPresent(code -> tell(tell, url, code));
      if (demo) {
        opened.startDemo(bound);
      }
      return new Started.Ready(url);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Boundary: the web server declares Exception; whatever stopped the start is told in words.
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
        IntakeContext.check(Listeners.config(settings, 1514, 1514, 6514, 1883))) {
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
}
