package tr.emanet.indicator.feed;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.usom.UsomSync;

/** Fetches what is due, on one thread of its own. Thread-safe; {@link #close} waits for nothing. */
public final class FeedSchedule implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedSchedule.class);
  private static final Duration EVERY = Duration.ofHours(24);
  private static final Duration AGAIN = Duration.ofMinutes(30);

  /** A timer of a route pauses five minutes at most. */
  private static final Duration SILENT = Duration.ofMinutes(6);

  private final UsomSync usom;
  private final List<FeedSpec> feeds;
  private final Supplier<Download> downloads;
  private final Revisions revisions;
  private final InstantSource clock;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Instant tickedAt;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("feeds").factory());

  public FeedSchedule(
      UsomSync usom,
      List<FeedSpec> feeds,
      Supplier<Download> downloads,
      Revisions revisions,
      InstantSource clock) {
    this.usom = usom;
    this.feeds = List.copyOf(feeds);
    this.downloads = downloads;
    this.revisions = revisions;
    this.clock = clock;
    this.tickedAt = clock.instant();
  }

  /** Finishes what a crash interrupted; from now on {@link #tick} fetches. */
  public void start() {
    thread.execute(() -> quietly(revisions::recover));
  }

  /**
   * Fetches what is due, on the schedule's own thread. Returns at once; a tick that comes while one
   * waits or works changes nothing. A route calls it, see {@code routes/feeds.camel.yaml}.
   */
  public void tick() {
    tickedAt = clock.instant();
    if (ticking.compareAndSet(false, true)) {
      try {
        thread.execute(
            () -> {
              try {
                quietly(this::fetchDue);
              } finally {
                ticking.set(false);
              }
            });
      } catch (RejectedExecutionException e) {
        LOG.atDebug().setCause(e).log("A tick came after the end");
      }
    }
  }

  /**
   * Since when nobody ticks although feeds are fetched; empty while all is well. Without ticks
   * nothing is fetched but what people ask for.
   */
  public Optional<Instant> notTickedSince() {
    boolean fetches = !feeds.isEmpty() || !usom.origin().isEmpty();
    Instant last = tickedAt;
    return fetches && clock.instant().isAfter(last.plus(SILENT))
        ? Optional.of(last)
        : Optional.empty();
  }

  /**
   * Fetches a feed as soon as nothing else is fetched.
   *
   * @param full USOM/SGB: the whole list instead of what is new
   * @return false when there is no such feed
   */
  public boolean fetch(String name, boolean full) {
    if (name.equals(UsomSync.FEED)) {
      busy.set(true);
      thread.execute(
          () ->
              quietly(
                  () -> {
                    UsomSync.Outcome ignored = usom.run(full);
                  }));
      return true;
    }
    for (FeedSpec feed : feeds) {
      if (feed.name().equals(name)) {
        busy.set(true);
        thread.execute(() -> quietly(() -> fetch(feed)));
        return true;
      }
    }
    return false;
  }

  /**
   * A feed that is fetched by itself.
   *
   * @param origin scheme and host it comes from; empty for USOM/SGB while it is off
   * @param next when it is fetched next; null while it is off
   */
  public record Planned(String name, String origin, @Nullable Instant next) {}

  /** Every feed of the configuration, USOM/SGB first. */
  public List<Planned> planned() {
    List<Planned> out = new ArrayList<>();
    out.add(new Planned(UsomSync.FEED, usom.origin(), usom.next().orElse(null)));
    for (FeedSpec feed : feeds) {
      FeedState state = revisions.state(feed.name());
      Instant tried = state.triedAt();
      out.add(
          new Planned(
              feed.name(),
              feed.uri().getScheme() + "://" + feed.uri().getHost(),
              tried == null
                  ? clock.instant()
                  : tried.plus(state.failure() == null ? EVERY : AGAIN)));
    }
    return out;
  }

  /** Whether a fetch is under way or waits for its turn. */
  public boolean busy() {
    return busy.get();
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** One feed's mistake must not end the schedule. */
  private void quietly(Work work) {
    busy.set(true);
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A fetch ended with an error of the program");
    } finally {
      busy.set(false);
    }
  }

  private void fetchDue() throws InterruptedException {
    UsomSync.Outcome ignored = usom.tick();
    for (FeedSpec feed : feeds) {
      FeedState state = revisions.state(feed.name());
      Duration distance = state.failure() == null ? EVERY : AGAIN;
      Instant tried = state.triedAt();
      if (tried == null || !clock.instant().isBefore(tried.plus(distance))) {
        fetch(feed);
      }
    }
  }

  private void fetch(FeedSpec feed) throws InterruptedException {
    try (Download download = downloads.get()) {
      FeedFetch fetch = new FeedFetch(revisions, download);
      if (feed.isTaxii()) {
        fetch.taxii(feed.uri(), feed.terms());
      } else {
        FeedFormat format = FeedFormat.ofId(String.valueOf(feed.format())).orElseThrow();
        fetch.list(feed.uri(), format, feed.terms());
      }
    } catch (FeedException e) {
      LOG.atDebug().addKeyValue("feed", feed.name()).log("The failure is recorded with the feed");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
