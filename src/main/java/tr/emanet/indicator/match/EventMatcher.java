package tr.emanet.indicator.match;

import java.util.function.Supplier;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;

/**
 * Finds the indicators that an event names: first in its fields (addresses, hosts, URLs, DNS
 * answers, file hash), then in the text of the line and in values that do not stand in the line as
 * they are (unescaped JSON). One instance a thread.
 */
public final class EventMatcher {

  private static final Field[] ADDRESSES = {
    Field.SOURCE_IP, Field.DESTINATION_IP, Field.EMANET_SOURCE_IP
  };
  private static final Field[] HOSTS = {
    Field.DNS_QUESTION,
    Field.DNS_ANSWER,
    Field.DESTINATION_DOMAIN,
    Field.URL_DOMAIN,
    Field.HOST_NAME
  };

  /** Text fields that may have been unescaped, so that the line does not hold them as they are. */
  private static final Field[] TEXTS =
      Field.all().stream()
          .filter(f -> !f.derived())
          .filter(f -> f.type() == FieldType.KEYWORD || f.type() == FieldType.TEXT)
          .toArray(Field[]::new);

  private static final long TEXT_BITS = bits(TEXTS);
  private static final long ADDRESS_BITS = bits(ADDRESSES);
  private static final long HOST_BITS = bits(HOSTS);

  private final Supplier<IndicatorSet> sets;
  private final Lookups lookups = new Lookups();
  private final UrlLookup urls = new UrlLookup(lookups);
  private final TextScan scan = new TextScan(lookups, urls);

  /**
   * Makes a matcher.
   *
   * @param sets gives the set in force, asked once an event; {@link CurrentSet} or a constant
   */
  public EventMatcher(Supplier<IndicatorSet> sets) {
    this.sets = sets;
  }

  private static long bits(Field[] fields) {
    long bits = 0;
    for (Field field : fields) {
      bits |= field.bit();
    }
    return bits;
  }

  /**
   * Looks up everything in a parsed event; the sink is called before this returns.
   *
   * @return how many indicators hit
   */
  public int match(Event event, HitSink sink) {
    IndicatorSet set = sets.get();
    if (set.size() == 0) {
      return 0;
    }
    lookups.begin(set, sink, event.timestampMillis());
    scan.begin();
    long present = event.present();
    if ((present & ADDRESS_BITS) != 0) {
      addresses(event);
    }
    if ((present & HOST_BITS) != 0) {
      hosts(event);
    }
    if (event.has(Field.URL_ORIGINAL) || event.has(Field.URL_PATH)) {
      url(event);
    }
    if (event.has(Field.FILE_SHA256)) {
      observe(event, Field.FILE_SHA256);
      lookups.fileHash(
          event.valueBytes(Field.FILE_SHA256),
          event.valueFrom(Field.FILE_SHA256),
          event.valueTo(Field.FILE_SHA256));
    }
    texts(event);
    return lookups.hits.end();
  }

  private void observe(Event event, Field field) {
    lookups.hits.observe(
        field, event.valueBytes(field), event.valueFrom(field), event.valueTo(field));
  }

  private void addresses(Event event) {
    for (Field field : ADDRESSES) {
      if (event.has(field)) {
        int at = field.ordinal() * 16;
        lookups.hits.observe(field, event.addresses(), at, at + 16);
        lookups.address(event.addresses(), at);
      }
    }
  }

  private void hosts(Event event) {
    for (Field field : HOSTS) {
      if (event.has(field)) {
        observe(event, field);
        lookups.host(event.valueBytes(field), event.valueFrom(field), event.valueTo(field));
      }
    }
  }

  /** A whole URL, or a request target together with the host beside it. */
  private void url(Event event) {
    Field field = event.has(Field.URL_ORIGINAL) ? Field.URL_ORIGINAL : Field.URL_PATH;
    byte[] b = event.valueBytes(field);
    int from = event.valueFrom(field);
    int to = event.valueTo(field);
    observe(event, field);
    boolean target = b[from] == '/' && (to - from == 1 || b[from + 1] != '/');
    if (!target) {
      urls.url(b, from, to);
      return;
    }
    Field host = event.has(Field.URL_DOMAIN) ? Field.URL_DOMAIN : Field.DESTINATION_DOMAIN;
    if (!event.has(host) || lookups.set().urls.size() == 0) {
      return;
    }
    byte[] h = event.valueBytes(host);
    int hostFrom = event.valueFrom(host);
    int hostTo = event.valueTo(host);
    urls.located(h, hostFrom, hostTo, 0, b, from, to);
    long port = event.has(Field.DESTINATION_PORT) ? event.number(Field.DESTINATION_PORT) : 0;
    if (port > 0 && port < 65536 && port != 80 && port != 443) {
      urls.located(h, hostFrom, hostTo, (int) port, b, from, to);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array is meant: values inside the line
  private void texts(Event event) {
    byte[] line = event.text();
    lookups.hits.text(null);
    scan.scan(line, event.textFrom(), event.textTo());
    if ((event.present() & TEXT_BITS) != 0) {
      for (Field field : TEXTS) {
        if (event.has(field) && event.valueBytes(field) != line) {
          lookups.hits.text(field);
          scan.scan(event.valueBytes(field), event.valueFrom(field), event.valueTo(field));
        }
      }
      lookups.hits.text(null);
    }
    for (int i = event.extras() - 1; i >= 0; i--) {
      if (event.extraValueBytes(i) != line) {
        scan.scan(event.extraValueBytes(i), event.extraFrom(i), event.extraTo(i));
      }
    }
  }
}
