package tr.emanet.parse;

import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts dnsmasq's query log ({@code log-queries}, with and without {@code =extra}): {@code
 * query[A] example.com from 192.0.2.9}, {@code reply example.com is 198.51.100.1}, {@code forwarded
 * example.com to 9.9.9.9}. One thread only.
 */
final class DnsmasqPayload {

  private static final byte[] DATASET = Ascii.of("dnsmasq.query");
  private static final byte[] DNS = Ascii.of("dns");
  private static final byte[] QUERY = Ascii.of("query[");
  private static final byte[] FROM = Ascii.of("from");
  private static final byte[] IS = Ascii.of("is");
  private static final byte[] TO = Ascii.of("to");
  private static final byte[] ANSWER_SOURCE = Ascii.of("dnsmasq.source");
  private static final byte[] CODE = Ascii.of("dns.response_code");
  private static final byte[] NODATA = Ascii.of("NODATA");
  private static final KeyTable<byte[]> CODES =
      new KeyTable<>(
          java.util.Map.of(
              "nxdomain", Ascii.of("NXDOMAIN"),
              "servfail", Ascii.of("SERVFAIL"),
              "refused", Ascii.of("REFUSED")));

  /** What a line tells. */
  @SuppressWarnings("ImmutableEnumChecker") // the bytes are never written
  private enum Action {
    QUERY("dns_query"),
    ANSWER("dns_answer"),
    FORWARD("dns_forward");

    private final byte[] word;

    Action(String word) {
      this.word = Ascii.of(word);
    }
  }

  private final Findings findings;

  DnsmasqPayload(Findings findings) {
    this.findings = findings;
  }

  /** Extracts the line; false when it is no line of the query log. */
  boolean parse(byte[] b, int start, int to) {
    int from = extra(b, start, to);
    int word = Ascii.tokenEnd(b, from, to);
    int name = Ascii.skipBlanks(b, word, to);
    // Lists of blocked names speak in two words: "gravity blocked NAME is 0.0.0.0".
    int nameEnd = Ascii.tokenEnd(b, name, to);
    int verb = Ascii.skipBlanks(b, nameEnd, to);
    int verbEnd = Ascii.tokenEnd(b, verb, to);
    Action action = action(b, verb, verbEnd);
    if (action == null) {
      word = nameEnd;
      name = verb;
      nameEnd = verbEnd;
      verb = Ascii.skipBlanks(b, nameEnd, to);
      verbEnd = Ascii.tokenEnd(b, verb, to);
      action = action(b, verb, verbEnd);
    }
    boolean query = Ascii.startsWith(b, from, word, QUERY);
    if (action == null || query != (action == Action.QUERY)) {
      return false;
    }
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.NETWORK);
    e.set(Field.NETWORK_PROTOCOL, DNS);
    e.set(Field.EVENT_ACTION, action.word);
    e.set(Field.DNS_QUESTION, b, name, nameEnd);
    int value = Ascii.skipBlanks(b, verbEnd, to);
    int valueEnd = Ascii.tokenEnd(b, value, to);
    if (query) {
      e.set(Field.DNS_QUESTION_TYPE, b, from + QUERY.length, word - 1);
      findings.put(Field.SOURCE_IP, b, value, valueEnd);
    } else if (action == Action.FORWARD) {
      findings.put(Field.DESTINATION_IP, b, value, valueEnd);
    } else {
      findings.extra(ANSWER_SOURCE, 0, ANSWER_SOURCE.length, b, from, word);
      answer(e, b, value, valueEnd);
    }
    return true;
  }

  /** Passes over serial number and client of {@code log-queries=extra}. */
  private int extra(byte[] b, int from, int to) {
    int number = Ascii.digitsEnd(b, from, to);
    if (number == from || number >= to || b[number] != ' ') {
      return from;
    }
    int client = Ascii.skipBlanks(b, number, to);
    int end = Ascii.tokenEnd(b, client, to);
    int slash = Ascii.indexOf(b, client, end, '/');
    if (slash < 0 || !findings.put(Field.SOURCE_IP, b, client, slash)) {
      return from;
    }
    findings.put(Field.SOURCE_PORT, b, slash + 1, end);
    return Ascii.skipBlanks(b, end, to);
  }

  private static @Nullable Action action(byte[] b, int from, int to) {
    if (Ascii.is(b, from, to, FROM)) {
      return Action.QUERY;
    }
    if (Ascii.is(b, from, to, IS)) {
      return Action.ANSWER;
    }
    return Ascii.is(b, from, to, TO) ? Action.FORWARD : null;
  }

  /** An address or a name; {@code <CNAME>} says that the name follows in a line of its own. */
  private void answer(Event e, byte[] b, int from, int to) {
    byte[] code = CODES.find(b, from, to);
    if (code != null || Ascii.startsWith(b, from, to, NODATA)) {
      findings.extra(CODE, 0, CODE.length, b, from, to);
      e.set(Field.EVENT_OUTCOME, Words.FAILURE);
    } else if (from < to && b[from] != '<') {
      e.set(Field.DNS_ANSWER, b, from, to);
    }
  }
}
