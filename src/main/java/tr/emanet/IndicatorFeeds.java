package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.Authorities;
import tr.emanet.indicator.feed.Bounds;
import tr.emanet.indicator.feed.Download;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.indicator.feed.Pause;
import tr.emanet.indicator.http.FeedActs;
import tr.emanet.indicator.http.FeedsResource;
import tr.emanet.indicator.http.IndicatorsResource;
import tr.emanet.indicator.usom.UsomConfig;
import tr.emanet.indicator.usom.UsomStore;
import tr.emanet.indicator.usom.UsomSync;
import tr.emanet.intake.Ticks;
import tr.emanet.store.Database;
import tr.emanet.web.Shells;

/** Feeds, their schedule and the store of what they list. */
final class IndicatorFeeds implements Closeable {

  /** Notices come when they come: only a failure is told. */
  private static final Duration NEVER_SILENT = Duration.ofDays(36_500);

  private final NeverBlock neverBlock;
  private final Database database;
  private final Revisions revisions;
  private final IndicatorStore store;
  private final UsomStore words;
  private final FeedSchedule schedule;
  private final FeedActs acts;
  private final InstantSource clock;

  private IndicatorFeeds(
      NeverBlock neverBlock,
      Revisions revisions,
      Database database,
      FeedSchedule schedule,
      FeedActs acts,
      InstantSource clock) {
    this.neverBlock = neverBlock;
    this.database = database;
    this.revisions = revisions;
    this.store = new IndicatorStore(database);
    this.words = new UsomStore(database);
    this.schedule = schedule;
    this.acts = acts;
    this.clock = clock;
  }

  /** Makes everything; nothing is fetched before {@link #install}. */
  static IndicatorFeeds open(
      Settings settings,
      StateDirectory state,
      Database database,
      AuditLog audit,
      InstantSource clock,
      RevisionListener listener) {
    NeverBlock neverBlock = new NeverBlock(settings.indicators().neverBlock());
    RevisionRules rules =
        new RevisionRules(
            settings.indicators().approvalShare(),
            RevisionRules.DEFAULT.floor(),
            RevisionRules.DEFAULT.maxRows());
    Revisions revisions = new Revisions(database, audit, rules, neverBlock, clock, listener);
    UsomConfig usom = settings.usom();
    Supplier<Download> downloads = () -> new Download(access(usom), Pause.REAL, new SecureRandom());
    UsomSync sync = new UsomSync(usom, downloads, revisions, rules, new UsomStore(database), clock);
    FeedSchedule schedule =
        new FeedSchedule(sync, settings.indicators().feeds(), downloads, revisions, clock);
    FeedActs acts =
        new FeedActs(
            revisions,
            new ImportSignatures(settings.seal(), clock),
            schedule,
            state.root().resolve("spool"),
            clock);
    return new IndicatorFeeds(neverBlock, revisions, database, schedule, acts, clock);
  }

  private static Download.Access access(UsomConfig config) {
    @Nullable InetSocketAddress proxy = null;
    if (!config.proxy().isEmpty()) {
      int colon = config.proxy().lastIndexOf(':');
      proxy =
          InetSocketAddress.createUnresolved(
              config.proxy().substring(0, colon),
              Integer.parseInt(config.proxy(), colon + 1, config.proxy().length(), 10));
    }
    return new Download.Access(tls(config), proxy, config.pace(), Bounds.DEFAULT, Map.of());
  }

  private static @Nullable SSLContext tls(UsomConfig config) {
    try {
      return config.caFile().isEmpty() ? null : Authorities.of(Path.of(config.caFile()));
    } catch (FeedException e) {
      throw new IllegalStateException(e.detail(), e);
    }
  }

  /** Offers the API, and fetches what is due from now on. */
  void install(Environment environment, Shells shells) {
    environment.jersey().register(new FeedsResource(revisions, store, schedule, acts, shells));
    environment.jersey().register(new IndicatorsResource(store, words, clock));
    schedule.start();
  }

  /** A route says that it is time to look what is due. */
  void tick(String runner) {
    if (runner.equals(Ticks.FEEDS)) {
      schedule.tick();
    }
  }

  /** How feeds stand. */
  Revisions revisions() {
    return revisions;
  }

  /** Feeds that are fetched, and how often. */
  static Map<String, Duration> fetched(Settings settings) {
    Map<String, Duration> out = new LinkedHashMap<>();
    if (settings.usom().enabled()) {
      out.put(UsomSync.FEED, Duration.ofHours(1));
      out.put(UsomSync.NOTICES, NEVER_SILENT);
    }
    settings.indicators().feeds().forEach(feed -> out.put(feed.name(), Duration.ofDays(1)));
    return out;
  }

  /** What the matcher loads. */
  IndicatorStore store() {
    return store;
  }

  Database database() {
    return database;
  }

  FeedSchedule schedule() {
    return schedule;
  }

  FeedActs acts() {
    return acts;
  }

  NeverBlock neverBlock() {
    return neverBlock;
  }

  UsomStore words() {
    return words;
  }

  @Override
  public void close() {
    schedule.close();
  }
}
