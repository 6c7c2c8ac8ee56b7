package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.index.PartitionView;
import tr.emanet.search.Masking;
import tr.emanet.search.RecordLoader;
import tr.emanet.search.Results;
import tr.emanet.search.Results.Coverage;
import tr.emanet.search.Results.ValueCount;
import tr.emanet.search.SearchRequest;

/**
 * The most frequent values of a field as the reader may see them. Safe for many threads; a session
 * belongs to one.
 */
final class TopValueSearch {

  private static final int SAMPLE = 2_000;

  private final RecordLoader loader;
  private final Masking masking;
  private final ColumnCounts columns = new ColumnCounts();

  TopValueSearch(RecordLoader loader, Masking masking) {
    this.loader = loader;
    this.masking = masking;
  }

  /** Counted in the column of a core field. */
  Results.TopValues counted(SearchRequest request, Field field, int limit, Session session)
      throws IOException {
    ValueCounts counts = new ValueCounts(field, request.range(), session.deadline(), columns);
    Coverage coverage =
        session.each(
            session.leaves(request.query(), request.range(), false), request.range(), counts::add);
    List<ValueCount> values = List.of();
    try {
      values = shown(field.ecsName(), counts.top(limit), request.who(), session);
    } catch (Deadline.Passed passed) {
      coverage = new Coverage(false, request.range().toMillis(), session.deadline().tookMillis());
    }
    return new Results.TopValues(
        field.ecsName(),
        values,
        counts.withField(),
        counts.total(),
        counts.distinct(),
        true,
        coverage);
  }

  /** Hides every name that some event's user field holds: which event it was is not known here. */
  private List<ValueCount> shown(
      String field, List<ValueCount> values, Principal who, Session session) throws IOException {
    if (who.readsUnmasked()) {
      return values;
    }
    List<KnownNames> names = new ArrayList<>();
    for (PartitionView partition : session.partitions()) {
      names.add(new KnownNames(partition.searcher().getIndexReader()));
    }
    Map<String, Long> merged = new HashMap<>();
    for (ValueCount value : values) {
      session.deadline().check();
      List<String> inside = new ArrayList<>();
      if (!Masking.personal(field)) {
        for (KnownNames known : names) {
          inside.addAll(known.in(value.value()));
        }
      }
      merged.merge(masking.shown(field, value.value(), inside), value.count(), Long::sum);
    }
    return ValueCounts.best(merged, values.size());
  }

  /** Fields without a column: counted on the newest hits, each as it is shown. */
  Results.TopValues sampled(SearchRequest request, String field, int limit, Session session)
      throws IOException {
    PageWalk walk =
        new PageWalk(session.leaves(request.query(), request.range(), true), session.deadline());
    PageWalk.Found found = walk.newest(request.range(), null, SAMPLE);
    Map<String, Long> counts = new HashMap<>();
    long with = 0;
    long total = 0;
    boolean complete = found.complete();
    try {
      for (NewestHits.Hit hit : found.hits()) {
        session.deadline().check();
        EventRecord event = loader.load(new Position(hit.stream(), hit.sequence()));
        total++;
        Object value =
            event == null ? null : masking.apply(event, request.who()).fields().get(field);
        if (value != null) {
          with++;
          counts.merge(value.toString(), 1L, Long::sum);
        }
      }
    } catch (Deadline.Passed passed) {
      complete = false;
    }
    boolean exact = complete && found.hits().size() < SAMPLE;
    return new Results.TopValues(
        field,
        ValueCounts.best(counts, limit),
        with,
        total,
        counts.size(),
        exact,
        new Coverage(complete, found.readFromMillis(), session.deadline().tookMillis()));
  }
}
