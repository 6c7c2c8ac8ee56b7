package tr.emanet.indicator.hunt;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Event;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.indicator.match.EventMatcher;
import tr.emanet.indicator.match.IndicatorSet;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.Refused;
import tr.emanet.indicator.value.ValueReader;
import tr.emanet.job.Job;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobState;
import tr.emanet.job.Jobs;
import tr.emanet.job.Progress;
import tr.emanet.search.EventHunt;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.TimeRange;
import tr.emanet.store.Database;

/**
 * Hunts that people start for any value: they run one after the other, in the background, and what
 * they find is kept for a while. Safe for many threads.
 */
public final class Hunts {

  /** Kind of the jobs. */
  public static final String KIND = "hunt";

  /** Most values of one hunt. */
  public static final int MAX_VALUES = 1_000;

  /** A hunt ends when it has found so much. */
  public static final int MAX_FOUND = 10_000;

  private static final int MOST_WAITING = 20;
  private static final int BATCH = 500;

  private final HuntStore store;
  private final Jobs jobs;
  private final AuditLog audit;
  private final EventHunt search;
  private final InstantSource clock;

  /** Registers its work; the jobs are started by the caller. */
  public Hunts(
      Database database, Jobs jobs, AuditLog audit, EventHunt search, InstantSource clock) {
    this.store = new HuntStore(database);
    this.jobs = jobs;
    this.audit = audit;
    this.search = search;
    this.clock = clock;
    jobs.register(KIND, this::run);
  }

  /**
   * Queues a hunt and writes it into the audit chain.
   *
   * @param values raw, also defanged ({@code hxxp://kotu[.]example})
   * @param from first event time, null: no limit
   * @param to first event time after it, null: no limit
   */
  public HuntStart start(
      Principal who, List<String> values, @Nullable Instant from, @Nullable Instant to) {
    Set<CanonicalValue> wanted = new LinkedHashSet<>();
    for (String raw : values) {
      switch (ValueReader.value(null, raw)) {
        case CanonicalValue value -> wanted.add(value);
        case Refused refused -> {
          return new HuntStart.BadValue(
              raw.length() <= 200 ? raw : raw.substring(0, 200),
              "indicator.hunt.refused." + refused.reason().id());
        }
      }
      if (wanted.size() > MAX_VALUES) {
        return new HuntStart.Refused("indicator.hunt.too-many");
      }
    }
    if (wanted.isEmpty()) {
      return new HuntStart.Refused("indicator.hunt.nothing");
    }
    long begin = from == null ? Long.MIN_VALUE : from.toEpochMilli();
    long end = to == null ? Long.MAX_VALUE : to.toEpochMilli();
    if (end < begin) {
      return new HuntStart.Refused("indicator.hunt.time");
    }
    if (jobs.unfinished(KIND).size() >= MOST_WAITING) {
      return new HuntStart.Refused("indicator.hunt.busy");
    }
    HuntInput input = new HuntInput(List.copyOf(wanted), new TimeRange(begin, end));
    store.trim();
    audit.record(
        who,
        "hunt.start",
        Map.of(
            "values",
            wanted.stream().map(CanonicalValue::text).collect(Collectors.joining(" ")),
            "count",
            Integer.toString(wanted.size()),
            "from",
            from == null ? "-" : from.toString(),
            "to",
            to == null ? "-" : to.toString()));
    Job job = jobs.submit(KIND, "", who.id(), input.text());
    return new HuntStart.Started(hunt(job));
  }

  /** One hunt, empty when there is none or it is long ago. */
  public Optional<Hunt> find(long id) {
    return jobs.find(id).filter(job -> job.kind().equals(KIND)).map(this::hunt);
  }

  /** The newest hunts of everybody. */
  public List<Hunt> newest(int limit) {
    return jobs.newest(KIND, Math.clamp(limit, 1, 200)).stream().map(this::hunt).toList();
  }

  /** The newest hunts for what feeds listed; their subject names the revision. */
  public List<Job> retro(int limit) {
    return jobs.newest(RetroHunt.KIND, Math.clamp(limit, 1, 200));
  }

  /** What a hunt has found so far, the latest events first. */
  public List<Finding> found(long id, int limit) {
    return store.found(id, Math.clamp(limit, 1, MAX_FOUND));
  }

  /** As {@link #found}, for somebody: reading what another one found is audited. */
  public List<Finding> read(Principal who, Hunt hunt, int limit) {
    if (!who.id().equals(hunt.owner())) {
      audit.record(who, "hunt.read", Map.of("hunt", Long.toString(hunt.id())));
    }
    return found(hunt.id(), limit);
  }

