package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/** Extracts the messages of Postfix and of BIND's query log. One thread only. */
final class ServicePayload {

  private static final byte[] POSTFIX = Ascii.of("postfix.log");
  private static final byte[] BIND = Ascii.of("bind.query");
  private static final byte[] DNS = Ascii.of("dns");
  private static final byte[] SMTP = Ascii.of("smtp");

  private static final byte[] STATUS = Ascii.of("status=");
  private static final byte[] SENT = Ascii.of("sent");
  private static final byte[] BOUNCED = Ascii.of("bounced");
  private static final byte[] RELAY = Ascii.of("relay=");
  private static final byte[] FROM = Ascii.of("from=<");
  private static final byte[] TO = Ascii.of("to=<");
  private static final byte[] SASL_USER = Ascii.of("sasl_username=");
  private static final byte[] SASL_FAILED = Ascii.of(" authentication failed");
  private static final byte[] SASL = Ascii.of(": SASL ");
  private static final byte[] CONNECT = Ascii.of("connect from ");
  private static final byte[] DISCONNECT = Ascii.of("disconnect from ");
  private static final byte[] REJECT = Ascii.of("NOQUEUE: reject: ");
  private static final byte[] CLIENT_FROM = Ascii.of(" from ");
  private static final byte[] CLIENT_IS = Ascii.of("client=");
  private static final byte[] WARNING = Ascii.of("warning: ");

  private static final byte[] ACTION_SASL = Ascii.of("smtp_login");
  private static final byte[] ACTION_CONNECT = Ascii.of("smtp_connect");
  private static final byte[] ACTION_DISCONNECT = Ascii.of("smtp_disconnect");
  private static final byte[] ACTION_REJECT = Ascii.of("smtp_reject");
  private static final byte[] KEY_QUEUE = Ascii.of("postfix.queue_id");
  private static final byte[] KEY_TO = Ascii.of("email.to.address");
  private static final byte[] KEY_STATUS = Ascii.of("postfix.status");

  private static final byte[] CLIENT = Ascii.of("client ");
  private static final byte[] QUERY = Ascii.of("query: ");
  private static final byte[] DENIED = Ascii.of("denied");
  private static final byte[] ACTION_QUERY = Ascii.of("dns_query");
  private static final byte[] QUOTED_QUERY = Ascii.of(" '");

  private final Findings findings;

  ServicePayload(Findings findings) {
    this.findings = findings;
  }

  /**
   * {@code client @0x7f 192.0.2.1#3076 (example.com): query: example.com IN A +E(0) (10.0.0.53)}.
   */
  boolean named(byte[] b, int from, int to) {
    int at = Ascii.indexOf(b, from, Math.min(to, from + 64), CLIENT);
    if (at < 0) {
      return false;
    }
    at += CLIENT.length;
    if (at < to && b[at] == '@') {
      at = Ascii.skipBlanks(b, Ascii.tokenEnd(b, at, to), to);
    }
    int end = at;
    while (end < to && b[end] != '#' && b[end] != ' ') {
      end++;
    }
    Event e = findings.event();
    if (end >= to || b[end] != '#' || !e.setIp(Field.SOURCE_IP, b, at, end)) {
      return false;
    }
    int portEnd = Ascii.digitsEnd(b, end + 1, to);
    e.setNumber(Field.SOURCE_PORT, b, end + 1, portEnd);
    e.set(Field.EVENT_DATASET, BIND);
    e.set(Field.EVENT_CATEGORY, Words.NETWORK);
    e.set(Field.NETWORK_PROTOCOL, DNS);
    e.set(Field.EVENT_ACTION, ACTION_QUERY);
    int query = Ascii.indexOf(b, portEnd, to, QUERY);
    if (query >= 0) {
      int name = query + QUERY.length;
      int nameEnd = Ascii.tokenEnd(b, name, to);
      int type = Ascii.skipBlanks(b, Ascii.tokenEnd(b, Math.min(to, nameEnd + 1), to), to);
      e.set(Field.DNS_QUESTION, b, name, nameEnd);
      e.set(Field.DNS_QUESTION_TYPE, b, type, Ascii.tokenEnd(b, type, to));
    } else {
      quotedQuestion(e, b, portEnd, to);
    }
    int tail = Math.max(portEnd, to - DENIED.length - 2);
    if (Ascii.indexOf(b, tail, to, DENIED) >= 0) {
      e.set(Field.EVENT_OUTCOME, Words.FAILURE);
    }
    return true;
  }

  /** {@code query (cache) 'example.com/ANY/IN' denied}. */
  private static void quotedQuestion(Event e, byte[] b, int from, int to) {
    int quote = Ascii.indexOf(b, from, to, QUOTED_QUERY);
    int end = quote < 0 ? -1 : Ascii.indexOf(b, quote + 2, to, '\'');
    if (end < 0) {
      return;
    }
    int slash = Ascii.indexOf(b, quote + 2, end, '/');
    if (slash > 0) {
      int second = Ascii.indexOf(b, slash + 1, end, '/');
      e.set(Field.DNS_QUESTION, b, quote + 2, slash);
      e.set(Field.DNS_QUESTION_TYPE, b, slash + 1, second < 0 ? end : second);
    }
  }

