package tr.emanet.parse;

import static java.util.Map.entry;
import static tr.emanet.parse.Mapping.as;
import static tr.emanet.parse.Mapping.override;
import static tr.emanet.parse.Mapping.to;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.parse.Mapping.Meaning;

/**
 * Extracts {@code key=value} pairs: FortiGate and its relatives, netfilter, and whatever else
 * writes so. Values may be quoted; pairs are parted by blanks, or by comma or semicolon before the
 * next key. Words that are no pair are passed over. One thread only.
 */
final class KeyValuePayload {

  private static final int MAX_KEY = 64;
  private static final boolean[] KEY = new boolean[256];
  private static final KeyTable<Mapping> KEYS = new KeyTable<>(keys());
  private static final byte[] IPTABLES = Ascii.of("linux.iptables");

  static {
    for (int c = 33; c < 127; c++) {
      KEY[c] = Ascii.letter(c) || Ascii.digit(c) || "_.-/@".indexOf(c) >= 0;
    }
  }

  private final Findings findings;

  KeyValuePayload(Findings findings) {
    this.findings = findings;
  }

  private static Map<String, Mapping> keys() {
    Map<String, Mapping> keys = new HashMap<>();
    keys.put("srcip", to(Field.SOURCE_IP));
    keys.put("src", as(Meaning.ENDPOINT, Field.SOURCE_IP));
    keys.put("dst", as(Meaning.ENDPOINT, Field.DESTINATION_IP));
    keys.put("dstip", to(Field.DESTINATION_IP));
    keys.putAll(
        Map.ofEntries(
            entry("src_ip", to(Field.SOURCE_IP)),
            entry("dst_ip", to(Field.DESTINATION_IP)),
            entry("dest_ip", to(Field.DESTINATION_IP)),
            entry("remip", to(Field.SOURCE_IP)),
            entry("rhost", to(Field.SOURCE_IP)),
            entry("srcport", to(Field.SOURCE_PORT)),
            entry("src_port", to(Field.SOURCE_PORT)),
            entry("spt", to(Field.SOURCE_PORT)),
            entry("dstport", to(Field.DESTINATION_PORT)),
            entry("dst_port", to(Field.DESTINATION_PORT)),
            entry("dest_port", to(Field.DESTINATION_PORT)),
            entry("dpt", to(Field.DESTINATION_PORT)),
            entry("srcmac", to(Field.SOURCE_MAC)),
            entry("dstmac", to(Field.DESTINATION_MAC)),
            entry("mac", as(Meaning.MAC_PAIR)),
            entry("sentbyte", to(Field.SOURCE_BYTES)),
            entry("rcvdbyte", to(Field.DESTINATION_BYTES)),
            entry("action", as(Meaning.ACTION)),
            entry("status", as(Meaning.OUTCOME)),
            entry("outcome", as(Meaning.OUTCOME)),
            entry("proto", as(Meaning.TRANSPORT)),
            entry("level", as(Meaning.LEVEL)),
            entry("service", to(Field.NETWORK_PROTOCOL)),
            entry("devname", to(Field.OBSERVER_NAME)),
            entry("devid", as(Meaning.DEVICE_ID))));
    keys.putAll(
        Map.ofEntries(
            entry("date", as(Meaning.DATE)),
            entry("time", as(Meaning.TIME_OF_DAY)),
            entry("eventtime", as(Meaning.EPOCH)),
            entry("type", as(Meaning.LOG_TYPE)),
            entry("subtype", as(Meaning.LOG_TYPE)),
            entry("logid", to(Field.EVENT_CODE)),
            entry("log_id", to(Field.EVENT_CODE)),
            entry("policyid", to(Field.RULE_ID)),
            entry("policyname", to(Field.RULE_NAME)),
            entry("user", to(Field.USER_NAME)),
            entry("username", to(Field.USER_NAME)),
            entry("dstuser", to(Field.USER_TARGET_NAME)),
            entry("hostname", to(Field.URL_DOMAIN)),
            entry("url", as(Meaning.URL)),
            entry("agent", to(Field.USER_AGENT)),
            entry("qname", to(Field.DNS_QUESTION)),
            entry("qtype", to(Field.DNS_QUESTION_TYPE)),
            entry("direction", to(Field.NETWORK_DIRECTION)),
            entry("virus", to(Field.THREAT_NAME)),
            entry("attack", to(Field.THREAT_NAME)),
            entry("filename", to(Field.FILE_PATH)),
            entry("reason", to(Field.EVENT_REASON))));
    keys.put("transip", as(Meaning.NAT_IP));
    keys.put("transport", as(Meaning.NAT_PORT));
    keys.put("Acct-Status-Type", as(Meaning.ACCOUNTING));
    keys.put("User-Name", to(Field.USER_NAME));
    keys.put("Framed-IP-Address", to(Field.SOURCE_IP));
    keys.put("Framed-IPv6-Address", to(Field.SOURCE_IP));
    keys.put("Calling-Station-Id", to(Field.SOURCE_MAC));
    keys.put("process", override(Field.PROCESS_NAME));
    for (Field field : Field.values()) {
      if (JsonPayload.settable(field)) {
        keys.putIfAbsent(field.ecsName(), to(field));
      }
    }
    return keys;
  }

