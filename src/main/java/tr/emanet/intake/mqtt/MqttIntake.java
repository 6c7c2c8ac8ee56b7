package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.SourceAddress;
import tr.emanet.intake.Admission;
import tr.emanet.intake.BatchOut;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeStatus.Bound;
import tr.emanet.intake.IntakeStatus.ListenerStatus;
import tr.emanet.intake.IntakeStatus.PeerSetting;
import tr.emanet.intake.Listener;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RefusalReason;
import tr.emanet.intake.Trust;
import tr.emanet.journal.Batch;
import tr.emanet.journal.Journal;

/**
 * One subscription. A single thread connects, subscribes, writes what arrives into batches and
 * connects again with growing pauses; {@link AckThread} acknowledges after the journal's force.
 * When no batch is free for half a keep-alive, or the disk guard is closed that long, the
 * connection is given up until there is room, so that the broker keeps the messages.
 */
public final class MqttIntake implements Listener {

  private static final Logger LOG = LoggerFactory.getLogger(MqttIntake.class);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

  /** Settings of mosquitto that decide whether a message can be lost before it reaches us. */
  static final List<PeerSetting> SETTINGS =
      List.of(
          new PeerSetting("persistence", "true", "intake.broker.persistence"),
          new PeerSetting("max_queued_messages", "0", "intake.broker.max_queued_messages"),
          new PeerSetting("max_queued_bytes", "0", "intake.broker.max_queued_bytes"),
          new PeerSetting("autosave_interval", "60", "intake.broker.autosave_interval"),
          new PeerSetting(
              "persistent_client_expiration", "7d", "intake.broker.persistent_client_expiration"),
          new PeerSetting("message_size_limit", "262144", "intake.broker.message_size_limit"));

  private final MqttOptions options;
  private final Journal journal;
  private final Batches batches;
  private final Admission admission;
  private final BatchWriter writer;
  private final Counters counters;
  private final InstantSource clock;
  private final Redeliveries redeliveries;
  private final BackOff backOff;
  private final AckThread acks;
  private final Thread thread;
  private volatile boolean running;
  private volatile String state = "stopped";
  private volatile String note = "";
  private volatile @Nullable Connection current;
  private boolean rebuilt;
  private boolean everSubscribed;
  private Trust trust = Trust.CONNECTED;
  private SourceAddress source;
  private long high;
  private long low;

  /** What the rest of the service lends to a listener. */
  public record Services(
      Journal journal,
      Batches batches,
      Admission admission,
      InstantSource clock,
      RandomGenerator random) {}

  public MqttIntake(MqttOptions options, Services services, BatchOut out, Counters counters) {
    this.options = options;
    this.journal = services.journal();
    this.batches = services.batches();
    this.admission = services.admission();
    this.counters = counters;
    this.clock = services.clock();
    this.redeliveries = new Redeliveries();
    this.backOff = new BackOff(services.random());
    this.acks = new AckThread(options.name());
    this.source = new SourceAddress(options.name(), new byte[16], options.port());
    this.writer =
        new BatchWriter(
            options, redeliveries, acks, out, counters, MicroClock.of(services.clock()));
    this.thread = Thread.ofPlatform().name(options.name()).unstarted(this::run);
  }

  @Override
  public void start() {
    running = true;
    state = "connecting";
    acks.start();
    thread.start();
  }

