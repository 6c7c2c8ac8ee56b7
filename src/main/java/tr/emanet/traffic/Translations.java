package tr.emanet.traffic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.search.Query;

/**
 * Which inside address used an outside address and port at an instant, by the records of
 * translation: begin and end of tracked connections, and lines that a firewall writes at the end
 * with the length of the session. One thread only.
 */
final class Translations {

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int SHOWN_PROOFS = 6;

  private final TrafficEvents events;
  private final Question question;
  private final LookUp.Limits limits;

  /** A connection while its lines are put together. */
  private static final class Open {
    final List<EventRecord> lines = new ArrayList<>();
    @Nullable Instant from;
    @Nullable Instant until;
    Instant seen = Instant.EPOCH;
  }

  Translations(TrafficEvents events, Question question, LookUp.Limits limits) {
    this.events = events;
    this.question = question;
    this.limits = limits;
  }

  /** Candidates, the likeliest first. */
  List<Step.Translation> find() throws IOException {
    Instant from = question.at().minus(limits.connection());
    Instant to = question.at().plus(limits.connection());
    List<Query> spellings = new ArrayList<>();
    for (String spelling : spellings(question.address())) {
      spellings.add(new Query.FieldIs(TrafficEvents.NAT_IP, spelling));
    }
    Query translated =
        TrafficEvents.all(
            new Query.FieldIs(TrafficEvents.NAT_PORT, Integer.toString(question.port())),
            new Query.Or(spellings));
    List<Step.Translation> out = fitting(events.find(translated, from, to), true);
    if (out.isEmpty()) {
      // The outside address may be the device's own: IPv6, or a server with a public address.
      Query own =
          TrafficEvents.all(
              TrafficEvents.is(Field.SOURCE_IP, question.address()),
              TrafficEvents.is(Field.SOURCE_PORT, Integer.toString(question.port())));
      out =
          fitting(
              events.find(
                  own,
                  question.at().minus(limits.untranslated()),
                  question.at().plus(limits.untranslated())),
              false);
    }
    out.sort(
        Comparator.comparing(Step.Translation::confidence)
            .thenComparing(t -> Duration.between(t.span().seen(), question.at()).abs()));
    return out;
  }

  private List<Step.Translation> fitting(List<EventRecord> lines, boolean translated) {
    Map<String, List<Open>> connections = new LinkedHashMap<>();
    for (EventRecord line : lines) {
      if (line.text(Field.SOURCE_IP) != null) {
        add(connections.computeIfAbsent(key(line), k -> new ArrayList<>()), line);
      }
    }
    List<Step.Translation> out = new ArrayList<>();
    for (List<Open> group : connections.values()) {
      for (Open open : group) {
        Span span = new Span(open.from, open.until, open.seen);
        Span.Fit fit = span.fit(question.at(), limits.tolerance(), limits.connection(), FRESH);
        if (fit != null) {
          out.add(translation(open, span, fit, translated));
        }
      }
    }
    return out;
  }

  private static Step.Translation translation(
      Open open, Span span, Span.Fit fit, boolean translated) {
    EventRecord line = open.lines.getFirst();
    List<Reason> reasons = new ArrayList<>(fit.reasons());
    if (!translated) {
      reasons.add(Reason.of("untranslated"));
    }
    String target = TrafficEvents.text(line, Field.DESTINATION_IP);
    String targetPort = TrafficEvents.text(line, Field.DESTINATION_PORT);
    long port = TrafficEvents.number(line.text(Field.SOURCE_PORT));
    int size = open.lines.size();
    return new Step.Translation(
        translated,
        TrafficEvents.text(line, Field.SOURCE_IP),
        (int) port,
        targetPort.isEmpty()
            ? target
            : (target.indexOf(':') >= 0 ? "[" + target + "]" : target) + ":" + targetPort,
        TrafficEvents.text(line, Field.NETWORK_TRANSPORT),
        span,
        fit.confidence(),
        reasons,
        open.lines.subList(0, Math.min(size, SHOWN_PROOFS)));
  }

  private static String key(EventRecord line) {
    return String.join(
        "|",
        TrafficEvents.text(line, Field.SOURCE_IP),
        TrafficEvents.text(line, Field.SOURCE_PORT),
        TrafficEvents.text(line, Field.DESTINATION_IP),
        TrafficEvents.text(line, Field.DESTINATION_PORT),
        TrafficEvents.text(line, Field.NETWORK_TRANSPORT));
  }

  /** Lines come oldest first. */
  private static void add(List<Open> group, EventRecord line) {
    Instant at = TrafficEvents.at(line);
    String action = TrafficEvents.text(line, Field.EVENT_ACTION);
    boolean begins = action.equals("nat-create") || action.equals("connection-start");
    boolean ends = action.equals("nat-destroy") || action.equals("connection-end");
    long lasted = TrafficEvents.number(TrafficEvents.extra(line, "duration"));
    Open open = group.isEmpty() ? null : group.getLast();
    if (lasted >= 0) {
      // A firewall's line of an ended or still running session: its length tells the begin.
      Open session = open == null || open.until != null ? append(group) : open;
      session.from = session.from == null ? at.minusSeconds(lasted) : session.from;
      session.until = at;
      session.seen = at;
      session.lines.add(line);
      return;
    }
    if (open == null || open.until != null || begins) {
      if (open != null && open.until == null) {
        // The same connection begins anew: the one before has ended, nobody knows when.
        open.until = at;
      }
      open = append(group);
      open.from = begins ? at : null;
    }
    open.seen = at;
    open.until = ends ? at : null;
    open.lines.add(line);
  }

  private static Open append(List<Open> group) {
    Open open = new Open();
    group.add(open);
    return open;
  }

  /** How devices write an address: canonical, and IPv6 also in full. */
  static List<String> spellings(String address) {
    byte[] bytes = IpAddress.parse(address);
    if (bytes == null || IpAddress.isV4(bytes, 0)) {
      return List.of(address);
    }
    StringBuilder full = new StringBuilder(39);
    for (int i = 0; i < 16; i += 2) {
      full.append(i == 0 ? "" : ":")
          .append(String.format(Locale.ROOT, "%02x%02x", bytes[i] & 255, bytes[i + 1] & 255));
    }
    return List.of(address, full.toString());
  }
}