  /**
   * Whether the text is worth reading: it begins with a pair, or has at least two.
   *
   * @param from index of a character that is not blank
   */
  static boolean likely(byte[] b, int from, int to) {
    int pairs = 0;
    int i = from;
    while (true) {
      i = Ascii.indexOf(b, i, to, '=');
      if (i < 0) {
        return false;
      }
      int start = i;
      while (start > from && KEY[b[start - 1] & 255]) {
        start--;
      }
      if (start < i && (start == from || separator(b[start - 1])) && !Ascii.digit(b[start])) {
        pairs++;
        if (pairs == 2 || start == from) {
          return true;
        }
      }
      i++;
    }
  }

  private static boolean separator(int c) {
    return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '|';
  }

  /** Extracts all pairs; returns how many there were. */
  int parse(byte[] b, int from, int to) {
    int pairs = 0;
    int i = from;
    while (i < to) {
      int start = i;
      if (separator(b[i])) {
        i++;
        continue;
      }
      int keyEnd = Ascii.indexOf(b, start, Math.min(to, start + MAX_KEY), '=');
      Mapping mapping = keyEnd < 0 ? null : KEYS.find(b, start, keyEnd);
      if (mapping == null && (keyEnd <= start || !wholeKey(b, start, keyEnd))) {
        i = tokenEnd(b, start, to);
        continue;
      }
      i = keyEnd + 1;
      int quote = i < to ? b[i] : 0;
      int end =
          switch (quote) {
            case '"' -> Ascii.quoteEnd(b, i + 1, to);
            case '\'' -> apostropheEnd(b, i + 1, to);
            default -> -1;
          };
      if (end >= 0) {
        quoted(mapping, b, start, keyEnd, i + 1, end);
        i = end + 1;
      } else {
        end = valueEnd(b, i, to);
        emit(mapping, b, start, keyEnd, b, i, end);
        i = end + 1;
      }
      pairs++;
    }
    return pairs;
  }

  /** The end of a word that is no pair; another may follow a comma or a bracket in it. */
  private static int tokenEnd(byte[] b, int i, int to) {
    int at = i;
    while (at < to && !separator(b[at])) {
      at++;
    }
    return at + 1;
  }

  private static boolean wholeKey(byte[] b, int from, int to) {
    int i = from;
    while (i < to && KEY[b[i] & 255]) {
      i++;
    }
    return i == to;
  }

  /** The closing apostrophe, or -1; it counts only where a pair can end. */
  private static int apostropheEnd(byte[] b, int i, int to) {
    int at = Ascii.indexOf(b, i, to, '\'');
    while (at >= 0 && at + 1 < to && !separator(b[at + 1])) {
      at = Ascii.indexOf(b, at + 1, to, '\'');
    }
    return at;
  }

  private static int valueEnd(byte[] b, int i, int to) {
    int at = i;
    while (at < to) {
      int c = b[at];
      if (c == ' ' || c == '\t' || (c == ',' || c == ';' || c == '|') && keyFollows(b, at, to)) {
        return at;
      }
      at++;
    }
    return at;
  }

  /** Whether a key or the end comes after the comma or semicolon at {@code i}. */
  private static boolean keyFollows(byte[] b, int i, int to) {
    int at = Ascii.skipBlanks(b, i + 1, to);
    int start = at;
    while (at < to && at - start < 64 && KEY[b[at] & 255]) {
      at++;
    }
    return at == to || at > start && b[at] == '=' || at == start && Ascii.blank(b[i + 1]);
  }

  private void quoted(
      @Nullable Mapping mapping, byte[] b, int keyFrom, int keyTo, int from, int to) {
    int escape = Ascii.indexOf(b, from, to, '\\');
    if (escape < 0) {
      emit(mapping, b, keyFrom, keyTo, b, from, to);
      return;
    }
    Event e = findings.event();
    int at = e.reserve(to - from);
    byte[] out = e.scratch();
    int o = at;
    for (int i = from; i < to; i++) {
      if (b[i] == '\\' && i + 1 < to && (b[i + 1] == '"' || b[i + 1] == '\\')) {
        i++;
      }
      out[o++] = b[i];
    }
    e.trim(o);
    emit(mapping, b, keyFrom, keyTo, out, at, o);
  }

  private void emit(
      @Nullable Mapping mapping, byte[] b, int keyFrom, int keyTo, byte[] v, int from, int to) {
    if (to <= from) {
      return;
    }
    if (mapping == null) {
      findings.extra(b, keyFrom, keyTo, v, from, to);
    } else {
      findings.write(mapping, b, keyFrom, keyTo, v, from, to);
    }
  }

  /** A netfilter line; the words before {@code IN=} may tell the verdict. */
  void netfilter(byte[] b, int from, int in, int to) {
    parse(b, in, to);
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, IPTABLES);
    e.set(Field.EVENT_CATEGORY, Words.NETWORK);
    e.set(Field.OBSERVER_TYPE, Words.FIREWALL);
    int i = from;
    while (i < in) {
      int start = i;
      while (i < in && Ascii.letter(b[i])) {
        i++;
      }
      byte[] outcome = Words.OUTCOMES.find(b, start, i);
      if (outcome != null) {
        e.set(Field.EVENT_ACTION, b, start, i);
        e.set(Field.EVENT_OUTCOME, outcome);
        return;
      }
      i++;
    }
  }
}
