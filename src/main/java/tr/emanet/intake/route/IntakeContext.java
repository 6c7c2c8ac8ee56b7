package tr.emanet.intake.route;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.Admission;
import tr.emanet.intake.Batches;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.IntakeStatus.RouteProblem;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.SourceDays;
import tr.emanet.intake.Ticks;
import tr.emanet.intake.mqtt.MqttIntake;
import tr.emanet.intake.mqtt.MqttOptions;
import tr.emanet.intake.syslog.SyslogOptions;
import tr.emanet.intake.syslog.TcpListener;
import tr.emanet.intake.syslog.UdpListener;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.Journal;

/**
 * Intake as the rest of the service sees it: one Camel context with nothing in it but our own
 * components, the routes of one folder, and the listeners they start. Start once, close once.
 */
public final class IntakeContext implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeContext.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int RETRY_EVERY = 5;
  private static final int SOURCES_SHOWN = 500;

  private final IntakeConfig config;
  private final Journal journal;
  private final Batches batches;
  private final Supplier<SSLContext> tls;
  private final InstantSource clock;
  private final MicroClock micros;
  private final Admission admission;
  private final Listeners listeners = new Listeners();
  private final DefaultCamelContext camel = new DefaultCamelContext(false);
  private final RouteFolder folder;
  private final Thread watcher;
  private volatile boolean closed;
  private volatile Ticks ticks = Ticks.NONE;

  /** Without a memory that outlives the process; for tests. */
  public IntakeContext(
      IntakeConfig config,
      Journal journal,
      BatchPool pool,
      Supplier<SSLContext> tls,
      InstantSource clock) {
    this(config, journal, pool, tls, clock, SourceDays.NONE);
  }

  /**
   * @param tls server context for TLS listeners; called only when there is one
   * @param days what sources brought today outlives the process there
   */
  public IntakeContext(
      IntakeConfig config,
      Journal journal,
      BatchPool pool,
      Supplier<SSLContext> tls,
      InstantSource clock,
      SourceDays days) {
    this.config = config;
    this.journal = journal;
    this.batches = new Batches(pool);
    this.tls = tls;
    this.clock = clock;
    this.micros = MicroClock.of(clock);
    this.admission =
        new Admission(journal, config.admission(), clock, ZoneId.of(config.zone()), days);
    this.folder =
        new RouteFolder(config.routes(), camel, config.placeholders(), SourceChecks.all());
    this.watcher = Thread.ofPlatform().daemon().name("routes").unstarted(this::watch);
  }

  /** Checks every route file of the configured folder without starting anything. */
  public static List<RouteProblem> check(IntakeConfig config) {
    List<RouteProblem> out = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    if (!Files.isDirectory(config.routes())) {
      out.add(
          new RouteProblem(
              config.routes().toString(), 0, "the folder does not exist", "set intake.routes"));
      return out;
    }
    new TreeMap<>(RouteFolder.read(config.routes()))
        .forEach(
            (name, text) -> {
              RouteCheck.Checked checked =
                  new RouteCheck(name, config.placeholders(), SourceChecks.all()).check(text);
              out.addAll(checked.problems());
              for (String id : checked.routeIds()) {
                String owner = owners.putIfAbsent(id, name);
                if (owner != null) {
                  out.add(
                      new RouteProblem(
                          name,
                          0,
                          "the route id '" + id + "' is used in " + owner,
                          "choose another id"));
                }
              }
            });
    return out;
  }

  /** Says who is ticked by routes with a timer; before {@link #start}. */
  public IntakeContext ticking(Ticks who) {
    ticks = who;
    return this;
  }

  /** Starts what the folder holds; a bad file is shown in the status and hinders no other. */
  public void start() throws IOException {
    admission.start();
    try {
      prepare();
      camel.build();
      camel.start();
    } catch (Exception e) {
      // Boundary: Camel declares Exception.
      throw new IOException("Camel did not start: " + e.getMessage(), e);
    }
    folder.refresh(false);
    watcher.start();
  }

  private void prepare() {
    camel.disableJMX();
    camel.setLoadTypeConverters(false);
    camel.setLoadHealthChecks(false);
    // Nothing but the components added below can ever be named in a route.
    camel.setAutoCreateComponents(false);
    camel.setMessageHistory(false);
    camel.setTracing(false);
    camel.setUseMDCLogging(false);
    camel.setAllowUseOriginalMessage(false);
    camel.setSourceLocationEnabled(true);
    camel.getShutdownStrategy().setTimeout(10);
    camel.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    PropertiesComponent values = new PropertiesComponent();
    values.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    values.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    values.setAutoDiscoverPropertiesSources(false);
    Properties properties = new Properties();
    config.placeholders().forEach(properties::setProperty);
    values.setInitialProperties(properties);
    camel.setPropertiesComponent(values);
    camel.addComponent(JournalComponent.SCHEME, new JournalComponent(journal));
    camel.addComponent(TimerComponent.SCHEME, new TimerComponent());
    camel.addComponent(TickComponent.SCHEME, new TickComponent(ticks));
    camel.addComponent(SourceChecks.SYSLOG, new ListenerComponent(listeners, this::planSyslog));
    camel.addComponent(SourceChecks.MQTT, new ListenerComponent(listeners, this::planMqtt));
  }

  private Listeners.Planned planSyslog(String path, Map<String, String> options) {
    SyslogOptions wanted = EndpointOptions.syslog(path, options, ListenerComponent::fail);
    return listeners.plan(
        wanted.name(),
        wanted.port(),
        (port, counters, out) -> {
          SyslogOptions with = wanted.withPort(port);
          return switch (with.transport()) {
            case UDP -> new UdpListener(with, batches, admission, out, counters, micros);
            case TCP, TLS -> new TcpListener(with, batches, admission, out, counters, micros, tls);
          };
        });
  }

  private Listeners.Planned planMqtt(String path, Map<String, String> options) {
    MqttOptions wanted = EndpointOptions.mqtt(path, options, ListenerComponent::fail);
    MqttIntake.Services services =
        new MqttIntake.Services(journal, batches, admission, clock, new SecureRandom());
    return listeners.plan(
        wanted.name(),
        wanted.port(),
        (port, counters, out) -> new MqttIntake(wanted, services, out, counters));
  }

  private void watch() {
    int round = 0;
    try {
      while (!closed) {
        Thread.sleep(LOOK_EVERY);
        folder.refresh(++round % RETRY_EVERY == 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public IntakeStatus status() {
    return new IntakeStatus(
        listeners.status(),
        folder.status(),
        admission.sources(SOURCES_SHOWN),
        admission.gate(),
        batches.free(),
        batches.size());
  }

  /** Endpoint name to {@code host:port} of everything bound now. */
  public Map<String, String> endpoints() {
    return new LinkedHashMap<>(status().endpoints());
  }

  /** For tests that look into exchanges. */
  DefaultCamelContext camel() {
    return camel;
  }

  /** Stops accepting, hands everything already read to the journal, then ends Camel. */
  @Override
  public void close() {
    closed = true;
    watcher.interrupt();
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listeners.stopAll();
    camel.stop();
    admission.close();
    LOG.atInfo().log("Intake has stopped");
  }
}