  /**
   * Ends a hunt; false when it had ended or there is none. What it found stays. A hunt for what a
   * feed listed stays where it is, also over a restart, until somebody calls {@link #resume}.
   */
  public boolean stop(Principal who, long id) {
    Job job = jobs.find(id).orElse(null);
    if (job == null || job.state().ended()) {
      return false;
    }
    boolean retro = job.kind().equals(RetroHunt.KIND);
    if (!retro && !job.kind().equals(KIND)) {
      return false;
    }
    if (retro) {
      // Before the job ends: what has not ended is queued again at the next revision.
      store.stopped(Long.parseLong(job.input()), clock.instant());
    }
    if (!jobs.stop(id)) {
      if (retro) {
        store.stopped(Long.parseLong(job.input()), null);
      }
      return false;
    }
    audit.record(who, "hunt.stop", Map.of("hunt", Long.toString(id)));
    return true;
  }

  /** Whether the hunt of a job is one for what a feed listed that a person has stopped. */
  public boolean resumable(Job job) {
    return job.kind().equals(RetroHunt.KIND)
        && job.state().ended()
        && store.stoppedAt(Long.parseLong(job.input())).isPresent();
  }

  /**
   * Lets a hunt for what a feed listed go on where a person stopped it, as a job of its own; empty
   * when there is no such hunt.
   */
  public Optional<Job> resume(Principal who, long id) {
    Job job = jobs.find(id).orElse(null);
    if (job == null || !resumable(job)) {
      return Optional.empty();
    }
    store.stopped(Long.parseLong(job.input()), null);
    audit.record(who, "hunt.resume", Map.of("hunt", Long.toString(id)));
    return Optional.of(jobs.submit(RetroHunt.KIND, job.subject(), who.id(), job.input()));
  }

  private Hunt hunt(Job job) {
    HuntInput input = HuntInput.of(job.input());
    long found = store.count(job.id());
    return new Hunt(
        job.id(),
        job.owner(),
        input.values(),
        instant(input.range().fromMillis()),
        instant(input.range().toMillis()),
        job.state(),
        job.progress(),
        job.queuedAt(),
        job.startedAt(),
        job.endedAt(),
        found,
        job.state() == JobState.DONE && found >= MAX_FOUND,
        job.problem());
  }

  private static @Nullable Instant instant(long millis) {
    return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
        ? null
        : Instant.ofEpochMilli(millis);
  }

  private void run(JobRun run) throws IOException {
    HuntInput input = HuntInput.of(run.job().input());
    HuntTerms.Builder terms = new HuntTerms.Builder();
    IndicatorSet.Builder set = new IndicatorSet.Builder(System.nanoTime());
    for (int i = 0; i < input.values().size(); i++) {
      HuntInput.add(terms, input.values().get(i));
      set = set.add(i, input.values().get(i), Long.MIN_VALUE, Long.MAX_VALUE);
    }
    HuntTerms asked = terms.build();
    IndicatorSet wanted = set.build();
    List<String> partitions = search.partitions();
    Sieve sieve = new Sieve(run, input.values(), new EventMatcher(() -> wanted));
    int done = 0;
    for (String partition : partitions) {
      boolean before = Order.done(partition, run.job().token());
      done++;
      if (!before && sieve.goesOn()) {
        run.progress(new Progress(done - 1L, partitions.size(), partition));
        long ignored = search.hunt(partition, asked, input.range(), sieve);
        sieve.flush();
        if (sieve.goesOn()) {
          run.keep(partition, new Progress(done, partitions.size(), partition));
        }
      }
    }
  }

  /** Matches events and keeps what is found. */
  private final class Sieve implements EventHunt.Hunter {
    private final JobRun run;
    private final List<CanonicalValue> values;
    private final EventMatcher matcher;
    private final List<Finding> waiting = new ArrayList<>();
    private long kept;

    Sieve(JobRun run, List<CanonicalValue> values, EventMatcher matcher) {
      this.run = run;
      this.values = values;
      this.matcher = matcher;
      this.kept = store.count(run.job().id());
    }

    @Override
    public boolean goesOn() {
      return kept < MAX_FOUND && !run.stopped();
    }

    @Override
    public void look(Event event, Position position) {
      Instant at = Instant.ofEpochMilli(event.timestampMillis());
      int ignored =
          matcher.match(
              event,
              (id, field, source, from, to, weak) -> {
                Observed seen = Observed.of(field, source, from, to, weak);
                waiting.add(
                    new Finding(
                        position,
                        at,
                        values.get((int) id).text(),
                        seen.field(),
                        cut(seen.value()),
                        weak));
              });
      if (waiting.size() >= BATCH) {
        flush();
      }
    }

    private static String cut(String value) {
      return value.length() <= 1024 ? value : value.substring(0, 1024);
    }

    void flush() {
      if (!waiting.isEmpty()) {
        int room = (int) Math.min(waiting.size(), MAX_FOUND - kept);
        store.add(run.job().id(), List.copyOf(waiting.subList(0, Math.max(0, room))));
        waiting.clear();
        kept = store.count(run.job().id());
      }
    }
  }
}
