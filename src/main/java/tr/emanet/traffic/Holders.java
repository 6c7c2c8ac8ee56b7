package tr.emanet.traffic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.search.Query;

/**
 * Who used an inside address at an instant: sessions at a hotspot, log-ins from the address, the
 * user that a firewall knows, and last who answers for the device. One thread only.
 */
final class Holders {

  private static final Duration FRESH = Duration.ofHours(8);
  private static final int SHOWN_PROOFS = 4;
  private static final List<String> SESSION =
      List.of("session-start", "session-update", "session-end");

  private final TrafficEvents events;
  private final LookUp.Limits limits;
  private final Function<String, LookUp.@Nullable Device> inventory;

  /** A session while its lines are put together. */
  private static final class Open {
    final List<EventRecord> lines = new ArrayList<>();
    @Nullable Instant from;
    @Nullable Instant until;
    Instant seen = Instant.EPOCH;
    @Nullable String mac;
  }

  Holders(
      TrafficEvents events,
      LookUp.Limits limits,
      Function<String, LookUp.@Nullable Device> inventory) {
    this.events = events;
    this.limits = limits;
    this.inventory = inventory;
  }

  /** Persons, the likeliest first. */
  List<Step.Holder> find(Step.Translation translation, List<Step.Lease> leases, Instant at)
      throws IOException {
    List<Step.Holder> out = new ArrayList<>();
    sessions(translation.address(), leases, at, out);
    logins(translation.address(), at, out);
    firewall(translation, out);
    device(translation, leases, out);
    out.sort(
        Comparator.comparing(Step.Holder::confidence)
            .thenComparing(Step.Holder::source)
            .thenComparing(h -> Duration.between(h.span().seen(), at).abs()));
    return out;
  }

  private void sessions(String address, List<Step.Lease> leases, Instant at, List<Step.Holder> out)
      throws IOException {
    List<Query> ways = new ArrayList<>();
    ways.add(TrafficEvents.is(Field.SOURCE_IP, address));
    for (Step.Lease lease : leases) {
      for (String spelling : MacAddress.spellings(lease.mac())) {
        ways.add(TrafficEvents.is(Field.SOURCE_MAC, spelling));
      }
    }
    List<EventRecord> lines =
        events.find(
            TrafficEvents.all(TrafficEvents.any(Field.EVENT_ACTION, SESSION), new Query.Or(ways)),
            at.minus(limits.session()),
            at.plus(limits.session()));
    Map<String, List<Open>> people = new LinkedHashMap<>();
    for (EventRecord line : lines) {
      String user = TrafficEvents.text(line, Field.USER_NAME);
      if (!user.isEmpty()) {
        add(people.computeIfAbsent(user, u -> new ArrayList<>()), line);
      }
    }
    people.forEach(
        (user, sessions) -> {
          for (Open open : sessions) {
            Step.Holder holder = session(user, open, leases, at);
            if (holder != null) {
              out.add(holder);
            }
          }
        });
  }

  private static void add(List<Open> sessions, EventRecord line) {
    Instant at = TrafficEvents.at(line);
    String action = TrafficEvents.text(line, Field.EVENT_ACTION);
    Open open = sessions.isEmpty() ? null : sessions.getLast();
    boolean begins = action.equals("session-start");
    if (open == null || open.until != null || begins) {
      if (open != null && open.until == null) {
        open.until = at;
      }
      open = new Open();
      open.from = begins ? at : null;
      sessions.add(open);
    }
    open.seen = at;
    open.until = action.equals("session-end") ? at : null;
    String mac = MacAddress.canonical(line.text(Field.SOURCE_MAC));
    open.mac = mac == null ? open.mac : mac;
    open.lines.add(line);
  }

  private Step.@Nullable Holder session(
      String user, Open open, List<Step.Lease> leases, Instant at) {
    Span span = new Span(open.from, open.until, open.seen);
    Span.Fit fit = span.fit(at, limits.tolerance(), limits.session(), FRESH);
    if (fit == null) {
      return null;
    }
    List<Reason> reasons = new ArrayList<>(fit.reasons());
    Confidence confidence = fit.confidence();
    String mac = open.mac;
    if (mac != null && !leases.isEmpty()) {
      boolean same = leases.stream().anyMatch(lease -> lease.mac().equals(mac));
      reasons.add(Reason.of(same ? "mac-agrees" : "mac-differs"));
      confidence = same ? confidence : confidence.weaker();
    }
    return new Step.Holder(Step.Source.SESSION, user, span, confidence, reasons, shown(open.lines));
  }

  private static List<EventRecord> shown(List<EventRecord> lines) {
    return lines.subList(0, Math.min(SHOWN_PROOFS, lines.size()));
  }

  private void logins(String address, Instant at, List<Step.Holder> out) throws IOException {
    List<EventRecord> lines =
        events.find(
            TrafficEvents.all(
                TrafficEvents.is(Field.SOURCE_IP, address),
                TrafficEvents.is(Field.EVENT_CATEGORY, "authentication"),
                TrafficEvents.is(Field.EVENT_OUTCOME, "success")),
            at.minus(limits.login()),
            at.plus(limits.tolerance()).plusMillis(1));
    Map<String, EventRecord> newest = new LinkedHashMap<>();
    for (EventRecord line : lines) {
      String user = TrafficEvents.text(line, Field.USER_NAME);
      if (!user.isEmpty() && !SESSION.contains(TrafficEvents.text(line, Field.EVENT_ACTION))) {
        newest.put(user, line);
      }
    }
    newest.forEach(
        (user, line) -> {
          Instant seen = TrafficEvents.at(line);
          Duration away = Duration.between(seen, at);
          boolean close = away.abs().compareTo(Duration.ofHours(1)) <= 0;
          out.add(
              new Step.Holder(
                  Step.Source.LOGIN,
                  user,
                  new Span(null, null, seen),
                  close ? Confidence.MEDIUM : Confidence.LOW,
                  List.of(
                      Reason.of(
                          away.isNegative() ? "login-after" : "login", Span.seconds(away.abs()))),
                  List.of(line)));
        });
  }

  private static void firewall(Step.Translation translation, List<Step.Holder> out) {
    for (EventRecord line : translation.proofs()) {
      String user = TrafficEvents.text(line, Field.USER_NAME);
      if (!user.isEmpty() && out.stream().noneMatch(h -> h.source() == Step.Source.FIREWALL)) {
        out.add(
            new Step.Holder(
                Step.Source.FIREWALL,
                user,
                translation.span(),
                translation.confidence(),
                List.of(Reason.of("firewall")),
                List.of(line)));
      }
    }
  }

  private void device(
      Step.Translation translation, List<Step.Lease> leases, List<Step.Holder> out) {
    LookUp.Device found = inventory.apply(translation.address());
    for (Step.Lease lease : leases) {
      String name = lease.name();
      found = found != null || name == null ? found : inventory.apply(name);
    }
    if (found != null) {
      out.add(
          new Step.Holder(
              Step.Source.INVENTORY,
              found.owner().isEmpty() ? found.name() : found.owner(),
              translation.span(),
              Confidence.LOW,
              List.of(Reason.of("inventory", found.name(), found.unit())),
              List.of()));
    }
  }
}
