package tr.emanet.traffic.day;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Query;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;
import tr.emanet.traffic.LeaseSpans;

/** Reads the records of one day in clear and writes them as lists. One thread at a time. */
public final class DayRecords {

  /** Most lease lines of one day; they are put together in memory. */
  private static final int MOST_LEASES = 1_000_000;

  private static final Principal READER =
      new Principal("lookup5651:days", "5651", Set.of(Role.ANALYST));

  private final EventSearch search;
  private final ZoneId zone;

  /**
   * @param search in clear and without an audit of its own
   */
  public DayRecords(EventSearch search, ZoneId zone) {
    this.search = search;
    this.zone = zone;
  }

  /** One line a lease, by its begin, then by address. */
  void leases(Instant from, Instant to, BooleanSupplier stopped, OutputStream out)
      throws IOException, InterruptedException {
    Map<String, List<EventRecord>> byAddress = new TreeMap<>();
    int[] count = new int[1];
    scan(
        any(Field.EVENT_ACTION, LeaseSpans.ACTIONS),
        from,
        to,
        event -> {
          String address = event.text(Field.SOURCE_IP);
          if (address != null) {
            byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(event);
            count[0]++;
          }
          return !stopped.getAsBoolean() && count[0] < MOST_LEASES;
        });
    if (count[0] >= MOST_LEASES) {
      throw new IOException("the day has more than " + MOST_LEASES + " lease lines");
    }
    TreeMap<String, byte[]> lines = new TreeMap<>();
    byAddress.forEach(
        (address, events) -> {
          for (LeaseSpans.Lease lease : LeaseSpans.of(events.reversed())) {
            byte[] line = DayList.lease(address, lease.from(), lease.until(), lease.mac(), zone);
            lines.put(DayList.time(lease.from(), zone) + address + lease.mac(), line);
          }
        });
    for (byte[] line : lines.values()) {
      out.write(line);
    }
  }

  /** Begin and end of translations: time, what, transport, inside, outside, destination. */
  void translations(Instant from, Instant to, BooleanSupplier stopped, OutputStream out)
      throws IOException, InterruptedException {
    scan(
        new Query.FieldExists("source.nat.ip"),
        from,
        to,
        event -> {
          write(
              out,
              DayList.cells(
                  time(event),
                  text(event, Field.EVENT_ACTION),
                  text(event, Field.NETWORK_TRANSPORT),
                  text(event, Field.SOURCE_IP),
                  text(event, Field.SOURCE_PORT),
                  extra(event, "source.nat.ip"),
                  extra(event, "source.nat.port"),
                  text(event, Field.DESTINATION_IP),
                  text(event, Field.DESTINATION_PORT)));
          return !stopped.getAsBoolean();
        });
  }

  /** Begin and end of sessions: time, what, user, address, MAC. */
  void sessions(Instant from, Instant to, BooleanSupplier stopped, OutputStream out)
      throws IOException, InterruptedException {
    scan(
        any(Field.EVENT_ACTION, List.of("session-start", "session-update", "session-end")),
        from,
        to,
        event -> {
          write(
              out,
              DayList.cells(
                  time(event),
                  text(event, Field.EVENT_ACTION),
                  text(event, Field.USER_NAME),
                  text(event, Field.SOURCE_IP),
                  text(event, Field.SOURCE_MAC)));
          return !stopped.getAsBoolean();
        });
  }

  private void scan(
      Query query, Instant from, Instant to, java.util.function.Predicate<EventRecord> consumer)
      throws IOException, InterruptedException {
    try {
      long ignored =
          search.scan(
              new SearchRequest(
                  query, new TimeRange(from.toEpochMilli(), to.toEpochMilli()), READER),
              consumer);
    } catch (SearchRefused e) {
      throw new IOException("the records of the day cannot be read: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(OutputStream out, byte[] line) {
    try {
      out.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Query any(Field field, List<String> values) {
    return new Query.Or(
        values.stream().map(value -> (Query) new Query.FieldIs(field.ecsName(), value)).toList());
  }

  private String time(EventRecord event) {
    return DayList.time(Instant.ofEpochMilli(event.timestampMillis()), zone);
  }

  private static String text(EventRecord event, Field field) {
    String value = event.text(field);
    return value == null ? "-" : value;
  }

  private static String extra(EventRecord event, String name) {
    Object value = event.fields().get(name);
    return value == null ? "-" : value.toString();
  }
}