  private void run() {
    try {
      while (running) {
        Connection connection = new Connection(counters);
        try {
          open(connection);
          backOff.reset();
          take(connection);
        } catch (IOException e) {
          refused(e);
        } finally {
          end(connection);
        }
        if (running) {
          state = "connecting";
          Thread.sleep(backOff.next());
          awaitRoom();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state = "stopped";
      acks.close();
    }
  }

  private void open(Connection connection) throws IOException, InterruptedException {
    Credentials credentials = Credentials.read(options.credentialsFile());
    trust = credentials.given() ? Trust.AUTHENTICATED : Trust.CONNECTED;
    source =
        SourceAddress.of(options.name(), InetAddress.getByName(options.host()), options.port());
    high = word(0);
    low = word(8);
    if (!rebuilt) {
      redeliveries.rebuild(journal, options.stream(), options.clientId(), options.broker());
      rebuilt = true;
    }
    SocketFactory tls = options.tls() ? CheckedTls.trusting(options.caFile()) : null;
    BrokerLink link =
        options.version() == 3
            ? new LinkV3(options, credentials, tls, connection)
            : new LinkV5(options, credentials, tls, connection);
    connection.use(link);
    current = connection;
    boolean present = link.connect();
    if (!present || redeliveries.session().isEmpty()) {
      redeliveries.begin(options.clientId() + "@" + clock.millis());
    }
    // With MQTT 5 the first time in any case: topics may have been added to the configuration.
    if (!present || !everSubscribed && options.version() == 5) {
      link.subscribe();
    }
    everSubscribed = true;
    writer.begin(connection, source, redeliveries.session());
    state = "subscribed";
    note = "";
    LOG.atInfo()
        .addKeyValue("broker", options.broker())
        .addKeyValue("sessionPresent", present)
        .log("Subscribed");
  }

  private long word(int at) {
    long out = 0;
    for (int i = 0; i < 8; i++) {
      out = out << 8 | source.address()[at + i] & 255;
    }
    return out;
  }

  private void refused(IOException e) {
    boolean tls = e instanceof SSLException || e.getCause() instanceof SSLException;
    counters.refused(tls ? RefusalReason.BROKER_TLS : RefusalReason.BROKER_CONNECT);
    note = String.valueOf(e.getMessage());
    LOG.atWarn()
        .addKeyValue("broker", options.broker())
        .addKeyValue("problem", e.getMessage())
        .log("No connection to the broker, it is tried again");
  }

  /** Writes what arrives until the connection is lost or this listener stops. */
  private void take(Connection connection) throws InterruptedException {
    while (running && connection.lost() == null) {
      Arrival first = connection.poll(GLANCE);
      if (first == null) {
        continue;
      }
      Batch batch = room(Duration.ofMillis(options.keepAliveSeconds() * 500L));
      if (batch == null) {
        counters.refused(RefusalReason.BROKER_BACK_PRESSURE);
        connection.lost("the journal does not keep up");
        return;
      }
      book(writer.write(batch, first));
    }
    if (!running) {
      drain(connection);
    }
  }

  /** Everything already read reaches the journal, and its acknowledgements the broker. */
  private void drain(Connection connection) throws InterruptedException {
    connection.takeNoMore();
    long end = System.nanoTime() + STOP_PATIENCE.toNanos();
    Arrival next = connection.poll();
    while (next != null && connection.lost() == null) {
      Batch batch = room(STOP_PATIENCE);
      if (batch == null) {
        return;
      }
      book(writer.write(batch, next));
      next = connection.poll();
    }
    while (connection.unacknowledged() > 0
        && connection.lost() == null
        && System.nanoTime() < end) {
      Thread.sleep(Duration.ofMillis(5));
    }
  }

  private void book(BatchWriter.Written written) {
    admission.charge(high, low, trust, written.records(), written.bytes(), System.nanoTime());
  }

  private @Nullable Batch room(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    do {
      if (admission.mayRead(high, low, trust, System.nanoTime()) == null) {
        Batch batch = batches.poll(trust, Duration.ofMillis(50));
        if (batch != null) {
          return batch;
        }
      } else {
        Thread.sleep(Duration.ofMillis(50));
      }
    } while (System.nanoTime() < end);
    return null;
  }

  /** Waits after back-pressure until a quarter of the pool is free and the disk guard open. */
  private void awaitRoom() throws InterruptedException {
    while (running
        && (batches.free() <= batches.size() / 4
            || admission.mayRead(high, low, trust, System.nanoTime()) != null)) {
      state = "paused";
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private void end(Connection connection) {
    String why = connection.lost();
    connection.lost("closed");
    current = null;
    BrokerLink link = connection.link();
    if (link != null) {
      link.close();
    }
    if (why != null) {
      counters.refused(RefusalReason.CONNECTION_BROKEN);
      note = why;
      LOG.atWarn()
          .addKeyValue("broker", options.broker())
          .addKeyValue("problem", why)
          .log("Connection to the broker is gone");
    }
  }

  @Override
  public void stop() {
    if (!running) {
      return;
    }
    running = false;
    try {
      if (!thread.join(STOP_PATIENCE.multipliedBy(3))) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the connection as the network would; the next one comes by itself. */
  void drop() {
    Connection connection = current;
    if (connection != null) {
      connection.lost("dropped");
    }
  }

  @Override
  public ListenerStatus status() {
    String now = state;
    Bound bound =
        new Bound(
            options.host(), now.equals("stopped") ? 0 : options.port(), now, 0, 0, -1, SETTINGS);
    int connections = now.equals("subscribed") ? 1 : 0;
    return ListenerStatus.of(options.name(), "mqtt", bound, connections, counters, note);
  }
}
