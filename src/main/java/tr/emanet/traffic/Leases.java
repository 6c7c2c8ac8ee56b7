package tr.emanet.traffic;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;

/**
 * Which device had an inside address at an instant, by the lines of DHCP servers. One thread only.
 */
final class Leases {

  static final List<String> GIVEN = List.of("dhcp-assign", "dhcp-renew");
  static final List<String> ENDED =
      List.of("dhcp-release", "dhcp-expire", "dhcp-delete", "dhcp-decline");

  private static final DateTimeFormatter LEASE_TIME =
      DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);
  private static final Duration ASSUMED = Duration.ofHours(24);
  private static final int SHOWN_PROOFS = 4;

  /** A lease while its lines are put together. */
  static final class Open {
    final String mac;
    final List<EventRecord> lines = new ArrayList<>();
    Instant from;
    Instant seen;

    /** When it ends by its own length or by a line; null: nobody says. */
    @Nullable Instant until;

    @Nullable String name;

    Open(String mac, Instant from) {
      this.mac = mac;
      this.from = from;
      this.seen = from;
    }
  }

  private final TrafficEvents events;
  private final LookUp.Limits limits;

  Leases(TrafficEvents events, LookUp.Limits limits) {
    this.events = events;
    this.limits = limits;
  }

  /** Devices that may have had the address, the likeliest first. */
  List<Step.Lease> find(String address, Instant at, List<EventRecord> translation)
      throws IOException {
    List<String> actions = new ArrayList<>(GIVEN);
    actions.addAll(ENDED);
    List<EventRecord> lines =
        events.find(
            TrafficEvents.all(
                TrafficEvents.is(Field.SOURCE_IP, address),
                TrafficEvents.any(Field.EVENT_ACTION, actions)),
            at.minus(limits.lease()),
            at.plus(limits.tolerance()).plusMillis(1));
    List<Step.Lease> out = new ArrayList<>();
    Optional<EventRecord> seen =
        translation.stream().filter(e -> e.text(Field.SOURCE_MAC) != null).findFirst();
    String wire = MacAddress.canonical(seen.map(e -> e.text(Field.SOURCE_MAC)).orElse(null));
    boolean agreed = false;
    for (Open open : spans(lines)) {
      Step.Lease lease = fitting(open, at, wire);
      if (lease != null) {
        out.add(lease);
        agreed |= open.mac.equals(wire);
      }
    }
    if (wire != null && !agreed) {
      EventRecord line = seen.orElseThrow();
      Instant when = TrafficEvents.at(line);
      out.add(
          new Step.Lease(
              wire,
              null,
              new Span(null, null, when),
              Confidence.MEDIUM,
              List.of(Reason.of("wire")),
              List.of(line)));
    }
    out.sort(
        Comparator.comparing(Step.Lease::confidence)
            .thenComparing(lease -> Duration.between(lease.span().seen(), at).abs()));
    return out;
  }

  private Step.@Nullable Lease fitting(Open open, Instant at, @Nullable String wire) {
    Span span = new Span(open.from, open.until, open.seen);
    Span.Fit fit = span.fit(at, limits.tolerance(), ASSUMED, Duration.ZERO);
    if (fit == null) {
      return null;
    }
    List<Reason> reasons = new ArrayList<>(fit.reasons());
    if (open.mac.equals(wire)) {
      reasons.add(Reason.of("wire-agrees"));
    }
    int size = open.lines.size();
    List<EventRecord> shown =
        size <= SHOWN_PROOFS ? open.lines : open.lines.subList(size - SHOWN_PROOFS, size);
    return new Step.Lease(open.mac, open.name, span, fit.confidence(), reasons, shown);
  }

  /** Puts lines of one address, oldest first, together to leases. */
  static List<Open> spans(List<EventRecord> lines) {
    List<Open> out = new ArrayList<>();
    Open now = null;
    for (EventRecord line : lines) {
      Instant at = TrafficEvents.at(line);
      String mac = mac(line);
      if (GIVEN.contains(TrafficEvents.text(line, Field.EVENT_ACTION))) {
        if (mac != null) {
          now = given(out, now, line, mac, at);
        }
      } else if (now != null && (mac == null || mac.equals(now.mac))) {
        now.until = now.until == null || at.isBefore(now.until) ? at : now.until;
        now.lines.add(line);
        now = null;
      }
    }
    return out;
  }

  private static Open given(
      List<Open> all, @Nullable Open before, EventRecord line, String mac, Instant at) {
    Open now = before;
    boolean lapsed = now != null && now.until != null && now.until.isBefore(at);
    if (now == null || !now.mac.equals(mac) || lapsed) {
      if (now != null && (now.until == null || now.until.isAfter(at))) {
        // Somebody else has it now.
        now.until = at;
      }
      Instant begin = time(TrafficEvents.extra(line, "dhcp.lease.start"));
      now = new Open(mac, begin == null ? at : begin);
      all.add(now);
    }
    now.seen = at;
    now.lines.add(line);
    String name = TrafficEvents.extra(line, "source.domain");
    now.name = name == null ? now.name : name;
    long seconds = TrafficEvents.number(TrafficEvents.extra(line, "dhcp.lease.seconds"));
    Instant end = time(TrafficEvents.extra(line, "dhcp.lease.end"));
    now.until = end != null ? end : seconds > 0 ? at.plusSeconds(seconds) : null;
    return now;
  }

  static @Nullable String mac(EventRecord line) {
    String mac = MacAddress.canonical(line.text(Field.SOURCE_MAC));
    return mac != null ? mac : MacAddress.ofDuid(TrafficEvents.extra(line, "dhcp.duid"));
  }

  /** A time of {@code dhcpd.leases}, which is UTC. */
  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : LocalDateTime.parse(text, LEASE_TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // Such as "never": the line does not say when.
      return null;
    }
  }
}
