package tr.emanet.indicator.usom;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.Download;

/**
 * Keeps the USOM/SGB feed up to date. {@link #tick} may be called as often as one likes, from any
 * thread: it does what is due, and nothing while another call works.
 */
public final class UsomSync {

  /** Name of the feed of addresses in the store. */
  public static final String FEED = "usom";

  /** Name under which the notices stand beside the feeds. */
  public static final String NOTICES = "usom-notices";

  private static final Logger LOG = LoggerFactory.getLogger(UsomSync.class);
  private static final Duration FULL_EVERY = Duration.ofHours(24);
  private static final Duration DELTA_EVERY = Duration.ofHours(1);
  private static final Duration OVERLAP = Duration.ofHours(6);
  private static final Duration RESUME_WITHIN = Duration.ofHours(6);
  private static final Duration RETRY_AFTER = Duration.ofMinutes(5);

  private final UsomConfig config;
  private final Supplier<Download> downloads;
  private final Revisions revisions;
  private final RevisionRules rules;
  private final UsomStore store;
  private final InstantSource clock;
  private final ReentrantLock working = new ReentrantLock();

  /**
   * @param downloads makes a connection for one run; it is closed at the end
   */
  public UsomSync(
      UsomConfig config,
      Supplier<Download> downloads,
      Revisions revisions,
      RevisionRules rules,
      UsomStore store,
      InstantSource clock) {
    this.config = config;
    this.downloads = downloads;
    this.revisions = revisions;
    this.rules = rules;
    this.store = store;
    this.clock = clock;
  }

  /** What came of a run. */
  public sealed interface Outcome {
    /** The feed is off, nothing is due, or another run is under way. */
    record Nothing() implements Outcome {}

    /**
     * The list was fetched.
     *
     * @param revision applied, or waiting for approval
     */
    record Fetched(Revision revision, int notices) implements Outcome {}

    /** The list in force stays. */
    record Failed(FeedFailure failure, String detail) implements Outcome {}
  }

  /** Does what is due: a full fetch a day, a delta an hour; five minutes between failures. */
  public Outcome tick() throws InterruptedException {
    if (!config.enabled()) {
      return new Outcome.Nothing();
    }
    FeedState state = revisions.state(FEED);
    Instant now = clock.instant();
    Instant tried = state.triedAt();
    if (state.failure() != null && tried != null && now.isBefore(tried.plus(RETRY_AFTER))) {
      return new Outcome.Nothing();
    }
    if (due(state.fullAt(), FULL_EVERY, now) && !waits(Revision.Kind.FULL, now)) {
      return run(true);
    }
    return due(state.deltaAt(), DELTA_EVERY, now) && due(tried, DELTA_EVERY, now)
        ? run(false)
        : new Outcome.Nothing();
  }

  /** When {@link #tick} would fetch next; empty while the feed is off. */
  public Optional<Instant> next() {
    if (!config.enabled()) {
      return Optional.empty();
    }
    FeedState state = revisions.state(FEED);
    Instant tried = state.triedAt();
    Instant full = state.fullAt();
    Instant delta = state.deltaAt();
    if (tried != null && state.failure() != null) {
      return Optional.of(tried.plus(RETRY_AFTER));
    }
    if (tried == null || full == null || delta == null) {
      return Optional.of(clock.instant());
    }
    Instant later = (delta.isAfter(tried) ? delta : tried).plus(DELTA_EVERY);
    return Optional.of(later.isBefore(full.plus(FULL_EVERY)) ? later : full.plus(FULL_EVERY));
  }

  /** Host of the feed; empty while it is off. */
  public String origin() {
    return config.enabled() ? config.baseUrl() : "";
  }

  private static boolean due(
      @org.jspecify.annotations.Nullable Instant last, Duration every, Instant now) {
    return last == null || !now.isBefore(last.plus(every));
  }

  /** Whether a full list of the last day waits for approval: another would only wait as well. */
  private boolean waits(Revision.Kind kind, Instant now) {
    return revisions.newest(FEED, 50).stream()
        .anyMatch(
            r ->
                r.kind() == kind
                    && r.state() == Revision.State.WAITING
                    && now.isBefore(r.startedAt().plus(FULL_EVERY)));
  }

  /** Fetches now: everything, or what is new; then code tables and notices. */
  public Outcome run(boolean full) throws InterruptedException {
    if (!config.enabled() || !working.tryLock()) {
      return new Outcome.Nothing();
    }
    try (Download download = downloads.get()) {
      Outcome outcome = addresses(download, full || revisions.state(FEED).current() == 0);
      return outcome instanceof Outcome.Fetched fetched ? words(download, fetched) : outcome;
    } finally {
      working.unlock();
    }
  }

  private Outcome addresses(Download download, boolean full) throws InterruptedException {
    Revision.Kind kind = full ? Revision.Kind.FULL : Revision.Kind.DELTA;
    Optional<Revisions.Draft> open =
        full ? revisions.resume(FEED, kind, RESUME_WITHIN) : Optional.empty();
    Revisions.Draft draft =
        open.orElseGet(() -> revisions.begin(FEED, kind, config.baseUrl(), "-"));
    FeedState state = revisions.state(FEED);
    Instant last = state.deltaAt();
    Instant since = full || last == null ? null : last.minus(OVERLAP);
    try {
      String missing = new UsomCrawl(config, download, revisions, rules).run(draft, since);
      Revision revision = revisions.finish(draft, since == null && missing.isEmpty(), missing);
      LOG.atInfo()
          .addKeyValue("revision", revision.number())
          .addKeyValue("state", revision.state().id())
          .addKeyValue("rows", revision.counts().received())
          .addKeyValue("added", revision.counts().added())
          .addKeyValue("removed", revision.counts().removed())
          .log("The USOM/SGB list was fetched");
      return new Outcome.Fetched(revision, 0);
    } catch (FeedException e) {
      revisions.fail(draft, e);
      return new Outcome.Failed(e.failure(), e.detail());
    }
  }

  private Outcome words(Download download, Outcome.Fetched fetched) throws InterruptedException {
    UsomTables tables = new UsomTables(config, download, store);
    int notices = 0;
    try {
      if (fetched.revision().kind() == Revision.Kind.FULL) {
        tables.codes();
      }
      notices += tables.notices("incident", clock.instant());
      notices += tables.notices("announcement", clock.instant());
    } catch (FeedException e) {
      revisions.trouble(NOTICES, e);
      return new Outcome.Fetched(fetched.revision(), notices);
    }
    revisions.fine(NOTICES);
    return new Outcome.Fetched(fetched.revision(), notices);
  }
}
