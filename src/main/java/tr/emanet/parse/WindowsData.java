package tr.emanet.parse;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Maps the event data of Windows, as forwarders write it into structured data or JSON, to core
 * fields. The account that logs in ({@code TargetUserName} of 4624, 4625 and the other log-on
 * events) is {@code user.name}; where somebody acts on an account ({@code 4720} and its
 * neighbours), the actor is {@code user.name} and the account {@code user.target.name}. One thread
 * only.
 */
final class WindowsData {

  private enum Slot {
    EVENT_ID,
    TARGET_USER,
    TARGET_DOMAIN,
    SUBJECT_USER,
    SUBJECT_DOMAIN,
    ADDRESS,
    PORT,
    COMPUTER,
    PROCESS_NAME,
    COMMAND_LINE
  }

  private static final KeyTable<Slot> KEYS =
      new KeyTable<>(
          Map.ofEntries(
              entry("EventID", Slot.EVENT_ID),
              entry("TargetUserName", Slot.TARGET_USER),
              entry("TargetDomainName", Slot.TARGET_DOMAIN),
              entry("SubjectUserName", Slot.SUBJECT_USER),
              entry("SubjectDomainName", Slot.SUBJECT_DOMAIN),
              entry("IpAddress", Slot.ADDRESS),
              entry("IpPort", Slot.PORT),
              entry("Computer", Slot.COMPUTER),
              entry("NewProcessName", Slot.PROCESS_NAME),
              entry("CommandLine", Slot.COMMAND_LINE)));

  private static final byte[] DATASET = Ascii.of("windows.security");
  private static final byte[] LOGON = Ascii.of("logged-in");
  private static final byte[] LOGON_FAILED = Ascii.of("logon-failed");
  private static final byte[] LOGOFF = Ascii.of("logged-out");
  private static final byte[] EXPLICIT = Ascii.of("logged-in-explicit");
  private static final byte[] PRIVILEGED = Ascii.of("logged-in-special");
  private static final byte[] TICKET = Ascii.of("kerberos-authentication-ticket-requested");
  private static final byte[] SERVICE_TICKET = Ascii.of("kerberos-service-ticket-requested");
  private static final byte[] PREAUTH_FAILED = Ascii.of("kerberos-preauth-failed");
  private static final byte[] VALIDATED = Ascii.of("credential-validated");
  private static final byte[] PROCESS_CREATED = Ascii.of("created-process");
  private static final byte[] USER_CREATED = Ascii.of("added-user-account");
  private static final byte[] USER_DELETED = Ascii.of("deleted-user-account");
  private static final byte[] LOCKED = Ascii.of("locked-out-user-account");
  private static final byte[] LOG_CLEARED = Ascii.of("audit-log-cleared");

  private final Findings findings;
  private byte @Nullable [] target;
  private int targetFrom;
  private int targetTo;
  private byte @Nullable [] subject;
  private int subjectFrom;
  private int subjectTo;
  private long eventId;

  WindowsData(Findings findings) {
    this.findings = findings;
  }

  void begin() {
    target = null;
    subject = null;
    eventId = -1;
  }

  /** Takes a parameter when its name is known; false when the caller should keep it as an extra. */
  boolean accept(byte[] k, int kf, int kt, byte[] v, int vf, int vt) {
    Slot slot = KEYS.find(k, kf, kt);
    if (slot == null || vt <= vf) {
      return false;
    }
    return switch (slot) {
      case EVENT_ID -> {
        eventId = Ascii.number(v, vf, vt);
        yield eventId >= 0 && findings.put(Field.EVENT_CODE, v, vf, vt);
      }
      case TARGET_USER -> {
        target = v;
        targetFrom = vf;
        targetTo = vt;
        yield true;
      }
      case SUBJECT_USER -> {
        subject = v;
        subjectFrom = vf;
        subjectTo = vt;
        yield false;
      }
      case SUBJECT_DOMAIN -> false;
      case TARGET_DOMAIN -> findings.put(Field.USER_DOMAIN, v, vf, vt);
      case ADDRESS -> findings.put(Field.SOURCE_IP, v, vf, vt);
      case PORT -> findings.put(Field.SOURCE_PORT, v, vf, vt);
      case COMPUTER -> findings.put(Field.HOST_NAME, v, vf, vt);
      case PROCESS_NAME -> {
        findings.event().set(Field.PROCESS_NAME, v, vf, vt);
        yield true;
      }
      case COMMAND_LINE -> findings.put(Field.PROCESS_COMMAND_LINE, v, vf, vt);
    };
  }

  /** Decides who acted on whom, once all parameters are seen. */
  void finish() {
    Event e = findings.event();
    byte[] to = target;
    byte[] by = subject;
    if (to != null) {
      boolean acted = actsOnAccount() && by != null;
      findings.put(acted ? Field.USER_TARGET_NAME : Field.USER_NAME, to, targetFrom, targetTo);
    }
    if (by != null && (to == null || actsOnAccount())) {
      findings.put(Field.USER_NAME, by, subjectFrom, subjectTo);
    }
    if (eventId < 0 || to == null && by == null) {
      return;
    }
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.OBSERVER_VENDOR, Words.MICROSOFT);
    describe((int) Math.min(eventId, 100_000));
  }

  private boolean actsOnAccount() {
    return eventId >= 4720 && eventId <= 4767 && eventId != 4740 || eventId == 4648;
  }

  private void describe(int id) {
    switch (id) {
      case 4624 -> event(Words.AUTHENTICATION, LOGON, Words.SUCCESS);
      case 4625 -> event(Words.AUTHENTICATION, LOGON_FAILED, Words.FAILURE);
      case 4634, 4647 -> event(Words.AUTHENTICATION, LOGOFF, Words.SUCCESS);
      case 4648 -> event(Words.AUTHENTICATION, EXPLICIT, Words.SUCCESS);
      case 4672 -> event(Words.IAM, PRIVILEGED, Words.SUCCESS);
      case 4688 -> event(Words.PROCESS, PROCESS_CREATED, Words.SUCCESS);
      case 4720 -> event(Words.IAM, USER_CREATED, Words.SUCCESS);
      case 4726 -> event(Words.IAM, USER_DELETED, Words.SUCCESS);
      case 4740 -> event(Words.IAM, LOCKED, Words.SUCCESS);
      case 4768 -> event(Words.AUTHENTICATION, TICKET, null);
      case 4769 -> event(Words.AUTHENTICATION, SERVICE_TICKET, null);
      case 4771 -> event(Words.AUTHENTICATION, PREAUTH_FAILED, Words.FAILURE);
      case 4776 -> event(Words.AUTHENTICATION, VALIDATED, null);
      case 1102 -> event(Words.IAM, LOG_CLEARED, Words.SUCCESS);
      default -> {}
    }
  }

  private void event(byte[] category, byte[] action, byte @Nullable [] outcome) {
    Event e = findings.event();
    e.set(Field.EVENT_CATEGORY, category);
    e.set(Field.EVENT_ACTION, action);
    if (outcome != null) {
      e.set(Field.EVENT_OUTCOME, outcome);
    }
  }
}
