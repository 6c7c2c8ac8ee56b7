package tr.emanet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

class AuditedSearchTest {

  private static final Instant NOON = Instant.parse("2026-11-22T09:00:00Z");
  private static final Principal AYSE = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
  private static final Principal BORA = new Principal("bora", "Bora", Set.of(Role.AUDITOR));

  @TempDir Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  @Test
  void recordsWhoAskedWhatOncePerPersonAndQuestion() throws Exception {
    try (Database database = Database.open(directory, List.of("audit"))) {
      AuditLog audit = new AuditLog(database, now::get);
      EventSearch search = new AuditedSearch(new Nothing(), audit, now::get);
      SearchRequest asked =
          new SearchRequest(new Query.FieldIs("user.name", "yedek"), TimeRange.ALL, AYSE);

      search.page(asked, 50, null);
      search.histogram(asked, 60, ZoneId.of("Europe/Istanbul"));
      search.fields(asked);
      search.page(new SearchRequest(asked.query(), TimeRange.ALL, BORA), 50, null);
      search.find(new Position("syslog", 1), AYSE);
      search.count(new SearchRequest(asked.query(), new TimeRange(0, 86_400_000), AYSE));
      now.set(NOON.plus(Duration.ofMinutes(11)));
      search.page(asked, 50, null);

      List<AuditEntry> entries = audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10);
      assertThat(entries)
          .extracting(e -> e.actor() + " " + e.action())
          .containsExactly(
              "ayse events.search",
              "ayse events.search",
              "ayse events.open",
              "bora events.search",
              "ayse events.search");
      assertThat(entries.getFirst().details()).contains("user.name:yedek");
    }
  }

  @Test
  void answersNothingWhenTheEntryCannotBeWritten() throws Exception {
    Database database = Database.open(directory, List.of("audit"));
    AuditLog audit = new AuditLog(database, now::get);
    EventSearch search = new AuditedSearch(new Nothing(), audit, now::get);
    database.close();

    assertThatThrownBy(
            () -> search.page(new SearchRequest(new Query.All(), TimeRange.ALL, AYSE), 50, null))
        .isInstanceOf(RuntimeException.class);
  }

  /** Finds nothing, at once. */
  private static final class Nothing implements EventSearch {
    private static final Results.Coverage ALL = new Results.Coverage(true, Long.MIN_VALUE, 0);

    @Override
    public QueryResult parse(String text) {
      return new QueryResult.Parsed(new Query.All());
    }

    @Override
    public Results.Page page(SearchRequest request, int limit, @Nullable Cursor after) {
      return new Results.Page(List.of(), null, ALL);
    }

    @Override
    public Results.Histogram histogram(SearchRequest request, int buckets, ZoneId zone) {
      return new Results.Histogram(0, 1, new long[0], new long[0], 0, ALL);
    }

    @Override
    public Results.TopValues top(SearchRequest request, String field, int limit) {
      return new Results.TopValues(field, List.of(), 0, 0, 0, true, ALL);
    }

    @Override
    public Results.FieldList fields(SearchRequest request) {
      return new Results.FieldList(List.of(), 0, ALL);
    }

    @Override
    public Results.Count counted(SearchRequest request) {
      return new Results.Count(0, ALL);
    }

    @Override
    public Optional<EventRecord> find(Position position, Principal who) {
      return Optional.empty();
    }

    @Override
    public Optional<Results.Context> context(
        Position position, int before, int after, Principal who) {
      return Optional.empty();
    }

    @Override
    public long scan(SearchRequest request, Predicate<EventRecord> consumer) {
      return 0;
    }

    @Override
    public Results.Page since(SearchRequest request, long afterSequence, int limit) {
      return new Results.Page(List.of(), null, ALL);
    }

    @Override
    public long searchableUpTo() {
      return 0;
    }
  }
}
