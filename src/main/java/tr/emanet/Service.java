package tr.emanet;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.access.Access;
import tr.emanet.access.LocalToken;
import tr.emanet.access.RequestAuthenticator;
import tr.emanet.access.http.AccessSetup;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.ServerCertificate;
import tr.emanet.crypto.Tokens;
import tr.emanet.demo.DemoEndpoints;
import tr.emanet.demo.DemoSender;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.SourceDayStore;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.StateLock;
import tr.emanet.overview.StatusResource;
import tr.emanet.overview.SystemSnapshot;
import tr.emanet.pipeline.PipelineStatus;
import tr.emanet.search.AuditedSearch;
import tr.emanet.search.EventSearch;
import tr.emanet.search.JournalRecords;
import tr.emanet.search.Masking;
import tr.emanet.search.SavedSearches;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.http.SearchSetup;
import tr.emanet.search.lucene.LuceneHunt;
import tr.emanet.search.lucene.LuceneSearch;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;
import tr.emanet.web.CspReportResource;
import tr.emanet.web.HomeResource;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;
import tr.emanet.web.StaticFiles;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.WebSetup;

/** Every part of the running service, made in the order in which it starts. */
final class Service implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final IntakeStatus NOTHING_LISTENS =
      new IntakeStatus(List.of(), List.of(), List.of(), IntakeStatus.Gate.CLOSED, 0, 0);
  private static final int PORT_TRIES = 10;

  /** A broker elsewhere may be down, and then the other listeners must not wait for it. */
  private static final long SUBSCRIBE_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** Our own broker runs; on a starved machine its first answer may take long. */
  private static final long OWN_BROKER_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Settings settings;
  private final StateDirectory state;

  /** Held here: a channel that nobody refers to any more is closed, and its lock is free. */
  private final StateLock lock;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Database database;
  private final AuditLog audit;
  private final Access access;
  private final Beside<ServerCertificate> certificate;
  private final Detection detection;
  private final Masking masking;
  private final LocalToken localToken;
  private final Spine spine;
  private final Sealing sealing;
  private final Archives archives;
  private final Backups backups;
  private final EventSearch search;
  private final TrafficLookUp traffic;
  private final Facts facts;
  private final Overview overview;
  private final Optional<SmallHeap> smallHeap;
  private final Instant startedAt;
  private @Nullable Mosquitto broker;
  private @Nullable DemoSender demo;
  private boolean closed;

  private Service(
      Settings settings,
      StateDirectory state,
      StateLock lock,
      InstantSource clock,
      SecureRandom random)
      throws IOException, StoreException, CryptoException {
    this.settings = settings;
    this.state = state;
    this.lock = lock;
    this.clock = clock;
    this.random = random;
    this.startedAt = clock.instant();
    this.certificate =
        Beside.start(
            "start-certificate",
            () -> ServerCertificate.openOrCreate(state.keys(), MachineName.all(), random, clock));
    this.database = Database.open(state.root(), Features.TABLES);
    this.audit = new AuditLog(database, clock);
    this.access =
        Access.wire(database, audit, new Passwords(random, Passwords.Cost.STANDARD), random, clock);
    Detection.Parts parts =
        new Detection.Parts(settings, state, database, audit, access, clock, random);
    this.detection = Detection.open(parts);
    this.localToken = LocalToken.create(state.run(), new Tokens(random));
    this.spine = Spine.open(settings, state, detection.taps(), clock, random);
    this.sealing =
        Sealing.start(
            new Sealing.Parts(
                settings,
                state,
                database,
                audit,
                detection.alerts(),
                spine.journal(),
                spine.index()::drop,
                clock,
                random));
    this.archives =
        Archives.open(
            new Archives.Parts(
                settings.seal(),
                state,
                settings.zoneId(),
                database,
                audit,
                sealing,
                detection.alerts(),
                clock));
    this.backups = Backups.open(parts, detection.alerts(), sealing, spine.journal());
    this.masking =
        new Masking(settings.search().ownNetworks(), MaskingKey.of(state.keys(), random));
    EventSearch found =
        new LuceneSearch(
            spine.index(),
            new JournalRecords(spine.journal(), spine.parsers()),
            masking,
            SearchLimits.DEFAULT,
            settings.zoneId(),
            System::nanoTime);
    this.search = new AuditedSearch(found, audit, clock);
    this.traffic =
        TrafficLookUp.start(
            parts, found, masking, detection.assets(), sealing::key, sealing.authority());
    detection.hunt(new LuceneHunt(spine.index(), spine.journal(), spine.parsers()));
    this.facts =
        new Facts(
            settings,
            spine,
            detection,
            () -> backups.running().or(archives::running),
            backups::proven,
            clock);
    this.overview =
        new Overview(database, this::snapshot, facts::eventsPerSecond, detection, settings, clock);
    this.smallHeap = settings.small() ? Optional.of(SmallHeap.start()) : Optional.empty();
  }

  /** Opens store, keys, journal, index and starts the replay; nothing listens yet. */
  static Service open(Settings settings, StateDirectory state, StateLock lock, InstantSource clock)
      throws IOException, StoreException, CryptoException {
    return new Service(settings, state, lock, clock, new SecureRandom());
  }

  /** The machine's certificate; waits while it is made. */
  ServerCertificate certificate() {
    try {
      return certificate.get();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Boundary: it was made on another thread. The message names file and remedy.
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Puts every page and every API into the web server. */
  void install(Environment environment) {
    TextCatalog texts = new TextCatalog(Features.TEXTS, settings.zoneId());
    StaticFiles files = new StaticFiles();
    Pages pages = new Pages();
    Shells shells = new Shells(texts, files, facts, Rail.items());
    WebSetup.install(environment, pages, shells, files, new CspReportResource());
    environment.jersey().register(new HomeResource(Rail.items().getFirst()));
    AccessSetup.guard(environment, new RequestAuthenticator(access, localToken), random);
    AccessSetup.install(environment, access, audit, pages, shells);
    SavedSearches saved = new SavedSearches(database, audit, clock);
    SearchSetup.install(environment, search, saved, audit, pages, shells);
    detection.install(environment, search, masking, pages, shells);
    overview.install(environment, masking, pages, shells);
    traffic.install(environment, pages, shells);
    sealing.install(environment, shells);
    new PersonSigning(settings.seal(), state.seals(), database, audit, clock)
        .install(environment, pages, shells);
    archives.install(environment, pages, shells);
    backups.install(environment, pages, shells);
    environment.jersey().register(new StatusResource(this::snapshot, shells));
    environment.lifecycle().manage(new AutoCloseableManager(this));
  }

  /** Late stages first, so that nothing is counted as done before it was received. */
  private SystemSnapshot snapshot() {
    PipelineStatus pipeline = spine.pipeline().status();
    JournalStatus journal = spine.journal().status();
    IntakeStatus intake = backups.among(intakeStatus().orElse(NOTHING_LISTENS));
    try {
      return new SystemSnapshot(
          startedAt,
          facts.deviceAddress(),
          intake,
          journal,
          pipeline,
          spine.index().status(),
          detection.notifications(),
          detection.feeds().schedule().notTickedSince(),
          sealing.report());
    } catch (IOException e) {
      throw new UncheckedIOException("index status", e);
    }
  }

  /** Starts the broker of the embedded default and opens every listener. */
  void listen(Ports ports) throws IOException, InterruptedException {
    int mqtt = 0;
    if (!settings.intake().mqtt().enabled() && settings.broker().embedded()) {
      mqtt = startBroker(ports);
    }
    openListeners(ports, mqtt);
    for (int tries = 1; tries < PORT_TRIES && moved(ports); tries++) {
      openListeners(ports, mqtt);
    }
    awaitSubscription();
  }

  /**
   * Whether somebody took a port that we had chosen: then nothing listens any more, and another one
   * is chosen.
   */
  private boolean moved(Ports ports) throws IOException {
    Map<String, String> bound = spine.endpoints();
    Settings.Syslog syslog = settings.intake().syslog();
    var bind = settings.syslogAddress();
    boolean moved = false;
    if (!bound.containsKey("syslog_udp") || !bound.containsKey("syslog_tcp")) {
      moved = syslog.udpPort() == 0 && ports.replaceTaken("syslog", bind);
    }
    if (!bound.containsKey("syslog_tls")) {
      moved |= syslog.tlsPort() == 0 && ports.replaceTaken("syslog_tls", bind);
    }
    if (moved) {
      spine.stopListening();
    }
    return moved;
  }

  private void openListeners(Ports ports, int mqtt) throws IOException, InterruptedException {
    var bind = settings.syslogAddress();
    Settings.Syslog syslog = settings.intake().syslog();
    // One number for UDP and TCP, as every device expects.
    int udp = ports.pick("syslog", bind, syslog.udpPort(), 1514);
    int tcp = syslog.tcpPort() != 0 ? syslog.tcpPort() : ports.pick("syslog", bind, 0, udp);
    int tls = ports.pick("syslog_tls", bind, syslog.tlsPort(), 6514);
    String authorities = syslog.clientCaFile();
    ListenerTls context =
        new ListenerTls(
            this::certificate, authorities.isEmpty() ? null : Path.of(authorities), clock);
    if (!authorities.isEmpty()) {
      // A file that cannot be used is told now and not to the first sender.
      SSLContext ignored = context.get();
    }
    spine.listen(
        Listeners.config(settings, udp, tcp, tls, mqtt),
        context,
        clock,
        new SourceDayStore(database),
        detection.feeds()::tick);
  }

  private int startBroker(Ports ports) throws IOException, InterruptedException {
    if (!Mosquitto.installed()) {
      LOG.atWarn().log("MQTT is off: mosquitto is not installed (apt-get install mosquitto)");
      return 0;
    }
    InetAddress bind = InetAddress.getLoopbackAddress();
    int port = ports.pick("mqtt_broker", bind, 0, 1883);
    for (int tries = 1; ; tries++) {
      try {
        Mosquitto child = Mosquitto.start(state, port);
        broker = child;
        return child.port();
      } catch (IOException e) {
        if (tries == PORT_TRIES || !ports.replaceTaken("mqtt_broker", bind)) {
          throw e;
        }
        port = ports.pick("mqtt_broker", bind, 0, port);
      }
    }
  }

  private void awaitSubscription() throws InterruptedException {
    long until = System.nanoTime() + (broker == null ? SUBSCRIBE_NANOS : OWN_BROKER_NANOS);
    while (System.nanoTime() < until) {
      boolean waiting =
          intakeStatus().stream()
              .flatMap(s -> s.listeners().stream())
              .anyMatch(l -> l.kind().equals("mqtt") && !l.state().equals("subscribed"));
      if (!waiting) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    LOG.atWarn().log("The MQTT broker does not answer yet; the subscription goes on trying");
  }

  private Optional<IntakeStatus> intakeStatus() {
    var intake = spine.intake();
    return intake == null ? Optional.empty() : Optional.of(intake.status());
  }

  /** Endpoint name to {@code host:port} of everything that listens. */
  Map<String, String> endpoints() {
    return new LinkedHashMap<>(spine.endpoints());
  }

  /** The code for the first administrator while nobody has an account. */
  Optional<String> firstCode() {
    return access.first().offer(new Tokens(random));
  }

  void startDemo(Map<String, String> endpoints) {
    DemoSender sender = DemoSender.municipality(DemoEndpoints.of(endpoints), clock);
    demo = sender;
    sender.start();
  }

  /** Stops in the order of the path: senders, listeners, journal, views, store. Safe to repeat. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    DemoSender sender = demo;
    if (sender != null) {
      sender.close();
    }
    traffic.close();
    detection.stopFetching();
    sealing.stopDestroying();
    overview.close();
    facts.close();
    smallHeap.ifPresent(SmallHeap::close);
    spine.close();
    backups.close();
    archives.close();
    sealing.close();
    detection.close();
    database.close();
    Mosquitto child = broker;
    if (child != null) {
      child.stop();
    }
    Endpoints.remove(state);
    lock.close();
  }
}
