package tr.emanet.indicator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.crash.CrashPoint;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * Brings what feeds list into force, one revision at a time. Safe for many threads; changes wait
 * for each other.
 *
 * <p>The order is {@link #begin} or {@link #resume}, {@link #stage} for each page, then {@link
 * #finish} or {@link #fail}.
 */
public final class Revisions {

  private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
  private static final int LOGGED = 20;

  private final Database database;
  private final AuditLog audit;
  private final RevisionRules rules;
  private final NeverBlock neverBlock;
  private final InstantSource clock;
  private final RevisionListener listener;
  private final RevisionStore revisions;
  private final FeedStateStore feeds;
  private final StagingStore staging;
  private final SpanStore spans;
  private final ReentrantLock changing = new ReentrantLock();

  /** By draft, how many rows are staged at most; a draft that is not here has not been counted. */
  private final Map<Long, Integer> atMost = new ConcurrentHashMap<>();

  /** A fetch under way and where it stands. */
  public record Draft(Revision revision, String cursor) {}

  public Revisions(
      Database database,
      AuditLog audit,
      RevisionRules rules,
      NeverBlock neverBlock,
      InstantSource clock,
      RevisionListener listener) {
    this.database = database;
    this.audit = audit;
    this.rules = rules;
    this.neverBlock = neverBlock;
    this.clock = clock;
    this.listener = listener;
    this.revisions = new RevisionStore(database);
    this.feeds = new FeedStateStore(database);
    this.staging = new StagingStore(database);
    this.spans = new SpanStore(database);
  }

  /** Finishes what a crash interrupted; to be called once, before the first fetch. */
  public void recover() {
    for (Revision revision : revisions.in(Revision.State.APPLYING)) {
      LOG.atInfo().addKeyValue("revision", revision.number()).log("An interrupted list is applied");
      apply(revision, AuditLog.NOBODY, feeds.state(revision.feed()).held());
    }
  }

  /** Starts a fetch; an unfinished one of the same feed and kind is given up. */
  public Draft begin(String feed, Revision.Kind kind, String origin, String actor) {
    for (Revision old : revisions.in(Revision.State.FETCHING)) {
      if (old.feed().equals(feed) && old.kind() == kind) {
        giveUp(old, Revision.State.FAILED, "begun anew");
      }
    }
    Instant now = clock.instant();
    feeds.tried(feed, now);
    return new Draft(revisions.begin(feed, kind, origin, actor, 0, now), "");
  }

  /** Goes on with an unfinished fetch that is not older than the given age. */
  public Optional<Draft> resume(String feed, Revision.Kind kind, Duration age) {
    Instant oldest = clock.instant().minus(age);
    feeds.tried(feed, clock.instant());
    return revisions.in(Revision.State.FETCHING).stream()
        .filter(r -> r.feed().equals(feed) && r.kind() == kind && r.startedAt().isAfter(oldest))
        .findFirst()
        .map(r -> new Draft(r, revisions.cursor(r.number())));
  }

  /** Judges and keeps rows together with the place to go on from, in one transaction. */
  public void stage(Draft draft, List<FeedEntry> entries, String cursor) throws FeedException {
    long number = draft.revision().number();
    List<StagedRow> rows = new ArrayList<>(entries.size());
    int spared = 0;
    for (FeedEntry entry : entries) {
      StagedRow row = StagedRow.of(entry, neverBlock);
      rows.add(row);
      if (!row.guard().isEmpty() && spared++ < LOGGED) {
        LOG.atWarn()
            .addKeyValue("feed", draft.revision().feed())
            .addKeyValue("value", row.value())
            .addKeyValue("because", row.guard())
            .log("A listed value is on the never-block list and stays out");
      }
    }
    database.transaction(
        () -> {
          staging.add(number, rows);
          revisions.cursor(number, cursor);
          return number;
        });
    if (tooMany(number, rows.size())) {
      throw new FeedException(
          FeedFailure.TOO_MANY_ROWS, "more than " + rules.maxRows() + " rows were sent");
    }
    CrashPoint.reach("indicator.staged");
  }

  /** Counts only when what was added could be too much: a row may come twice. */
  private boolean tooMany(long number, int more) {
    int most = atMost.merge(number, more, Integer::sum);
    if (most == more || most > rules.maxRows()) {
      most = staging.count(number);
      atMost.put(number, most);
    }
    return most > rules.maxRows();
  }

  /** Which of these ids of a feed are in force. */
  public Set<String> listed(String feed, Collection<String> externals) {
    return externals.isEmpty() ? Set.of() : staging.listed(feed, externals);
  }

  /** Rows staged so far, each id once. */
  public int staged(Draft draft) {
    return staging.count(draft.revision().number());
  }

  /** Says that a signature lay beside the imported file. */
  public void signed(Draft draft, String signature) {
    revisions.signature(draft.revision().number(), signature);
  }

  /**
   * Compares what was staged and brings it into force, or lets it wait.
   *
   * @param complete whether what is missing in it was removed from the feed
   * @param note why it is not complete although it should be; else empty
   */
  public Revision finish(Draft draft, boolean complete, String note) {
    changing.lock();
    try {
      Revision revision = draft.revision();
      Revision.Counts counts = staging.compare(revision, complete);
      int[] kept = staging.kept(revision.number());
      revisions.compared(
          revision.number(), complete, counts, kept, staging.digest(revision.number()));
      revisions.state(revision.number(), Revision.State.FETCHING, note);
      Revision compared = revisions.find(revision.number()).orElseThrow();
      Optional<FeedException> doubt = doubt(compared);
      if (doubt.isPresent()) {
        return hold(compared, doubt.get());
      }
      feeds.worked(revision.feed());
      return apply(compared, AuditLog.NOBODY, false);
    } finally {
      changing.unlock();
    }
  }

  private Optional<FeedException> doubt(Revision revision) {
    Optional<String> poison = staging.poison(revision);
    if (poison.isPresent()) {
      return Optional.of(
          new FeedException(
              FeedFailure.POISONED, "lists '" + shown(poison.get()) + "', which covers too much"));
    }
    if (feeds.state(revision.feed()).held()) {
      return Optional.of(new FeedException(FeedFailure.HELD, "held since a roll-back"));
    }
    int changes = revision.counts().total();
    int before = rules.few(changes) ? 0 : staging.listed(revision.feed());
    if (rules.tooMuch(changes, before)) {
      return Optional.of(
          new FeedException(
              FeedFailure.CHANGE_TOO_LARGE, changes + " changes to a list of " + before));
    }
    return Optional.empty();
  }

  private static String shown(String raw) {
    String text = raw.replaceAll("[^ -~]", "?");
    return text.length() <= 100 ? text : text.substring(0, 100);
  }

  private Revision hold(Revision revision, FeedException doubt) {
    for (Revision waiting : revisions.in(Revision.State.WAITING)) {
      if (waiting.feed().equals(revision.feed()) && waiting.kind() == revision.kind()) {
        giveUp(waiting, Revision.State.REJECTED, "a newer fetch waits");
      }
    }
    revisions.state(
        revision.number(), Revision.State.WAITING, doubt.failure().id() + ": " + doubt.detail());
    tell(revision.feed(), doubt.failure(), doubt.detail());
    return revisions.find(revision.number()).orElseThrow();
  }

  /**
   * Ends a fetch that went wrong; the list in force stays. What was staged is kept for {@link
   * #resume} when the failure may pass.
   */
  public void fail(Draft draft, FeedException problem) {
    if (!problem.failure().passing()) {
      giveUp(
          draft.revision(),
          Revision.State.FAILED,
          problem.failure().id() + ": " + problem.detail());
    }
    tell(draft.revision().feed(), problem.failure(), problem.detail());
  }

  /** Tells of a failure outside a draft, such as of the notices of a feed. */
  public void trouble(String feed, FeedException problem) {
    feeds.tried(feed, clock.instant());
    tell(feed, problem.failure(), problem.detail());
  }

  /** Says that what {@link #trouble} told of works now. */
  public void fine(String feed) {
    feeds.tried(feed, clock.instant());
    feeds.worked(feed);
  }

  private void tell(String feed, FeedFailure failure, String detail) {
    feeds.failed(feed, failure, detail, clock.instant());
    LOG.atWarn()
        .addKeyValue("feed", feed)
        .addKeyValue("failure", failure.id())
        .addKeyValue("detail", detail)
        .log("A feed brought nothing into force");
    listener.failed(feed, failure, detail);
  }

  private void giveUp(Revision revision, Revision.State state, String reason) {
    revisions.state(revision.number(), state, reason);
    forget(revision.number());
  }

  private void forget(long number) {
    staging.clear(number);
    atMost.remove(number);
  }

  /** Brings a waiting revision into force; false when it does not wait any more. */
  public boolean approve(Principal who, long number) {
    changing.lock();
    try {
      Optional<Revision> waiting = waiting(number);
      if (waiting.isEmpty()) {
        return false;
      }
      Revision revision = waiting.get();
      audit.record(who, "indicator.approve", details(revision));
      Revision.Counts counts = staging.compare(revision, revision.complete());
      revisions.compared(
          number,
          revision.complete(),
          counts,
          new int[] {revision.refused(), revision.spared()},
          revision.digest());
      feeds.worked(revision.feed());
      apply(revisions.find(number).orElseThrow(), who.id(), false);
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** Throws a waiting revision away; false when it does not wait any more. */
  public boolean reject(Principal who, long number) {
    changing.lock();
    try {
      Optional<Revision> waiting = waiting(number);
      waiting.ifPresent(
          r -> {
            audit.record(who, "indicator.reject", details(r));
            giveUp(r, Revision.State.REJECTED, r.reason());
            feeds.worked(r.feed());
          });
      return waiting.isPresent();
    } finally {
      changing.unlock();
    }
  }

  private Optional<Revision> waiting(long number) {
    return revisions.find(number).filter(r -> r.state() == Revision.State.WAITING);
  }

  /**
   * Brings back the list of an earlier revision that was in force; until somebody approves the next
   * fetch, all of them wait. Empty when there is no such revision of the feed.
   */
  public Optional<Revision> rollBack(Principal who, String feed, long target) {
    changing.lock();
    try {
      Optional<Revision> wanted =
          revisions
              .find(target)
              .filter(r -> r.feed().equals(feed) && r.state() == Revision.State.APPLIED);
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      Revision revision =
          revisions.begin(
              feed,
              Revision.Kind.ROLLBACK,
              "revision " + target,
              who.id(),
              target,
              clock.instant());
      audit.record(who, "indicator.roll-back", details(revision));
      return Optional.of(apply(revision, who.id(), true));
    } finally {
      changing.unlock();
    }
  }

  private static Map<String, String> details(Revision revision) {
    return Map.of(
        "feed", revision.feed(),
        "revision", Long.toString(revision.number()),
        "target", Long.toString(revision.target()),
        "added", Integer.toString(revision.counts().added()),
        "removed", Integer.toString(revision.counts().removed()),
        "changed", Integer.toString(revision.counts().changed()),
        "reason", revision.reason());
  }

  private Revision apply(Revision revision, String actor, boolean held) {
    long number = revision.number();
    revisions.applying(number, actor, clock.instant());
    CrashPoint.reach("indicator.applying");
    Instant at =
        Optional.ofNullable(revisions.find(number).orElseThrow().appliedAt()).orElseThrow();
    if (revision.kind() == Revision.Kind.ROLLBACK) {
      spans.rollBack(revision, at);
      String digest = revisions.find(revision.target()).map(Revision::digest).orElse("");
      revisions.compared(number, true, spans.counts(revision), new int[] {0, 0}, digest);
    } else {
      spans.write(revision, revision.complete(), at);
    }
    CrashPoint.reach("indicator.before-move");
    database.transaction(
        () -> {
          revisions.state(number, Revision.State.APPLIED, revision.reason());
          feeds.moveTo(revision, held || revision.kind() == Revision.Kind.ROLLBACK);
          return number;
        });
    CrashPoint.reach("indicator.after-move");
    forget(number);
    Revision applied = revisions.find(number).orElseThrow();
    listener.applied(applied);
    return applied;
  }

  /** Newest first; an empty name stands for all feeds. */
  public List<Revision> newest(String feed, int limit) {
    return revisions.newest(feed, limit);
  }

  public Optional<Revision> find(long number) {
    return revisions.find(number);
  }

  public FeedState state(String feed) {
    return feeds.state(feed);
  }

  public List<FeedState> states() {
    return feeds.all();
  }
}
