package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts what PAM, sudo and su write about people who log in or change rights. One thread only.
 */
final class LoginPayload {

  private static final byte[] DATASET = Ascii.of("system.auth");
  private static final byte[] SUDO = Ascii.of("sudo");
  private static final byte[] SU = Ascii.of("su");
  private static final byte[] LOGIN = Ascii.of("pam_authentication");
  private static final byte[] OPENED = Ascii.of("session_opened");
  private static final byte[] CLOSED = Ascii.of("session_closed");

  private static final byte[] AUTH_FAILURE = Ascii.of("authentication failure");
  private static final byte[] SESSION_OPENED = Ascii.of("session opened for user ");
  private static final byte[] SESSION_CLOSED = Ascii.of("session closed for user ");
  private static final byte[] UNKNOWN_USER = Ascii.of("check pass; user unknown");

  private static final byte[] COMMAND = Ascii.of("COMMAND=");
  private static final byte[] TARGET = Ascii.of("USER=");
  private static final byte[] SEPARATOR = Ascii.of(" ; ");
  private static final byte[] TTY = Ascii.of("TTY=");
  private static final byte[] PWD = Ascii.of("PWD=");
  private static final byte[] SUDO_TTY = Ascii.of("sudo.tty");
  private static final byte[] SUDO_PWD = Ascii.of("sudo.pwd");
  private static final byte[] FAILED_SU = Ascii.of("FAILED ");
  private static final byte[] TO_OPEN = Ascii.of("(to ");
  private static final byte[] FOR = Ascii.of(" for ");
  private static final byte[] BY = Ascii.of(" by ");

  private final Findings findings;
  private final KeyValuePayload keyValue;

  LoginPayload(Findings findings, KeyValuePayload keyValue) {
    this.findings = findings;
    this.keyValue = keyValue;
  }

  /** {@code pam_unix(sshd:auth): authentication failure; logname= uid=0 ... rhost=A user=U}. */
  boolean pam(byte[] b, int from, int to) {
    int text = Ascii.indexOf(b, from, to, ':');
    while (text >= 0 && text + 1 < to && b[text + 1] != ' ') {
      text = Ascii.indexOf(b, text + 1, to, ':');
    }
    if (text < 0) {
      return false;
    }
    int at = Ascii.skipBlanks(b, text + 1, to);
    if (Ascii.startsWith(b, at, to, AUTH_FAILURE)) {
      keyValue.parse(b, at + AUTH_FAILURE.length, to);
      event(LOGIN, Words.FAILURE);
      return true;
    }
    if (Ascii.startsWith(b, at, to, UNKNOWN_USER)) {
      event(LOGIN, Words.FAILURE);
      return true;
    }
    boolean opened = Ascii.startsWith(b, at, to, SESSION_OPENED);
    if (!opened && !Ascii.startsWith(b, at, to, SESSION_CLOSED)) {
      return false;
    }
    int name = at + SESSION_OPENED.length;
    int end = name;
    while (end < to && b[end] != '(' && b[end] != ' ') {
      end++;
    }
    findings.event().set(Field.USER_NAME, b, name, end);
    event(opened ? OPENED : CLOSED, Words.SUCCESS);
    findings.event().set(Field.EVENT_CATEGORY, Words.SESSION);
    return true;
  }

  private void event(byte[] action, byte[] outcome) {
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.AUTHENTICATION);
    e.set(Field.EVENT_ACTION, action);
    e.set(Field.EVENT_OUTCOME, outcome);
  }

  /** {@code ayse : [PROBLEM ; ]TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls}. */
  boolean sudo(byte[] b, int from, int to) {
    int colon = Ascii.tokenEnd(b, from, to);
    int at = Ascii.skipBlanks(b, colon, to);
    if (colon == from || at >= to || b[at] != ':') {
      return false;
    }
    Event e = findings.event();
    at = Ascii.skipBlanks(b, at + 1, to);
    boolean problem = !Ascii.startsWith(b, at, to, TTY) && !Ascii.startsWith(b, at, to, PWD);
    boolean first = problem;
    boolean command = false;
    while (at < to && !command) {
      int end = Ascii.indexOf(b, at, to, SEPARATOR);
      // The command is the last part and may hold semicolons itself.
      command = Ascii.startsWith(b, at, to, COMMAND);
      end = end < 0 || command ? to : end;
      if (first) {
        e.set(Field.EVENT_REASON, b, at, end);
      } else if (command) {
        e.set(Field.PROCESS_COMMAND_LINE, b, at + COMMAND.length, end);
      } else if (Ascii.startsWith(b, at, end, TARGET)) {
        e.set(Field.USER_TARGET_NAME, b, at + TARGET.length, end);
      } else if (Ascii.startsWith(b, at, end, TTY)) {
        findings.extra(SUDO_TTY, 0, SUDO_TTY.length, b, at + TTY.length, end);
      } else if (Ascii.startsWith(b, at, end, PWD)) {
        findings.extra(SUDO_PWD, 0, SUDO_PWD.length, b, at + PWD.length, end);
      }
      first = false;
      at = end + SEPARATOR.length;
    }
    e.set(Field.USER_NAME, b, from, colon);
    event(SUDO, problem ? Words.FAILURE : Words.SUCCESS);
    e.set(Field.EVENT_CATEGORY, Words.PROCESS);
    return true;
  }

  /** {@code (to root) ayse on pts/0} and {@code FAILED SU (to root) ayse on pts/0}. */
  boolean su(byte[] b, int from, int to) {
    boolean failed = Ascii.startsWith(b, from, to, FAILED_SU);
    int open = Ascii.indexOf(b, from, Math.min(to, from + 16), TO_OPEN);
    int target;
    int targetEnd;
    int user;
    if (open >= 0) {
      target = open + TO_OPEN.length;
      targetEnd = Ascii.indexOf(b, target, to, ')');
      user = targetEnd < 0 ? to : Ascii.skipBlanks(b, targetEnd + 1, to);
    } else {
      int word = Ascii.indexOf(b, from, Math.min(to, from + 20), FOR);
      target = word + FOR.length;
      targetEnd = word < 0 ? -1 : Ascii.indexOf(b, target, to, BY);
      user = targetEnd + BY.length;
    }
    if (targetEnd < 0) {
      return false;
    }
    Event e = findings.event();
    e.set(Field.USER_TARGET_NAME, b, target, targetEnd);
    e.set(Field.USER_NAME, b, user, Ascii.tokenEnd(b, user, to));
    event(SU, failed ? Words.FAILURE : Words.SUCCESS);
    return true;
  }
}
