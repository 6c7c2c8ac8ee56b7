package tr.emanet.alert.measure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * Records measures and reads them back. The caller has checked the role: analysts write. Rows are
 * only added. Safe for many threads.
 */
public final class Measures {

  /** Longest text in characters. */
  public static final int MAX_TEXT = 4_000;

  /** Longest name of an owner in characters. */
  public static final int MAX_OWNER = 120;

  /** Most measures of one subject. */
  public static final int MAX_OF_SUBJECT = 200;

  /** A due time that lies back this little was typed while it passed. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Database database;
  private final MeasureStore store;
  private final AuditLog audit;
  private final InstantSource clock;

  public Measures(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.store = new MeasureStore(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** Adds a measure; joins the transaction that is open on the thread. */
  public MeasureChange record(Principal who, Subject subject, Draft draft) {
    String text = draft.text().strip();
    String owner = draft.owner().isBlank() ? who.id() : draft.owner().strip();
    Instant now = now();
    Instant due = draft.due();
    String problem =
        text.isEmpty()
            ? "no-text"
            : text.length() > MAX_TEXT
                ? "long-text"
                : owner.length() > MAX_OWNER
                    ? "long-owner"
                    : due != null && !draft.done() && due.isBefore(now.minus(GRACE))
                        ? "past-due"
                        : "";
    if (!problem.isEmpty()) {
      return new MeasureChange.Refused(problem);
    }
    return database.transaction(
        () -> {
          if (store.steps(subject).all() >= MAX_OF_SUBJECT) {
            return new MeasureChange.Refused("too-many");
          }
          Measure added =
              store.add(
                  new Measure(
                      0,
                      subject,
                      owner,
                      now,
                      due,
                      draft.done() ? now : null,
                      text,
                      who.id(),
                      "",
                      ""));
          Map<String, String> details = details(added);
          details.put("owner", owner);
          details.put("state", draft.done() ? "done" : "planned");
          details.put("text", text);
          if (due != null) {
            details.put("due", due.toString());
          }
          audit.record(who, "measure.record", details);
          return new MeasureChange.Done(added);
        });
  }

  /**
   * Says that a planned step is done; the step itself stays as it was written.
   *
   * @param text how it was verified; may be empty
   */
  public MeasureChange complete(Principal who, long id, String text) {
    String said = text.strip();
    if (said.length() > MAX_TEXT) {
      return new MeasureChange.Refused("long-text");
    }
    return database.transaction(
        () -> {
          Measure measure = store.find(id).orElse(null);
          if (measure == null) {
            return new MeasureChange.Unknown();
          }
          if (!measure.open()) {
            return new MeasureChange.Refused("completed");
          }
          store.complete(id, now(), who.id(), said);
          Map<String, String> details = details(measure);
          if (!said.isEmpty()) {
            details.put("text", said);
          }
          audit.record(who, "measure.complete", details);
          return new MeasureChange.Done(
              store.find(id).orElseThrow(() -> new IllegalStateException("measure " + id)));
        });
  }

  private static Map<String, String> details(Measure measure) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("measure", Long.toString(measure.id()));
    out.put(measure.subject().kind().id(), measure.subject().key());
    return out;
  }

  /** One measure. */
  public Optional<Measure> find(long id) {
    return store.find(id);
  }

  /** Measures of a subject, oldest first; at most {@link #MAX_OF_SUBJECT}. */
  public List<Measure> of(Subject subject) {
    return store.of(subject);
  }

  /** How far a subject is. */
  public Steps steps(Subject subject) {
    return store.steps(subject);
  }

  /** How far each of some subjects is, by key; a subject without measures is absent. */
  public Map<String, Steps> steps(Subject.Kind kind, Collection<String> keys) {
    return store.steps(kind, List.copyOf(keys));
  }

  /**
   * Which indicators are answered: for what hits call the indicator ({@code Hit.key()}), how many
   * alerts it has and how many of those have a measure of their own or of the indicator. An
   * indicator without alerts is absent.
   */
  public Map<String, Steps> alertsAnswered(Collection<String> hitKeys) {
    return store.alertsAnswered(List.copyOf(hitKeys));
  }

  /** Open steps of everybody, the most urgent first: overdue, then by due time, then by age. */
  public List<Measure> open(int limit) {
    return store.open(Math.clamp(limit, 1, MAX_OF_SUBJECT));
  }

  /** How many steps are open. */
  public long countOpen() {
    return store.countOpen(Long.MAX_VALUE);
  }

  /** How many open steps are past their time. */
  public long countOverdue() {
    return store.countOpen(clock.millis());
  }

  /**
   * How many indicator alerts nobody has answered: without a measure of their own or of their
   * indicator, and not closed as a false alarm, a duplicate or accepted.
   */
  public long hitsWithoutMeasure() {
    return store.unanswered();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