  /** Client, sender, recipient, status and queue id of Postfix's daemons. */
  boolean postfix(byte[] b, int from, int to) {
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, POSTFIX);
    e.set(Field.EVENT_CATEGORY, Words.EMAIL);
    e.set(Field.NETWORK_PROTOCOL, SMTP);
    if (Ascii.startsWith(b, from, to, CONNECT)) {
      client(b, from + CONNECT.length, to);
      e.set(Field.EVENT_ACTION, ACTION_CONNECT);
      return true;
    }
    if (Ascii.startsWith(b, from, to, DISCONNECT)) {
      client(b, from + DISCONNECT.length, to);
      e.set(Field.EVENT_ACTION, ACTION_DISCONNECT);
      return true;
    }
    if (Ascii.startsWith(b, from, to, WARNING)) {
      sasl(b, from + WARNING.length, to);
      return true;
    }
    if (Ascii.startsWith(b, from, to, REJECT)) {
      int word = Ascii.indexOf(b, from, Math.min(to, from + 48), CLIENT_FROM);
      if (word > 0) {
        client(b, word + CLIENT_FROM.length, to);
      }
      e.set(Field.EVENT_ACTION, ACTION_REJECT);
      e.set(Field.EVENT_OUTCOME, Words.FAILURE);
      addresses(b, from, to);
      return true;
    }
    int colon = Ascii.indexOf(b, from, Math.min(to, from + 24), ':');
    if (colon > from && queueId(b, from, colon)) {
      findings.extra(KEY_QUEUE, 0, KEY_QUEUE.length, b, from, colon);
      queued(b, colon + 1, to);
    }
    return true;
  }

  private static boolean queueId(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.letter(b[i]) && !Ascii.digit(b[i])) {
        return false;
      }
    }
    return to - from >= 6;
  }

  private void queued(byte[] b, int from, int to) {
    Event e = findings.event();
    addresses(b, from, to);
    int at = Ascii.skipBlanks(b, from, to);
    if (Ascii.startsWith(b, at, to, CLIENT_IS)) {
      client(b, at + CLIENT_IS.length, to);
      int user = Ascii.indexOf(b, at, to, SASL_USER);
      if (user > 0) {
        int start = user + SASL_USER.length;
        e.set(Field.USER_NAME, b, start, valueEnd(b, start, to));
        e.set(Field.EVENT_ACTION, ACTION_SASL);
        e.set(Field.EVENT_OUTCOME, Words.SUCCESS);
      }
      return;
    }
    int relay = Ascii.indexOf(b, from, to, RELAY);
    if (relay > 0) {
      int name = relay + RELAY.length;
      int end = name;
      while (end < to && b[end] != '[' && b[end] != ',' && b[end] != ' ') {
        end++;
      }
      findings.put(Field.DESTINATION_DOMAIN, b, name, end);
      if (end < to && b[end] == '[') {
        int close = Ascii.indexOf(b, end, Math.min(to, end + 48), ']');
        if (close > 0) {
          e.setIp(Field.DESTINATION_IP, b, end + 1, close);
        }
      }
    }
    int status = Ascii.indexOf(b, from, to, STATUS);
    if (status > 0) {
      int word = status + STATUS.length;
      int end = Ascii.tokenEnd(b, word, to);
      findings.extra(KEY_STATUS, 0, KEY_STATUS.length, b, word, end);
      if (Ascii.is(b, word, end, SENT)) {
        e.set(Field.EVENT_OUTCOME, Words.SUCCESS);
      } else if (Ascii.is(b, word, end, BOUNCED)) {
        e.set(Field.EVENT_OUTCOME, Words.FAILURE);
      }
    }
  }

  /** Sender as {@code user.email}, recipient as an extra. */
  private void addresses(byte[] b, int from, int to) {
    int sender = Ascii.indexOf(b, from, to, FROM);
    if (sender >= 0) {
      int start = sender + FROM.length;
      int end = Ascii.indexOf(b, start, to, '>');
      if (end > start) {
        findings.put(Field.USER_EMAIL, b, start, end);
      }
    }
    int recipient = Ascii.indexOf(b, from, to, TO);
    if (recipient >= 0) {
      int start = recipient + TO.length;
      int end = Ascii.indexOf(b, start, to, '>');
      if (end > start) {
        findings.extra(KEY_TO, 0, KEY_TO.length, b, start, end);
      }
    }
  }

  private static int valueEnd(byte[] b, int i, int to) {
    int at = i;
    while (at < to && b[at] != ',' && b[at] != ' ') {
      at++;
    }
    return at;
  }

  /** {@code unknown[203.0.113.42]: SASL LOGIN authentication failed: ...}. */
  private void sasl(byte[] b, int from, int to) {
    int end = client(b, from, to);
    if (!Ascii.startsWith(b, end, to, SASL) || Ascii.indexOf(b, end, to, SASL_FAILED) < 0) {
      return;
    }
    Event e = findings.event();
    e.set(Field.EVENT_CATEGORY, Words.AUTHENTICATION);
    e.set(Field.EVENT_ACTION, ACTION_SASL);
    e.set(Field.EVENT_OUTCOME, Words.FAILURE);
    int user = Ascii.indexOf(b, end, to, SASL_USER);
    if (user > 0) {
      int start = user + SASL_USER.length;
      e.set(Field.USER_NAME, b, start, valueEnd(b, start, to));
    }
  }

  /** {@code name[address]}; returns the index after it. */
  private int client(byte[] b, int from, int to) {
    int open = Ascii.indexOf(b, from, Math.min(to, from + 256), '[');
    int close = open < 0 ? -1 : Ascii.indexOf(b, open, Math.min(to, open + 48), ']');
    if (close < 0) {
      return to;
    }
    findings.put(Field.SOURCE_IP, b, open + 1, close);
    return close + 1;
  }
}
