package tr.emanet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Hit;
import tr.emanet.alert.OutsideLogIn;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Position;

/**
 * Finds successful log-ins from addresses that are not ours, and keeps those of the last while: a
 * hit may be read after the log-in that followed it, because they come from two devices. Bounded:
 * what a flood of log-ins pushes out raises nothing. Safe for many threads.
 */
final class OutsideLogIns {

  private static final byte[] AUTHENTICATION = ascii("authentication");
  private static final byte[] LOGIN = ascii("login");
  private static final byte[] SUCCESS = ascii("success");
  private static final byte[] LOGOFF = ascii("logged-out");
  private static final int MOST = 10_000;
  private static final int EACH = 64;

  /** Nearer ones of one asset tell nothing new. */
  private static final Duration APART = Duration.ofMinutes(1);

  private final Asset.OwnNetworks own;
  private final Map<String, List<OutsideLogIn>> pending = new LinkedHashMap<>();
  private final Map<String, OutsideLogIn> recent = new LinkedHashMap<>();

  OutsideLogIns(Asset.OwnNetworks own) {
    this.own = own;
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks at one event; allocates nothing for one that is no log-in. */
  void look(Event event, String stream, long sequence) {
    if (!event.has(Field.EVENT_OUTCOME)
        || !event.has(Field.SOURCE_IP)
        || !is(event, Field.EVENT_OUTCOME, SUCCESS)
        || is(event, Field.EVENT_ACTION, LOGOFF)
        || !is(event, Field.EVENT_CATEGORY, AUTHENTICATION)
            && !is(event, Field.EVENT_ACTION, LOGIN)) {
      return;
    }
    byte[] from = address(event, Field.SOURCE_IP);
    if (own.contains(from)) {
      return;
    }
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    Position position = new Position(stream, sequence);
    for (String asset : assets(event)) {
      add(new OutsideLogIn(asset, at, IpAddress.text(from, 0), position));
    }
  }

  private static boolean is(Event event, Field field, byte[] word) {
    return event.has(field)
        && Arrays.equals(
            event.valueBytes(field),
            event.valueFrom(field),
            event.valueTo(field),
            word,
            0,
            word.length);
  }

  private static byte[] address(Event event, Field field) {
    int at = field.ordinal() * 16;
    return Arrays.copyOfRange(event.addresses(), at, at + 16);
  }

  /** Every name under which an alert may know the machine. */
  private Set<String> assets(Event event) {
    Set<String> out = new LinkedHashSet<>();
    if (event.has(Field.DESTINATION_IP) && own.contains(address(event, Field.DESTINATION_IP))) {
      out.add(IpAddress.text(event.addresses(), Field.DESTINATION_IP.ordinal() * 16));
    }
    String host = event.text(Field.HOST_NAME);
    if (host != null) {
      out.add(host);
    }
    byte[] sender = event.source().address();
    if (own.contains(sender)) {
      out.add(IpAddress.text(sender, 0));
    }
    return out;
  }

  private synchronized void add(OutsideLogIn logIn) {
    recent.remove(logIn.asset());
    recent.put(logIn.asset(), logIn);
    if (recent.size() > MOST) {
      recent.remove(recent.keySet().iterator().next());
    }
    List<OutsideLogIn> waiting = pending.get(logIn.asset());
    if (waiting == null) {
      if (pending.size() < MOST) {
        pending.put(logIn.asset(), new ArrayList<>(List.of(logIn)));
      }
    } else if (waiting.size() < EACH
        && waiting.stream()
            .allMatch(w -> Duration.between(w.at(), logIn.at()).abs().compareTo(APART) > 0)) {
      waiting.add(logIn);
    }
  }

  /** What was found since the last call; {@link #back} brings it again. */
  synchronized List<OutsideLogIn> take() {
    List<OutsideLogIn> out = pending.values().stream().flatMap(List::stream).toList();
    pending.clear();
    return out;
  }

  /** They could not be stored: they come again with the next. */
  void back(List<OutsideLogIn> logIns) {
    logIns.forEach(this::add);
  }

  /** The latest log-in of each asset of these hits, for hits that were read after it. */
  synchronized List<OutsideLogIn> near(List<Hit> hits) {
    return hits.stream()
        .map(Hit::asset)
        .distinct()
        .map(recent::get)
        .filter(java.util.Objects::nonNull)
        .toList();
  }
}
