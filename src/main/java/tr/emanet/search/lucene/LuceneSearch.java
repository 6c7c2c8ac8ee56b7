package tr.emanet.search.lucene;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.index.EventIndex;
import tr.emanet.search.Cursor;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Masking;
import tr.emanet.search.QueryParser;
import tr.emanet.search.QueryResult;
import tr.emanet.search.RecordLoader;
import tr.emanet.search.Results;
import tr.emanet.search.Results.Coverage;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/** Answers from the index; lines come from the journal. Safe for many threads. */
public final class LuceneSearch implements EventSearch {

  private static final Logger LOG = LoggerFactory.getLogger(LuceneSearch.class);
  private static final int MAX_EVENTS = 1_000;
  private static final int SCAN_PAGE = 4_096;

  private final EventIndex index;
  private final RecordLoader loader;
  private final Masking masking;
  private final SearchLimits limits;
  private final LongSupplier nanoClock;
  private final QueryParser parser;
  private final QueryParser maskedParser;
  private final TopValueSearch values;
  private final RunningSearches running;

  /**
   * @param zone for dates in queries that name none
   * @param nanoClock for the deadline
   */
  public LuceneSearch(
      EventIndex index,
      RecordLoader loader,
      Masking masking,
      SearchLimits limits,
      ZoneId zone,
      LongSupplier nanoClock) {
    this.index = index;
    this.loader = loader;
    this.masking = masking;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.parser = new QueryParser(zone);
    this.maskedParser = new QueryParser(zone, masking);
    this.values = new TopValueSearch(loader, masking);
    this.running = new RunningSearches(limits.runningPerPerson(), limits.patience());
  }

  @Override
  public QueryResult parse(String text) {
    return parser.parse(text);
  }

  @Override
  public QueryResult parse(String text, Principal who) {
    return who.readsUnmasked() ? parser.parse(text) : maskedParser.parse(text);
  }

  @Override
  public Results.Page page(SearchRequest request, int limit, @Nullable Cursor after)
      throws SearchRefused, IOException {
    int size = between(1, limit, MAX_EVENTS);
    try (Session session = open(request)) {
      PageWalk walk =
          new PageWalk(session.leaves(request.query(), request.range(), true), session.deadline());
      PageWalk.Found found = walk.newest(request.range(), after, size + 1);
      List<NewestHits.Hit> hits = found.hits();
      Cursor next = null;
      if (hits.size() > size) {
        NewestHits.Hit last = hits.get(size - 1);
        next = new Cursor(last.timestampMillis(), last.sequence());
        hits = hits.subList(0, size);
      }
      List<EventRecord> events = load(hits, request.who());
      return new Results.Page(
          events,
          next,
          new Coverage(found.complete(), found.readFromMillis(), session.deadline().tookMillis()));
    }
  }

  @Override
  public Results.Histogram histogram(SearchRequest request, int buckets, ZoneId zone)
      throws SearchRefused, IOException {
    if (buckets > limits.maxBuckets()) {
      throw new SearchRefused(
          SearchRefused.Reason.TOO_MANY_BUCKETS,
          buckets + " buckets are more than " + limits.maxBuckets(),
          buckets,
          limits.maxBuckets());
    }
    try (Session session = open(request)) {
      List<Leaf> leaves = session.leaves(request.query(), request.range(), false);
      Buckets over = buckets(leaves, request.range(), Math.max(1, buckets), zone);
      HistogramCount count = new HistogramCount(over, request.range(), session.deadline());
      Coverage coverage = session.each(leaves, request.range(), count::add);
      long total = 0;
      for (long bucket : count.counts()) {
        total += bucket;
      }
      return new Results.Histogram(
          over.startMillis(),
          over.widthMillis(),
          count.counts(),
          count.failures(),
          total,
          coverage);
    }
  }

