package tr.emanet.search;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;

/**
 * Puts every look at events into the audit chain before it is answered: who asked what over which
 * time. One screen asks the same question several times (table, histogram, fields, live tail); it
 * is one entry as long as the same person repeats it within {@link #REPEAT}. When the entry cannot
 * be written, nothing is answered. Safe for many threads.
 */
public final class AuditedSearch implements EventSearch {

  private static final Duration REPEAT = Duration.ofMinutes(10);
  private static final int REMEMBERED = 1024;

  private final EventSearch search;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Map<String, Instant> seen =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  public AuditedSearch(EventSearch search, AuditLog audit, InstantSource clock) {
    this.search = search;
    this.audit = audit;
    this.clock = clock;
  }

  private void searched(SearchRequest request) {
    String query = QueryPrinter.print(request.query());
    record(
        request.who(),
        request.who().id() + '\n' + spanKey(request.range()) + '\n' + query,
        "events.search",
        Map.of(
            "query", query.isEmpty() ? "*" : query,
            "from", instant(request.range().fromMillis()),
            "to", instant(request.range().toMillis())));
  }

  private void opened(Principal who, Position position, String action) {
    record(
        who, who.id() + '\n' + action + position, action, Map.of("position", position.toString()));
  }

  /** Remembers only what was written, so that a failed entry is tried again. */
  private void record(Principal who, String key, String action, Map<String, String> details) {
    Instant now = clock.instant();
    synchronized (seen) {
      Instant before = seen.get(key);
      if (before != null && before.plus(REPEAT).isAfter(now)) {
        return;
      }
    }
    audit.record(who, action, details);
    synchronized (seen) {
      seen.put(key, now);
    }
  }

  /** The same for the fragments of one screen, another for another stretch of time. */
  private static String spanKey(TimeRange range) {
    long step = REPEAT.toMillis();
    return range.fromMillis() / step + "+" + (range.toMillis() - range.fromMillis()) / step;
  }

  private static String instant(long millis) {
    return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
        ? "-"
        : Instant.ofEpochMilli(millis).toString();
  }

  @Override
  public QueryResult parse(String text) {
    return search.parse(text);
  }

  @Override
  public QueryResult parse(String text, Principal who) {
    return search.parse(text, who);
  }

  @Override
  public Results.Page page(SearchRequest request, int limit, @Nullable Cursor after)
      throws SearchRefused, IOException {
    searched(request);
    return search.page(request, limit, after);
  }

  @Override
  public Results.Histogram histogram(SearchRequest request, int buckets, ZoneId zone)
      throws SearchRefused, IOException {
    searched(request);
    return search.histogram(request, buckets, zone);
  }

  @Override
  public Results.TopValues top(SearchRequest request, String field, int limit)
      throws SearchRefused, IOException {
    searched(request);
    return search.top(request, field, limit);
  }

  @Override
  public Results.FieldList fields(SearchRequest request) throws SearchRefused, IOException {
    searched(request);
    return search.fields(request);
  }

  @Override
  public Results.Count counted(SearchRequest request) throws SearchRefused, IOException {
    searched(request);
    return search.counted(request);
  }

  @Override
  public Optional<EventRecord> find(Position position, Principal who) throws IOException {
    opened(who, position, "events.open");
    return search.find(position, who);
  }

  @Override
  public Optional<Results.Context> context(Position position, int before, int after, Principal who)
      throws SearchRefused, IOException {
    opened(who, position, "events.context");
    return search.context(position, before, after, who);
  }

  @Override
  public long scan(SearchRequest request, Predicate<EventRecord> consumer)
      throws SearchRefused, IOException, InterruptedException {
    searched(request);
    return search.scan(request, consumer);
  }

  @Override
  public Results.Page since(SearchRequest request, long afterSequence, int limit)
      throws SearchRefused, IOException {
    searched(request);
    return search.since(request, afterSequence, limit);
  }

  @Override
  public long searchableUpTo() {
    return search.searchableUpTo();
  }
}
