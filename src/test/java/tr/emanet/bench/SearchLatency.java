package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexConfig;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;
import tr.emanet.search.JournalRecords;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.QueryResult;
import tr.emanet.search.RecordLoader;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;
import tr.emanet.search.lucene.LuceneSearch;

/**
 * Asks the search of a stopped state directory in process. <i>Positions</i> answers hits without
 * reading the journal for display (verification of phrases still does); <i>page</i> is the same
 * with raw lines and fields. Writes {@code figure NAME MILLIS TARGET DETAILS} with tabs.
 */
public final class SearchLatency {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Principal WHO = new Principal("bench", "bench", Set.of(Role.ANALYST));

  private SearchLatency() {}

  public static void main(String[] args) throws Exception {
    Path state = Path.of(args[0]);
    FileJournal journal =
        FileJournal.open(
            JournalConfig.of(state.resolve("journal"), ZONE),
            InstantSource.system(),
            new SecureRandom(),
            code -> Runtime.getRuntime().halt(code));
    try (EventIndex index =
        EventIndex.open(
            new IndexConfig(
                state.resolve("index"), ZONE, 64 << 20, 3650, 0, EventParser.VERSION))) {
      JournalRecords records =
          new JournalRecords(
              journal,
              () -> new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY))::parse);
      newest(search(index, positionsOnly(records)), "newest_50_positions_p95", 10);
      LuceneSearch search = search(index, records);
      newest(search, "newest_50_page_p95", 40);
      figure(
          "histogram_p95",
          50,
          QueryFigures.p95(() -> search.histogram(request(search, ""), 96, ZONE)),
          "");
      figure(
          "top_10_p95",
          20,
          QueryFigures.p95(() -> search.top(request(search, ""), "host.name", 10)),
          "");
      figure(
          "cidr_count_p95",
          5,
          QueryFigures.p95(() -> search.count(request(search, "source.ip:10.20.0.0/22"))),
          "");
      figure(
          "leading_wildcard_p95",
          200,
          QueryFigures.p95(() -> search.count(request(search, "*tfaiy*"))),
          "");
    }
    journal.close();
  }

  private static LuceneSearch search(EventIndex index, RecordLoader loader) {
    return new LuceneSearch(
        index,
        loader,
        new Masking(Masking.OWN_NETWORKS, new byte[32]),
        SearchLimits.DEFAULT,
        ZONE,
        System::nanoTime);
  }

  private static RecordLoader positionsOnly(RecordLoader all) {
    SourceAddress nobody = new SourceAddress("", new byte[16], 0);
    return new RecordLoader() {
      @Override
      public @Nullable EventRecord load(Position position) {
        return new EventRecord(
            position, 0, 0, Map.of(), new byte[0], nobody, Attributes.NONE, 0, true);
      }

      @Override
      public byte @Nullable [] raw(Position position) throws IOException {
        return all.raw(position);
      }
    };
  }

  private static void newest(LuceneSearch search, String name, double target) throws IOException {
    double worst = 0;
    StringBuilder each = new StringBuilder();
    for (String query : QueryFigures.NEWEST) {
      SearchRequest request = request(search, query);
      double p95 = QueryFigures.p95(() -> search.page(request, 50, null));
      worst = Math.max(worst, p95);
      each.append(String.format(Locale.ROOT, "%s=%.1f ", query.isEmpty() ? "(all)" : query, p95));
    }
    figure(name, target, worst, each.toString().strip());
  }

  private static SearchRequest request(LuceneSearch search, String text) {
    Query query =
        switch (search.parse(text)) {
          case QueryResult.Parsed(Query parsed) -> parsed;
          case QueryResult.Refused(var problem) ->
              throw new IllegalArgumentException(text + ": " + problem);
        };
    long now = System.currentTimeMillis();
    return new SearchRequest(query, new TimeRange(now - 86_400_000L, now + 3_600_000L), WHO);
  }

  private static void figure(String name, double target, double value, String details) {
    System.out.println(
        List.of("figure", name, value, target, details).stream()
            .map(String::valueOf)
            .collect(java.util.stream.Collectors.joining("\t")));
  }
}
