package tr.emanet.parse;

import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts the messages of OpenSSH's server (8 to 10). A user name is chosen by the attacker and
 * may contain {@code " from "} or {@code " port "}: where text of the client comes before the
 * address, the last such word counts; where it comes after, the first. One thread only.
 *
 * <p>Only {@code Accepted} and {@code Failed} are {@code ssh_login}, so that counting failed
 * log-ins counts attempts, not lines.
 */
final class SshdPayload {

  /** Where the address stands. */
  private enum Where {
    /** Right after the pattern: no text of the client before it. */
    FIRST,
    /** Before the last {@code port}, or after the last {@code from}. */
    LAST
  }

  /** Where the user name stands. */
  private enum Who {
    NOBODY,
    /** {@code METHOD for NAME from}. */
    METHOD_FOR,
    /** Right after the pattern. */
    NAME,
    /** {@code authenticating user NAME ADDRESS}, or the address alone. */
    WORD_USER
  }

  private static final byte[] LOGIN = Ascii.of("ssh_login");
  private static final byte[] INVALID_USER = Ascii.of("ssh_invalid_user");
  private static final byte[] DISCONNECT = Ascii.of("ssh_disconnect");
  private static final byte[] CONNECT = Ascii.of("ssh_connect");
  private static final byte[] REFUSED = Ascii.of("ssh_refused");
  private static final byte[] DATASET = Ascii.of("system.auth");
  private static final byte[] METHOD = Ascii.of("ssh.method");

  private static final byte[] FROM = Ascii.of(" from ");
  private static final byte[] PORT = Ascii.of(" port ");
  private static final byte[] FOR = Ascii.of(" for ");
  private static final byte[] USER = Ascii.of(" user ");
  private static final byte[] INVALID = Ascii.of("invalid user ");
  private static final byte[] ILLEGAL = Ascii.of("illegal user ");
  private static final byte[] PREAUTH = Ascii.of("[preauth]");

  private record Pattern(
      byte[] start, byte[] action, byte @Nullable [] outcome, Where where, Who who) {}

  private static final Pattern[] PATTERNS = {
    failed("Failed ", LOGIN, Who.METHOD_FOR),
    new Pattern(Ascii.of("Accepted "), LOGIN, Words.SUCCESS, Where.LAST, Who.METHOD_FOR),
    failed("Invalid user ", INVALID_USER, Who.NAME),
    failed("Illegal user ", INVALID_USER, Who.NAME),
    failed("User ", REFUSED, Who.NAME),
    new Pattern(Ascii.of("Connection closed by "), DISCONNECT, null, Where.LAST, Who.WORD_USER),
    new Pattern(Ascii.of("Connection reset by "), DISCONNECT, null, Where.LAST, Who.WORD_USER),
    new Pattern(Ascii.of("Disconnected from "), DISCONNECT, null, Where.LAST, Who.WORD_USER),
    new Pattern(Ascii.of("Disconnecting "), DISCONNECT, null, Where.LAST, Who.WORD_USER),
    new Pattern(Ascii.of("Received disconnect from "), DISCONNECT, null, Where.FIRST, Who.NOBODY),
    new Pattern(Ascii.of("Connection from "), CONNECT, null, Where.FIRST, Who.NOBODY),
    refusedFirst("Unable to negotiate with "),
    refusedFirst("Did not receive identification string from "),
    failed("Bad protocol version identification ", REFUSED, Who.NOBODY),
    failed("Magic value check failed ", REFUSED, Who.NOBODY),
    failed("maximum authentication attempts exceeded for ", REFUSED, Who.NAME),
    failed("PAM: Authentication failure for ", REFUSED, Who.NAME),
    failed("Timeout before authentication for ", REFUSED, Who.NOBODY),
    failed("ssh_dispatch_run_fatal: ", REFUSED, Who.NOBODY),
    failed("banner exchange: ", REFUSED, Who.NOBODY),
    failed("kex_exchange_identification: ", REFUSED, Who.NOBODY),
    failed("refused connect from ", REFUSED, Who.NOBODY),
  };
  private static final byte[][] PREFIXES = {Ascii.of("error: "), Ascii.of("fatal: ")};

  private final Findings findings;
  private int addressFrom;
  private int addressTo;

  SshdPayload(Findings findings) {
    this.findings = findings;
  }

  private static Pattern failed(String start, byte[] action, Who who) {
    return new Pattern(Ascii.of(start), action, Words.FAILURE, Where.LAST, who);
  }

