package tr.emanet.ui;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.search.Cursor;
import tr.emanet.search.EventSearch;
import tr.emanet.search.QueryMatcher;
import tr.emanet.search.QueryParser;
import tr.emanet.search.QueryResult;
import tr.emanet.search.Results;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;

/**
 * Search by looking at every event: slow, simple and right. Can be told to refuse or to end early.
 */
final class MemorySearch implements EventSearch {

  private static final Comparator<EventRecord> NEWEST =
      Comparator.comparingLong(EventRecord::timestampMillis)
          .thenComparingLong(e -> e.position().sequence())
          .reversed();
  private static final long[] WIDTHS = {
    1000,
    5000,
    15_000,
    30_000,
    60_000,
    300_000,
    900_000,
    1_800_000,
    3_600_000,
    21_600_000,
    86_400_000
  };

  private final QueryParser parser = new QueryParser(ZoneId.of("Europe/Istanbul"));
  private final List<EventRecord> events = new CopyOnWriteArrayList<>();
  private volatile boolean busy;
  private volatile boolean slow;

  MemorySearch(List<EventRecord> events) {
    this.events.addAll(events);
  }

  void add(EventRecord event) {
    events.add(event);
  }

  /** Refuses every search from now on, or no longer. */
  void busy(boolean value) {
    this.busy = value;
  }

  /** Pretends that the deadline ended every search. */
  void slow(boolean value) {
    this.slow = value;
  }

  private Results.Coverage coverage() {
    return new Results.Coverage(!slow, SampleEvents.NOW.toEpochMilli() - 3_600_000, 31);
  }

  private Stream<EventRecord> matching(SearchRequest request) throws SearchRefused {
    if (busy) {
      throw new SearchRefused(SearchRefused.Reason.BUSY, "two searches run", 2);
    }
    QueryMatcher matcher = QueryMatcher.of(request.query());
    return events.stream()
        .filter(e -> request.range().contains(e.timestampMillis()))
        .filter(matcher::matches);
  }

  @Override
  public QueryResult parse(String text) {
    return parser.parse(text);
  }

  @Override
  public Results.Page page(SearchRequest request, int limit, @Nullable Cursor after)
      throws SearchRefused {
    List<EventRecord> found =
        matching(request)
            .filter(
                e ->
                    after == null
                        || e.timestampMillis() < after.timestampMillis()
                        || e.timestampMillis() == after.timestampMillis()
                            && e.position().sequence() < after.sequence())
            .sorted(NEWEST)
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    List<EventRecord> page = more ? found.subList(0, limit) : found;
    Cursor next =
        more
            ? new Cursor(page.getLast().timestampMillis(), page.getLast().position().sequence())
            : null;
    return new Results.Page(page, next, coverage());
  }

  @Override
  public Results.Histogram histogram(SearchRequest request, int buckets, ZoneId zone)
      throws SearchRefused {
    long from = request.range().fromMillis();
    long to = Math.min(request.range().toMillis(), SampleEvents.NOW.toEpochMilli() + 60_000);
    long width = 86_400_000;
    for (long candidate : WIDTHS) {
      if ((to - from) / candidate <= buckets) {
        width = candidate;
        break;
      }
    }
    long start = Math.floorDiv(from, width) * width;
    int n = (int) Math.max(1, (to - start + width - 1) / width);
    long[] counts = new long[n];
    long[] failures = new long[n];
    for (EventRecord e : matching(request).toList()) {
      int at = Math.clamp((e.timestampMillis() - start) / width, 0, n - 1);
      counts[at]++;
      failures[at] += "failure".equals(e.text(Field.EVENT_OUTCOME)) ? 1 : 0;
    }
    long total = java.util.Arrays.stream(counts).sum();
    return new Results.Histogram(start, width, counts, failures, total, coverage());
  }

  @Override
  public Results.TopValues top(SearchRequest request, String field, int limit)
      throws SearchRefused {
    Map<String, Long> counts = new HashMap<>();
    long total = 0;
    long with = 0;
    for (EventRecord e : matching(request).toList()) {
      total++;
      Object value = e.fields().get(field);
      if (value != null) {
        with++;
        counts.merge(value.toString(), 1L, Long::sum);
      }
    }
    List<Results.ValueCount> values =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(limit)
            .map(e -> new Results.ValueCount(e.getKey(), e.getValue()))
            .toList();
    return new Results.TopValues(
        field, values, with, total, counts.size(), Field.named(field).isPresent(), coverage());
  }

  @Override
  public Results.FieldList fields(SearchRequest request) throws SearchRefused {
    Map<String, Set<String>> distinct = new TreeMap<>();
    Map<String, Long> with = new HashMap<>();
    long total = 0;
    for (EventRecord e : matching(request).toList()) {
      total++;
      e.fields()
          .forEach(
              (name, value) -> {
                distinct.computeIfAbsent(name, k -> new HashSet<>()).add(value.toString());
                with.merge(name, 1L, Long::sum);
              });
    }
    List<Results.FieldCount> fields = new ArrayList<>();
    distinct.forEach(
        (name, values) ->
            fields.add(
                new Results.FieldCount(
                    name,
                    Field.named(name).map(f -> f.type().mark()).orElse("t"),
                    name.equals("message") ? -1 : values.size(),
                    with.getOrDefault(name, 0L))));
    return new Results.FieldList(fields, total, coverage());
  }

  @Override
  public Results.Count counted(SearchRequest request) throws SearchRefused {
    return new Results.Count(matching(request).count(), coverage());
  }

  @Override
  public Optional<EventRecord> find(Position position, Principal who) {
    return events.stream().filter(e -> e.position().equals(position)).findFirst();
  }

  @Override
  public Optional<Results.Context> context(
      Position position, int before, int after, Principal who) {
    return find(position, who)
        .map(
            event -> {
              List<EventRecord> same =
                  events.stream()
                      .filter(
                          e ->
                              java.util.Objects.equals(
                                  e.text(Field.HOST_NAME), event.text(Field.HOST_NAME)))
                      .sorted(NEWEST.reversed())
                      .toList();
              int at = same.indexOf(event);
              return new Results.Context(
                  event,
                  same.subList(Math.max(0, at - before), at),
                  same.subList(at + 1, Math.min(same.size(), at + 1 + after)),
                  coverage());
            });
  }

  @Override
  public long scan(SearchRequest request, Predicate<EventRecord> consumer) throws SearchRefused {
    long count = 0;
    for (EventRecord e : matching(request).sorted(NEWEST).toList()) {
      count++;
      if (!consumer.test(e)) {
        break;
      }
    }
    return count;
  }

  @Override
  public Results.Page since(SearchRequest request, long afterSequence, int limit)
      throws SearchRefused {
    List<EventRecord> found =
        matching(request).filter(e -> e.position().sequence() > afterSequence).toList();
    return new Results.Page(
        found.subList(Math.max(0, found.size() - limit), found.size()), null, coverage());
  }

  @Override
  public long searchableUpTo() {
    return events.isEmpty() ? 0 : events.getLast().position().sequence();
  }
}
