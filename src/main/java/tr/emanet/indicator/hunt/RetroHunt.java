package tr.emanet.indicator.hunt;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Hit;
import tr.emanet.crash.CrashPoint;
import tr.emanet.event.Event;
import tr.emanet.event.Position;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.match.EventMatcher;
import tr.emanet.indicator.match.IndicatorSet;
import tr.emanet.job.Job;
import tr.emanet.job.JobRun;
import tr.emanet.job.Jobs;
import tr.emanet.job.Progress;
import tr.emanet.search.EventHunt;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.TimeRange;
import tr.emanet.store.Database;

/**
 * Hunts for the new indicators of every revision that came into force.
 *
 * <p>Which revisions are left follows from the store alone, so none is lost when the process ends
 * between a revision and its hunt. A hunt looks at what was received until it began: its indicators
 * were compared with everything later on arrival. Safe for many threads.
 */
public final class RetroHunt {

  /** Kind of the jobs. */
  public static final String KIND = "retro-hunt";

  /** Indicators of one pass over the partitions: a pass costs little more for many than for few. */
  private static final int BATCH = 10_000;

  private static final int HITS = 1_000;
  private static final int MOST_GROUPS = 200_000;
  private static final long DAY_SECONDS = 86_400;
  private static final int WAIT_MILLIS = 200;
  private static final Logger LOG = LoggerFactory.getLogger(RetroHunt.class);

  /**
   * Hits of one indicator on one asset and day that a hunt keeps: what occurs in every event would
   * fill the store and tell a person nothing new. The alert says how many more there were.
   */
  private static final int KEPT = 1_000;

  private final int keptOfAlert;
  private final Database database;
  private final HuntStore store;
  private final Jobs jobs;
  private final IndicatorStore indicators;
  private final NeverBlock neverBlock;
  private final Alerts alerts;
  private final HitMaker maker;
  private final EventHunt search;
  private final InstantSource clock;

  /** What a hunt needs besides the index. */
  public record Parts(
      Database database,
      Jobs jobs,
      NeverBlock neverBlock,
      Alerts alerts,
      HitMaker maker,
      InstantSource clock) {}

  /** Registers its work; the jobs are started by the caller. */
  public RetroHunt(Parts parts, EventHunt search) {
    this(parts, search, KEPT);
  }

  RetroHunt(Parts parts, EventHunt search, int keptOfAlert) {
    this.keptOfAlert = keptOfAlert;
    this.database = parts.database();
    this.store = new HuntStore(parts.database());
    this.indicators = new IndicatorStore(parts.database());
    this.jobs = parts.jobs();
    this.neverBlock = parts.neverBlock();
    this.alerts = parts.alerts();
    this.maker = parts.maker();
    this.clock = parts.clock();
    this.search = search;
    jobs.register(KIND, this::run);
  }

  /**
   * Queues a hunt for every revision that was not hunted to its end and that no person has stopped;
   * what a person stopped waits for {@link Hunts#resume}. Called at start, and when a revision has
   * come into force and the live matcher knows its indicators.
   */
  public void queue() {
    Set<String> queued = new HashSet<>();
    jobs.unfinished(KIND).forEach(job -> queued.add(job.input()));
    for (long revision : store.pending()) {
      String input = Long.toString(revision);
      if (!queued.contains(input)) {
        Job ignored = jobs.submit(KIND, "revision:" + revision, "-", input);
      }
    }
  }

