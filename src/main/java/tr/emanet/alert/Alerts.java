package tr.emanet.alert;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * The only way in: hits become alerts, people act on them. Safe for many threads.
 *
 * <p>{@link #accept} writes hits, alerts, notifications and the position up to which the caller has
 * read in one transaction. After a crash the caller replays from {@link #positions}: hits that are
 * stored already are recognised, so counts and notifications stay exact.
 */
public final class Alerts {

  /** Longest note or closing text in characters. */
  public static final int MAX_NOTE = 4_000;

  /** Most alerts of a page. */
  public static final int MAX_PAGE = 500;

  private static final int MAX_HISTORY = 500;
  private static final int MAX_HITS = 200;

  /** Knows who may be given an alert. */
  @FunctionalInterface
  public interface People {
    /** Display names by id, in the order in which they are offered. */
    Map<String, String> analysts();
  }

  private final Database database;
  private final AlertStore alerts;
  private final HitStore hits;
  private final Grouping grouping;
  private final Standing standing;
  private final AuditLog audit;
  private final Policies policies;
  private final People people;
  private final InstantSource clock;
  private final AtomicLong revision = new AtomicLong();
  private volatile long newOnes = -1;

  /** Without notifications. */
  public Alerts(
      Database database,
      AuditLog audit,
      Policies policies,
      People people,
      ZoneId zone,
      InstantSource clock) {
    this(database, audit, policies, people, zone, clock, Notices.NONE);
  }

  /** With an outbox. */
  public static Alerts withOutbox(
      Database database,
      AuditLog audit,
      Policies policies,
      People people,
      ZoneId zone,
      Outbox outbox) {
    return new Alerts(database, audit, policies, people, zone, outbox.clock(), outbox::keep);
  }

  private Alerts(
      Database database,
      AuditLog audit,
      Policies policies,
      People people,
      ZoneId zone,
      InstantSource clock,
      Notices notices) {
    this.database = database;
    this.audit = audit;
    this.policies = policies;
    this.people = people;
    this.clock = clock;
    this.alerts = new AlertStore(database);
    this.hits = new HitStore(database);
    this.grouping = new Grouping(alerts, hits, notices, zone);
    this.standing = new Standing(alerts, notices, zone);
  }

  /** Stores hits without a position, as retro-hunt does; returns how many were new. */
  public int accept(List<Hit> batch) {
    return accept("", batch, List.of(), List.of());
  }

  /**
   * Stores hits and how far the caller has read, in one transaction.
   *
   * @param view name of the caller, such as {@code indicator}; empty keeps no position
   * @param logIns successful log-ins from outside of the same stretch, judged after the hits
   * @param upTo the last position of each stream that is done; never goes back
   * @return how many hits were new
   */
  public int accept(String view, List<Hit> batch, List<OutsideLogIn> logIns, List<Position> upTo) {
    Policy policy = policies.current();
    Instant now = now();
    int[] changed = {0};
    int fresh =
        database.transaction(
            () -> {
              int added = batch.isEmpty() ? 0 : grouping.add(batch, policy, now);
              for (OutsideLogIn logIn : logIns) {
                changed[0] += grouping.logIn(logIn, policy, now);
              }
              if (!view.isEmpty()) {
                upTo.forEach(position -> hits.advance(view, position));
              }
              return added;
            });
    if (fresh + changed[0] > 0) {
      changed();
    }
    return fresh;
  }

  /**
   * Hits that a hunt saw and did not keep, because one alert had so many already.
   *
   * @param sample one that was kept
   */
  public record LeftOut(Hit sample, long more) {}

  /** Says at the alerts that more was seen than they count; inside the caller's transaction. */
  public void leftOut(List<LeftOut> all) {
    Policy policy = policies.current();
    int ignored =
        database.transaction(
            () -> {
              all.forEach(one -> grouping.leftOut(one.sample(), one.more(), policy, now()));
              return all.size();
            });
    changed();
  }

  /**
   * Says everything that is wrong with one thing at this moment: each condition has one alert, and
   * those that are not named any more are over.
   *
   * @param asset the thing, such as the name of a feed
   */
  public void conditions(Hit.Kind kind, String asset, List<Condition> standingNow) {
    Policy policy = policies.current();
    Instant now = now();
    boolean changed =
        database.transaction(() -> standing.stand(kind, asset, standingNow, policy, now));
    if (changed) {
      changed();
    }
  }

  /** How far a view has read a stream; empty before its first batch. */
  public OptionalLong position(String view, String stream) {
    return hits.position(view, stream);
  }

  /** How far a view has read, for each stream it has seen. */
  public List<Position> positions(String view) {
    return hits.positions(view);
  }

  /** Lets a view begin again; its hits are recognised when they come again. */
  public void forget(String view) {
    hits.forget(view);
  }

  /**
   * Rises with every change, so that a screen knows whether to ask; starts anew with the process.
   */
  public long revision() {
    return revision.get();
  }

  /** How many alerts nobody has acknowledged: the number at the rail. From memory. */
  public long newOnes() {
    long known = newOnes;
    if (known < 0) {
      known = alerts.newOnes();
      newOnes = known;
    }
    return known;
  }

  /** Says that something beside the alerts changed which screens show with them. */
  public void touch() {
    changed();
  }

  private void changed() {
    newOnes = -1;
    revision.incrementAndGet();
  }

  /** Who may be given an alert. */
  public Map<String, String> analysts() {
    return people.analysts();
  }

  /** The policy in force. */
  public Policy policy() {
    return policies.current();
  }

  /**
   * Alerts, the last seen first.
   *
   * @param after number of the last alert of the page before, or null
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<Alert> list(AlertFilter filter, Principal who, @Nullable String after, int limit) {
    long before = after == null ? 0 : alerts.byNumber(after).map(Alert::id).orElse(0L);
    return alerts.list(filter, who.readsUnmasked(), before, Math.clamp(limit, 1, MAX_PAGE));
  }

  /** How many alerts there are, by severity; a severity without any is absent. */
  public Map<Severity, Long> counts(AlertFilter filter, Principal who) {
    return alerts.counts(filter, who.readsUnmasked());
  }

  /** One alert. */
  public Optional<Alert> find(String number) {
    return alerts.byNumber(number);
  }

  /** The latest hits of an alert, by event time. */
  public List<Hit> hits(Alert alert, int limit) {
    return hits.of(alert.id(), alert.asset(), Math.clamp(limit, 1, MAX_HITS));
  }

  /** What happened to an alert, oldest first. */
  public List<HistoryEntry> history(Alert alert) {
    return alerts.history(alert.id(), MAX_HISTORY);
  }

  /** Hits of each alert in equal parts of its own span, by alert id. */
  public Map<Long, int[]> trends(List<Alert> of, int parts) {
    return hits.trends(of, parts);
  }

  /** Says that somebody has seen it. */
  public AlertChange acknowledge(Principal who, String number) {
    return act(
        number,
        alert -> alert.state() == AlertState.NEW ? "" : "not-new",
        alert -> alert.inState(AlertState.ACKNOWLEDGED, "", now()),
        who,
        new Act("acknowledged", "alert.acknowledge", ""));
  }

  /** Gives it to a person, or to nobody when the id is empty. */
  public AlertChange assign(Principal who, String number, String person) {
    return act(
        number,
        alert ->
            alert.state() == AlertState.CLOSED
                ? "closed"
                : person.isEmpty() || people.analysts().containsKey(person) ? "" : "person",
        alert -> alert.assignedTo(person, now()),
        who,
        new Act("assigned", "alert.assign", person));
  }

  /** Adds a note; it cannot be changed afterwards. */
  public AlertChange note(Principal who, String number, String text) {
    return act(
        number, alert -> wrong(text), alert -> alert, who, new Act("note", "alert.note", text));
  }

  /** Closes it. */
  public AlertChange close(Principal who, String number, String reason, String text) {
    Optional<CloseReason> why = CloseReason.named(reason);
    return act(
        number,
        alert ->
            alert.state() == AlertState.CLOSED
                ? "closed"
                : why.isEmpty() ? "no-reason" : text.length() > MAX_NOTE ? "long-text" : "",
        alert -> alert.inState(AlertState.CLOSED, why.map(CloseReason::id).orElse(""), now()),
        who,
        new Act("closed", "alert.close", (reason + "\n" + text.strip()).strip()));
  }

  /** Opens a closed one again. */
  public AlertChange reopen(Principal who, String number) {
    return act(
        number,
        alert -> alert.state() == AlertState.CLOSED ? "" : "not-closed",
        alert -> alert.inState(AlertState.NEW, "", now()),
        who,
        new Act("reopened", "alert.reopen", ""));
  }

  private static String wrong(String text) {
    return text.isBlank() ? "no-text" : text.length() > MAX_NOTE ? "long-text" : "";
  }

  /** What history and audit chain say about an act. */
  private record Act(String what, String action, String text) {}

  /** Judges an alert: empty when the act fits, else the code of the refusal. */
  @FunctionalInterface
  private interface Check {
    String problem(Alert alert);
  }

  private AlertChange act(
      String number, Check check, UnaryOperator<Alert> change, Principal who, Act act) {
    AlertChange outcome =
        database.transaction(
            () -> {
              Alert alert = alerts.byNumber(number).orElse(null);
              if (alert == null) {
                return new AlertChange.Unknown();
              }
              String problem = check.problem(alert);
              if (!problem.isEmpty()) {
                return new AlertChange.Refused(problem);
              }
              Alert next = change.apply(alert);
              alerts.update(next);
              alerts.tell(alert.id(), now(), who.id(), act.what(), act.text());
              audit.record(
                  who,
                  act.action(),
                  act.text().isEmpty()
                      ? Map.of("alert", number)
                      : Map.of("alert", number, "text", act.text()));
              return new AlertChange.Done(next);
            });
    if (outcome instanceof AlertChange.Done) {
      changed();
    }
    return outcome;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