  private static Buckets buckets(List<Leaf> leaves, TimeRange range, int wanted, ZoneId zone) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Leaf leaf : leaves) {
      from = Math.min(from, leaf.minMillis());
      to = Math.max(to, leaf.maxMillis() + 1);
    }
    // An open end shows what there is; a given end is shown even where it is empty.
    from = range.fromMillis() == Long.MIN_VALUE ? from : range.fromMillis();
    to = range.toMillis() == Long.MAX_VALUE ? to : range.toMillis();
    return from == Long.MAX_VALUE || to == Long.MIN_VALUE
        ? Buckets.over(0, 0, wanted, zone)
        : Buckets.over(from, to, wanted, zone);
  }

  @Override
  public Results.TopValues top(SearchRequest request, String field, int limit)
      throws SearchRefused, IOException {
    int size = between(1, limit, MAX_EVENTS);
    try (Session session = open(request)) {
      Optional<Field> core = Field.named(field);
      if (core.isEmpty()
          || core.get().type() == FieldType.TEXT
          || core.get().type() == FieldType.DATE) {
        return values.sampled(request, field, size, session);
      }
      return values.counted(request, core.get(), size, session);
    }
  }

  @Override
  public Results.FieldList fields(SearchRequest request) throws SearchRefused, IOException {
    try (Session session = open(request)) {
      FieldStatistics statistics = new FieldStatistics(request.range(), session.deadline());
      Coverage coverage =
          session.each(
              session.leaves(request.query(), request.range(), false),
              request.range(),
              statistics::add);
      return new Results.FieldList(statistics.fields(), statistics.total(), coverage);
    }
  }

  @Override
  public Results.Count counted(SearchRequest request) throws SearchRefused, IOException {
    try (Session session = open(request)) {
      long[] count = new long[1];
      Coverage coverage =
          session.each(
              session.leaves(request.query(), request.range(), false),
              request.range(),
              leaf -> count[0] += Counting.count(leaf, request.range(), session.deadline()));
      return new Results.Count(count[0], coverage);
    }
  }

  @Override
  public Optional<EventRecord> find(Position position, Principal who) throws IOException {
    if (!who.readsEvents()) {
      return Optional.empty();
    }
    EventRecord event = loader.load(position);
    return event == null ? Optional.empty() : Optional.of(masking.apply(event, who));
  }

  @Override
  public Optional<Results.Context> context(Position position, int before, int after, Principal who)
      throws SearchRefused, IOException {
    // What the same source is was decided by the event itself, whatever the reader sees of it.
    try (Session session = session(running.enter(who), null, limits.deadline().toNanos())) {
      EventRecord event = loader.load(position);
      if (event == null) {
        return Optional.empty();
      }
      EventRecord shown = masking.apply(event, who);
      long at = event.timestampMillis();
      Neighbours neighbours = new Neighbours(position.sequence(), session.deadline());
      List<EventRecord> older = List.of();
      List<EventRecord> newer = List.of();
      boolean complete = true;
      try {
        List<Leaf> leaves = session.leaves(Neighbours.sameSource(event), TimeRange.ALL, false);
        older = loadAll(neighbours.before(leaves, between(0, before, MAX_EVENTS)), at, who);
        newer = loadAll(neighbours.after(leaves, between(0, after, MAX_EVENTS)), at, who);
      } catch (Deadline.Passed passed) {
        complete = false;
      }
      return Optional.of(
          new Results.Context(
              shown, older, newer, new Coverage(complete, at, session.deadline().tookMillis())));
    }
  }

  @Override
  public long scan(SearchRequest request, Predicate<EventRecord> consumer)
      throws SearchRefused, IOException, InterruptedException {
    if (!request.who().readsEvents()) {
      throw new SearchRefused(
          SearchRefused.Reason.FORBIDDEN,
          "'" + request.who().id() + "' holds no role that reads events");
    }
    checkShown(request);
    try (Session session = session(() -> {}, eyes(request.who()), Long.MAX_VALUE)) {
      Deadline job = session.deadline();
      PageWalk walk = new PageWalk(session.leaves(request.query(), request.range(), true), job);
      long handed = 0;
      Cursor after = null;
      while (true) {
        List<NewestHits.Hit> hits = walk.newest(request.range(), after, SCAN_PAGE).hits();
        for (NewestHits.Hit hit : hits) {
          job.check();
          EventRecord event = loader.load(new Position(hit.stream(), hit.sequence()));
          if (event != null) {
            handed++;
            if (!consumer.test(masking.apply(event, request.who()))) {
              return handed;
            }
          }
        }
        if (hits.size() < SCAN_PAGE) {
          return handed;
        }
        NewestHits.Hit last = hits.get(hits.size() - 1);
        after = new Cursor(last.timestampMillis(), last.sequence());
      }
    } catch (Deadline.Passed passed) {
      throw new InterruptedException("search job was interrupted");
    }
  }

  @Override
  public Results.Page since(SearchRequest request, long afterSequence, int limit)
      throws SearchRefused, IOException {
    int size = between(1, limit, MAX_EVENTS);
    long upTo = index.searchableUpTo();
    try (Session session = open(request)) {
      List<Leaf> leaves = new ArrayList<>();
      for (Leaf leaf : session.leaves(request.query(), request.range(), false)) {
        if (leaf.partition().view().maxSequence() > afterSequence) {
          leaves.add(leaf);
        }
      }
      Neighbours newest = new Neighbours(afterSequence, session.deadline());
      List<Position> found = newest.newest(leaves, request.range(), upTo, size);
      return new Results.Page(
          loadAll(found, request.range().fromMillis(), request.who()),
          null,
          new Coverage(true, request.range().fromMillis(), session.deadline().tookMillis()));
    } catch (Deadline.Passed passed) {
      return new Results.Page(List.of(), null, new Coverage(false, Long.MAX_VALUE, 0));
    }
  }

  @Override
  public long searchableUpTo() {
    return index.searchableUpTo();
  }

  private Session open(SearchRequest request) throws SearchRefused {
    int clauses = QuerySize.clauses(request.query());
    if (clauses > limits.maxClauses()) {
      throw new SearchRefused(
          SearchRefused.Reason.TOO_MANY_CLAUSES,
          clauses + " conditions are more than " + limits.maxClauses(),
          clauses,
          limits.maxClauses());
    }
    Runnable turn = running.enter(request.who());
    try {
      checkShown(request);
    } catch (SearchRefused refused) {
      turn.run();
      throw refused;
    }
    return session(turn, eyes(request.who()), limits.deadline().toNanos());
  }

  /** What decides hits for a person: null when everything is seen. */
  private @Nullable Masking eyes(Principal who) {
    return who.readsUnmasked() ? null : masking;
  }

  private void checkShown(SearchRequest request) throws SearchRefused {
    if (!request.who().readsUnmasked() && masking.asksForHidden(request.query())) {
      throw new SearchRefused(
          SearchRefused.Reason.MASKED,
          "'" + request.who().id() + "' asks for a value that is shown as a pseudonym");
    }
  }

  private Session session(Runnable turn, @Nullable Masking eyes, long budgetNanos) {
    Deadline deadline = new Deadline(nanoClock, budgetNanos);
    try {
      return new Session(turn, index.view(), loader, eyes, deadline);
    } catch (RuntimeException e) {
      turn.run();
      throw e;
    }
  }

  private static int between(int low, int value, int high) {
    return Math.max(low, Math.min(value, high));
  }

  private List<EventRecord> load(List<NewestHits.Hit> hits, Principal who) {
    List<EventRecord> out = new ArrayList<>(hits.size());
    for (NewestHits.Hit hit : hits) {
      out.add(shown(new Position(hit.stream(), hit.sequence()), hit.timestampMillis(), who));
    }
    return out;
  }

  private List<EventRecord> loadAll(List<Position> positions, long aboutMillis, Principal who) {
    return positions.stream().map(position -> shown(position, aboutMillis, who)).toList();
  }

  /** One line that cannot be read must not cost the others: its place is kept and says so. */
  private EventRecord shown(Position position, long timestampMillis, Principal who) {
    try {
      EventRecord event = loader.load(position);
      if (event != null) {
        return masking.apply(event, who);
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("position", position).log("Line could not be read");
    }
    return EventRecord.gone(position, timestampMillis);
  }
}