  private void run(JobRun run) throws IOException, InterruptedException {
    long revision = Long.parseLong(run.job().input());
    if (store.endedAt(revision).isPresent() || store.stoppedAt(revision).isPresent()) {
      return;
    }
    long upTo = search.received();
    run.progress(new Progress(0, 0, "the index catches up"));
    while (!search.searchable(upTo)) {
      if (run.stopped()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
    }
    long begin = System.nanoTime();
    HuntStore.Mark mark = store.mark(revision);
    long[] ids = indicators.newIds(revision);
    int from = 0;
    while (from < ids.length && ids[from] <= mark.after()) {
      from++;
    }
    for (; from < ids.length; from += BATCH) {
      int to = Math.min(ids.length, from + BATCH);
      mark = pass(run, new Pass(indicators.all(ids, from, to), upTo, run), mark, from, ids.length);
      if (run.stopped()) {
        return;
      }
      mark =
          new HuntStore.Mark(revision, ids[to - 1], "", mark.indicators() + to - from, mark.hits());
      store.keep(mark);
    }
    store.ended(mark, clock.instant());
    LOG.atInfo()
        .addKeyValue("revision", revision)
        .addKeyValue("indicators", mark.indicators())
        .addKeyValue("hits", mark.hits())
        .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
        .log("New indicators were hunted in what was received before");
  }

  /** One batch over every partition that is not done for it; returns how far it came. */
  private HuntStore.Mark pass(JobRun run, Pass pass, HuntStore.Mark begin, int done, int total)
      throws IOException {
    HuntStore.Mark mark = begin;
    if (pass.wanted.isEmpty()) {
      return mark;
    }
    List<String> partitions = search.partitions();
    int size = Math.min(BATCH, total - done);
    for (int i = 0; i < partitions.size() && !run.stopped(); i++) {
      String partition = partitions.get(i);
      if (Order.done(partition, begin.partition())) {
        continue;
      }
      run.progress(
          new Progress(done + (long) size * i / partitions.size(), total, "hunting " + partition));
      long looked = search.hunt(partition, pass.terms, TimeRange.ALL, pass);
      pass.flush();
      List<Alerts.LeftOut> more = pass.leftOut();
      if (!run.stopped()) {
        mark =
            new HuntStore.Mark(
                mark.revision(),
                mark.after(),
                partition,
                mark.indicators(),
                begin.hits() + pass.fresh);
        keep(mark, more);
        CrashPoint.reach("hunt.kept");
      }
      LOG.atDebug()
          .addKeyValue("partition", partition)
          .addKeyValue("looked", looked)
          .addKeyValue("hits", pass.fresh)
          .log("A partition was hunted");
    }
    return mark;
  }

  /**
   * What was left out is told together with the mark: a partition that is hunted again tells anew.
   */
  private void keep(HuntStore.Mark mark, List<Alerts.LeftOut> more) {
    if (more.isEmpty()) {
      store.keep(mark);
      return;
    }
    long ignored =
        database.transaction(
            () -> {
              alerts.leftOut(more);
              store.keep(mark);
              return mark.hits();
            });
  }

  /** Events of one indicator on one asset and day, about what an alert groups. */
  private record Group(long indicator, String asset, long day) {}

  /** How much of a group was kept and seen. */
  private static final class Seen {
    private final Hit first;
    private long count;

    Seen(Hit first) {
      this.first = first;
    }
  }

  /** One batch of indicators. One thread only. */
  private final class Pass implements EventHunt.Hunter {
    private final Map<Long, Indicator> wanted = new HashMap<>();
    private final HuntTerms terms;
    private final EventMatcher matcher;
    private final long upTo;
    private final JobRun run;
    private final List<Hit> waiting = new ArrayList<>();
    private final Map<Group, Seen> seen = new HashMap<>();
    private long fresh;

    Pass(List<Indicator> batch, long upTo, JobRun run) {
      this.upTo = upTo;
      this.run = run;
      Instant now = clock.instant();
      HuntTerms.Builder asked = new HuntTerms.Builder();
      IndicatorSet.Builder set = new IndicatorSet.Builder(System.nanoTime());
      for (Indicator indicator : batch) {
        // What was removed or spared since then would not be hit on arrival either.
        if (indicator.inForce(now)
            && indicator.value().flatMap(neverBlock::reason).isEmpty()
            && wanted.put(indicator.id(), indicator) == null) {
          Instant end = indicator.expiresAt();
          HuntInput.add(asked, indicator.value().orElseThrow());
          set =
              set.add(
                  indicator.id(),
                  indicator.value().orElseThrow(),
                  0,
                  end == null ? Long.MAX_VALUE : end.toEpochMilli());
        }
      }
      this.terms = asked.build();
      IndicatorSet all = set.build();
      this.matcher = new EventMatcher(() -> all);
    }

    @Override
    public boolean goesOn() {
      return !run.stopped();
    }

    @Override
    public void look(Event event, Position position) {
      if (position.sequence() > upTo) {
        return;
      }
      int ignored =
          matcher.match(
              event,
              (id, field, source, from, to, weak) -> {
                Indicator indicator = wanted.get(id);
                if (indicator != null) {
                  Observed observed = Observed.of(field, source, from, to, weak);
                  add(id, maker.hit(event, position, indicator, observed, true));
                }
              });
      if (waiting.size() >= HITS) {
        flush();
      }
    }

    private void add(long id, Hit hit) {
      Group group = new Group(id, hit.asset(), hit.at().getEpochSecond() / DAY_SECONDS);
      Seen so = seen.get(group);
      if (so == null) {
        so = new Seen(hit);
        if (seen.size() < MOST_GROUPS) {
          Seen ignored = seen.put(group, so);
        }
      }
      if (so.count++ < keptOfAlert) {
        waiting.add(hit);
      }
    }

    /** What was seen in this partition and not kept; begins anew for the next one. */
    List<Alerts.LeftOut> leftOut() {
      List<Alerts.LeftOut> out =
          seen.values().stream()
              .filter(so -> so.count > keptOfAlert)
              .map(so -> new Alerts.LeftOut(so.first, so.count - keptOfAlert))
              .toList();
      seen.clear();
      return out;
    }

    void flush() {
      if (!waiting.isEmpty()) {
        CrashPoint.reach("hunt.found");
        fresh += alerts.accept(List.copyOf(waiting));
        waiting.clear();
        CrashPoint.reach("hunt.stored");
      }
    }
  }
}