  private static Pattern refusedFirst(String start) {
    return new Pattern(Ascii.of(start), REFUSED, Words.FAILURE, Where.FIRST, Who.NOBODY);
  }

  /** Extracts the message; false when it is none that we know. */
  boolean parse(byte[] b, int from, int to) {
    int at = from;
    for (byte[] prefix : PREFIXES) {
      if (Ascii.startsWith(b, at, to, prefix)) {
        at += prefix.length;
      }
    }
    for (Pattern pattern : PATTERNS) {
      if (Ascii.startsWith(b, at, to, pattern.start)) {
        apply(pattern, b, at, to);
        return true;
      }
    }
    return false;
  }

  private void apply(Pattern pattern, byte[] b, int from, int to) {
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.AUTHENTICATION);
    e.set(Field.EVENT_ACTION, pattern.action);
    int rest = from + pattern.start.length;
    boolean found =
        switch (pattern.where) {
          case FIRST -> address(b, rest, to);
          case LAST -> lastAddress(b, rest - 1, to);
        };
    user(pattern.who, b, rest, found ? addressFrom - 1 : to, to);
    byte[] outcome = pattern.outcome;
    if (outcome == null && pattern.who == Who.WORD_USER && e.has(Field.USER_NAME)) {
      int tail = Math.max(from, to - PREAUTH.length - 2);
      outcome = Ascii.indexOf(b, tail, to, PREAUTH) >= 0 ? Words.FAILURE : null;
    }
    if (outcome != null) {
      e.set(Field.EVENT_OUTCOME, outcome);
    }
  }

  /** {@code ADDRESS port N} with the last {@code port}; else after the last {@code from}. */
  private boolean lastAddress(byte[] b, int from, int to) {
    int port = Ascii.lastIndexOf(b, from, to, PORT);
    if (port > from) {
      int start = port;
      while (start > from && !Ascii.blank(b[start - 1])) {
        start--;
      }
      if (address(b, start, to)) {
        return true;
      }
    }
    int last = Ascii.lastIndexOf(b, from, to, FROM);
    if (last >= 0 && address(b, last + FROM.length, to)) {
      return true;
    }
    int bracket = to - 1;
    while (bracket > from && b[bracket] != '(') {
      bracket--;
    }
    return bracket > from && address(b, bracket + 1, to);
  }

  /** An address at {@code from}, with its port when one follows. */
  private boolean address(byte[] b, int from, int to) {
    int end = from;
    while (end < to && end - from < 64 && addressChar(b[end])) {
      end++;
    }
    while (end > from && (b[end - 1] == ':' || b[end - 1] == '.')) {
      end--;
    }
    if (!findings.event().setIp(Field.SOURCE_IP, b, from, end)) {
      return false;
    }
    addressFrom = from;
    addressTo = end;
    if (Ascii.startsWith(b, addressTo, to, PORT)) {
      int port = addressTo + PORT.length;
      findings.put(Field.SOURCE_PORT, b, port, Ascii.digitsEnd(b, port, Math.min(to, port + 6)));
    }
    return true;
  }

  private static boolean addressChar(int c) {
    int lower = c | 0x20;
    return Ascii.digit(c) || lower >= 'a' && lower <= 'f' || c == '.' || c == ':';
  }

  /** The name between {@code rest} and {@code blank}, the one before the address or {@code to}. */
  private void user(Who who, byte[] b, int rest, int blank, int to) {
    int end = Math.max(rest, blank);
    int afterBlank = Math.min(to, end + 1);
    int from =
        switch (who) {
          case NOBODY -> end;
          case NAME -> rest;
          case METHOD_FOR -> {
            int method = Ascii.indexOf(b, rest, end, FOR);
            if (method > rest) {
              findings.extra(METHOD, 0, METHOD.length, b, rest, method);
            }
            yield method < 0 ? end : method + FOR.length;
          }
          case WORD_USER -> {
            int word = Ascii.tokenEnd(b, rest, end);
            yield Ascii.startsWith(b, word, afterBlank, USER) ? word + USER.length : end;
          }
        };
    if (Ascii.startsWith(b, from, end, INVALID) || Ascii.startsWith(b, from, end, ILLEGAL)) {
      from += INVALID.length;
    }
    if (who != Who.WORD_USER) {
      // The address may be missing or a host name: then the name ends at the last "from".
      int word = Ascii.lastIndexOf(b, Math.max(rest, from) - 1, afterBlank, FROM);
      end = word >= 0 ? word : end;
    }
    if (end > from) {
      findings.event().set(Field.USER_NAME, b, from, Math.min(end, from + 256));
    }
  }
}
