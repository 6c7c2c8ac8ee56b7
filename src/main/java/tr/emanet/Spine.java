package tr.emanet;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.DiskReserve;
import tr.emanet.event.Event;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexConfig;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.SourceDays;
import tr.emanet.intake.Ticks;
import tr.emanet.intake.route.IntakeContext;
import tr.emanet.intake.syslog.UdpWarmUp;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;
import tr.emanet.pipeline.EventTaps;
import tr.emanet.pipeline.Pipeline;

/**
 * The path of one event, wired: listeners, journal, pipeline, index. Opened from right to left, so
 * that nothing is received before it can be kept; closed from left to right, so that everything
 * read is committed.
 */
final class Spine implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Spine.class);

  /** A long backlog is left to the next start rather than holding up a stop. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Set by the torture harness, and by nobody else. */
  private static final String HARNESS = "emanet.torture";

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private final FileJournal journal;
  private final EventIndex index;
  private final Pipeline pipeline;
  private final BatchPool pool;
  private final Supplier<Consumer<Event>> parsers;
  private final UdpWarmUp warmUp;
  private @Nullable IntakeContext intake;

  private Spine(
      FileJournal journal,
      EventIndex index,
      Pipeline pipeline,
      BatchPool pool,
      Supplier<Consumer<Event>> parsers,
      UdpWarmUp warmUp) {
    this.journal = journal;
    this.index = index;
    this.pipeline = pipeline;
    this.pool = pool;
    this.parsers = parsers;
    this.warmUp = warmUp;
  }

  /**
   * The negative controls of the torture harness lose evidence on purpose. One property alone, left
   * over or mistyped, must not do that: the harness says who it is with a second one.
   */
  private static void refuseUnsafeSwitches() throws IOException {
    for (String name : List.of(JournalConfig.UNSAFE_NO_FORCE, JournalConfig.UNSAFE_ACK_FIRST)) {
      // The journal logs an error as well.
      if (Boolean.getBoolean(name) && !Boolean.getBoolean(HARNESS)) {
        throw new IOException(
            "-D" + name + " loses evidence and is for packaging/torture only; remove it");
      }
    }
  }

  /** Parses made-up lines while the rest of the service starts. */
  private static UdpWarmUp warm(Supplier<Consumer<Event>> parsers) {
    Consumer<Event> parser = parsers.get();
    Event event = new Event();
    UdpWarmUp out =
        new UdpWarmUp(
            batch -> {
              for (int i = 0; i < batch.count(); i++) {
                event.reset(
                    batch.bytes(),
                    batch.from(i),
                    batch.to(i),
                    batch.receivedMicros(i),
                    batch.source(i),
                    batch.attributes(i),
                    batch.flags(i));
                parser.accept(event);
              }
            },
            WARM_UP);
    out.start();
    return out;
  }

  /** Opens journal and index and starts the replay of what the index lacks. */
  static Spine open(
      Settings settings,
      StateDirectory state,
      EventTaps taps,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    refuseUnsafeSwitches();
    SourceSettings sources = new ConfiguredSources(settings.sourceConfig());
    Supplier<Consumer<Event>> parsers = () -> new EventParser(sources)::parse;
    UdpWarmUp warmUp = warm(parsers);
    JournalConfig config =
        JournalConfig.of(state.journal(), settings.zoneId())
            .withRetention(
                Map.of("syslog", settings.retention("syslog"), "mqtt", settings.retention("mqtt")))
            .withCache(settings.small() ? 8L << 20 : 32L << 20);
    config = config.withReserve(closeBelow(state, settings));
    FileJournal journal = FileJournal.open(config, clock, random, Spine::die);
    EventIndex index =
        EventIndex.open(
            new IndexConfig(
                state.index(),
                settings.zoneId(),
                settings.ramBytes(),
                settings.index().keepDays(),
                settings.index().maxGigabytes() << 30,
                EventParser.VERSION));
    Pipeline pipeline =
        new Pipeline(journal, index, parsers, taps, clock, Pipeline.Settings.DEFAULT);
    pipeline.start();
    return new Spine(journal, index, pipeline, new BatchPool(settings.batches()), parsers, warmUp);
  }

  /** A disk that failed under {@code force()} must not be asked again: the supervisor restarts. */
  private static void die(int code) {
    LOG.atError().addKeyValue("exit", code).log("The journal's disk failed; the process ends");
    Runtime.getRuntime().halt(code);
  }

  /** Opens the listeners; from here on records are accepted. */
  void listen(
      IntakeConfig config,
      Supplier<SSLContext> tls,
      InstantSource clock,
      SourceDays days,
      Ticks ticks)
      throws IOException, InterruptedException {
    warmUp.await();
    IntakeContext context =
        new IntakeContext(config, journal, pool, tls, clock, days).ticking(ticks);
    intake = context;
    context.start();
  }

  /** Undoes {@link #listen}; records that were read are kept. */
  void stopListening() {
    IntakeContext context = intake;
    if (context != null) {
      context.close();
      intake = null;
    }
  }

  FileJournal journal() {
    return journal;
  }

  EventIndex index() {
    return index;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Supplier<Consumer<Event>> parsers() {
    return parsers;
  }

  @Nullable IntakeContext intake() {
    return intake;
  }

  /** Everything bound, by name. */
  Map<String, String> endpoints() {
    IntakeContext context = intake;
    return context == null ? new LinkedHashMap<>() : context.status().endpoints();
  }

  /** Stops listening, commits everything already read to the journal and the index, closes. */
  @Override
  public void close() throws IOException {
    IntakeContext context = intake;
    if (context != null) {
      context.close();
    }
    // Nothing is appended any more; what was is durable when every batch is back in the pool.
    long until = System.nanoTime() + DRAIN_NANOS;
    try {
      while (System.nanoTime() < until
          && (pool.free() < pool.size() || !pipeline.caughtUp())
          && pipeline.status().problem() == null) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pipeline.close();
    journal.close();
    index.close();
  }

  private static long closeBelow(StateDirectory state, Settings settings) throws IOException {
    long megabytes = settings.journal().closeBelowMegabytes();
    return megabytes > 0
        ? megabytes << 20
        : JournalConfig.of(state.journal(), settings.zoneId()).closeBelowBytes();
  }

  /** What restores and drills leave free, so that they close no intake. */
  static DiskReserve reserve(StateDirectory state, Settings settings) {
    return place -> DiskReserve.beside(place, state.journal(), closeBelow(state, settings));
  }
}
