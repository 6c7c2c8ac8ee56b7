package tr.emanet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Facts;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.search.Networks;

/** What an event and an indicator say about their hit. Pure functions. */
final class Hits {

  private static final int MAX_KEY_VALUE = 200;
  private static final Set<String> BLOCKED =
      Set.of("deny", "denied", "block", "blocked", "drop", "dropped", "reject", "rejected");
  private static final Set<String> PASSED =
      Set.of("accept", "accepted", "allow", "allowed", "pass", "passed");

  private Hits() {}

  /** Our own networks, from CIDR texts. */
  static Asset.OwnNetworks own(List<String> networks) {
    List<byte[][]> spans = networks.stream().map(Networks::parse).toList();
    return address -> spans.stream().anyMatch(span -> Networks.within(address, span[0], span[1]));
  }

  /** Stable name of an indicator: feed, kind, canonical value. */
  static String key(Indicator indicator, CanonicalValue value) {
    String text = value.text();
    if (text.length() > MAX_KEY_VALUE) {
      text =
          text.substring(0, MAX_KEY_VALUE)
              + "#"
              + String.format(Locale.ROOT, "%08x", text.hashCode());
    }
    return indicator.feed() + ":" + value.kind().id() + ":" + text;
  }

  static String asset(Event event, Asset.OwnNetworks own) {
    List<String> addresses = new ArrayList<>(2);
    for (Field field : List.of(Field.SOURCE_IP, Field.DESTINATION_IP)) {
      if (event.has(field)) {
        addresses.add(IpAddress.text(event.addresses(), field.ordinal() * 16));
      }
    }
    return Asset.of(addresses, text(event, Field.HOST_NAME), event.source().address(), own);
  }

  /** Host, user and whether the device let it pass. */
  static void describe(Event event, Map<String, String> facts) {
    String host = text(event, Field.HOST_NAME);
    if (host != null) {
      facts.put(Facts.HOST, host);
    }
    String user = text(event, Field.USER_NAME);
    if (user != null) {
      facts.put(Facts.USER, user);
    }
    String action = text(event, Field.EVENT_ACTION);
    String word = action == null ? "" : action.toLowerCase(Locale.ROOT);
    if (BLOCKED.contains(word)) {
      facts.put(Facts.OUTCOME, "blocked");
    } else if (PASSED.contains(word)) {
      facts.put(Facts.OUTCOME, Facts.ALLOWED);
    }
  }

  private static @Nullable String text(Event event, Field field) {
    return event.has(field)
        ? new String(
            event.valueBytes(field),
            event.valueFrom(field),
            event.valueTo(field) - event.valueFrom(field),
            StandardCharsets.UTF_8)
        : null;
  }
}
