package tr.emanet.traffic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.Cursor;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Query;
import tr.emanet.search.Results;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/**
 * Reads the events of one look-up in clear and within bounds, and remembers what it left out. One
 * thread only.
 */
final class TrafficEvents {

  static final String NAT_IP = "source.nat.ip";
  static final String NAT_PORT = "source.nat.port";

  /** Most events of one step; the newest are kept. */
  static final int MOST = 2_000;

  private static final int PAGE = 500;

  /** After this long nothing more is read for one look-up. */
  private static final Duration WHOLE = Duration.ofSeconds(30);

  private final EventSearch search;
  private final Principal reader;
  private final InstantSource clock;
  private final Instant begun;
  private final Set<String> limits = new LinkedHashSet<>();

  /**
   * @param search without masking and audit of its own: the look-up does both
   */
  TrafficEvents(EventSearch search, Principal who, InstantSource clock) {
    this.search = search;
    this.clock = clock;
    this.begun = clock.instant();
    this.reader = new Principal("lookup5651:" + who.id(), who.displayName(), Set.of(Role.ANALYST));
  }

  /** What could not be read: last parts of {@code traffic.limit.<key>}. */
  List<String> limits() {
    return List.copyOf(limits);
  }

  void limit(String key) {
    limits.add(key);
  }

  /** Matching events, oldest first. */
  List<EventRecord> find(Query query, Instant from, Instant to) throws IOException {
    List<EventRecord> out = new ArrayList<>();
    if (clock.instant().isAfter(begun.plus(WHOLE))) {
      limits.add("deadline");
      return out;
    }
    TimeRange range = new TimeRange(from.toEpochMilli(), to.toEpochMilli());
    SearchRequest request = new SearchRequest(query, range, reader);
    @Nullable Cursor after = null;
    try {
      do {
        Results.Page page = search.page(request, PAGE, after);
        page.events().stream().filter(e -> !e.isGone()).forEach(out::add);
        after = page.next();
        if (!page.coverage().complete()) {
          limits.add("deadline");
          after = null;
        }
      } while (after != null && out.size() < MOST);
    } catch (SearchRefused e) {
      throw new IOException("the look-up cannot search: " + e.getMessage(), e);
    }
    if (after != null) {
      limits.add("many");
    }
    Collections.reverse(out);
    return out;
  }

  static Query is(Field field, String value) {
    return new Query.FieldIs(field.ecsName(), value);
  }

  static Query any(Field field, List<String> values) {
    return new Query.Or(values.stream().map(value -> is(field, value)).toList());
  }

  static Query all(Query... parts) {
    return new Query.And(List.of(parts));
  }

  /** A field outside the core as text; null when the event has none. */
  static @Nullable String extra(EventRecord event, String name) {
    Object value = event.fields().get(name);
    return value == null ? null : value.toString();
  }

  static long number(@Nullable String text) {
    return text != null
            && text.length() <= 10
            && !text.isEmpty()
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(text)
        : -1;
  }

  static Instant at(EventRecord event) {
    return Instant.ofEpochMilli(event.timestampMillis());
  }

  static String text(EventRecord event, Field field) {
    String value = event.text(field);
    return value == null ? "" : value;
  }
}
