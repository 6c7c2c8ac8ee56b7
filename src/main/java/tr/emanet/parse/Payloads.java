package tr.emanet.parse;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/** Chooses the extractor for the text after a header, cheapest signs first. One thread only. */
final class Payloads {

  /** What an extractor is called in {@code emanet.parser}. */
  enum Kind {
    NONE(""),
    JSON("json"),
    CEF("cef"),
    KEY_VALUE("kv"),
    NETFILTER("netfilter"),
    SSHD("sshd"),
    PAM("pam"),
    SUDO("sudo"),
    POSTFIX("postfix"),
    NAMED("named"),
    DNSMASQ("dnsmasq"),
    SQUID("squid"),
    ACCESS_LOG("access");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private enum Program {
    SSHD,
    SUDO,
    SU,
    POSTFIX,
    NAMED,
    DNSMASQ,
    KERNEL,
    WEB
  }

  private static final KeyTable<Program> PROGRAMS =
      new KeyTable<>(
          Map.ofEntries(
              entry("sshd", Program.SSHD),
              entry("sshd-session", Program.SSHD),
              entry("sshd-auth", Program.SSHD),
              entry("sudo", Program.SUDO),
              entry("su", Program.SU),
              entry("postfix", Program.POSTFIX),
              entry("named", Program.NAMED),
              entry("dnsmasq", Program.DNSMASQ),
              entry("kernel", Program.KERNEL),
              entry("nginx", Program.WEB),
              entry("httpd", Program.WEB),
              entry("apache", Program.WEB),
              entry("apache2", Program.WEB)));
  private static final byte[] BIND_CLIENT = Ascii.of("client ");
  private static final byte[] PAM = Ascii.of("pam_");
  private static final byte[] IN = Ascii.of("IN=");
  private static final byte[] SRC = Ascii.of("SRC=");

  private final Findings findings;
  private final JsonPayload json;
  private final CefPayload cef;
  private final KeyValuePayload keyValue;
  private final SshdPayload sshd;
  private final LoginPayload login;
  private final ServicePayload service;
  private final DnsmasqPayload dnsmasq;
  private final SquidPayload squid;
  private final AccessLogPayload access;

  Payloads(Findings findings, WindowsData windows) {
    this.findings = findings;
    json = new JsonPayload(findings, windows);
    cef = new CefPayload(findings);
    keyValue = new KeyValuePayload(findings);
    sshd = new SshdPayload(findings);
    login = new LoginPayload(findings, keyValue);
    service = new ServicePayload(findings);
    dnsmasq = new DnsmasqPayload(findings);
    squid = new SquidPayload(findings);
    access = new AccessLogPayload(findings);
  }

  /** Extracts {@code b[from, to)}, which begins with no blank. */
  Kind extract(byte[] b, int from, int to, boolean sensor) {
    if (from >= to) {
      return Kind.NONE;
    }
    int c = b[from];
    if (c == '{') {
      return json.parse(b, from, to, sensor) ? Kind.JSON : Kind.NONE;
    }
    if (c == 'C' && CefPayload.begins(b, from, to) && cef.parse(b, from, to)) {
      return Kind.CEF;
    }
    if (c == 'p' && Ascii.startsWith(b, from, to, PAM) && login.pam(b, from, to)) {
      return Kind.PAM;
    }
    Kind known = program(b, from, to);
    if (known != Kind.NONE) {
      return known;
    }
    // BIND's own log files carry no program name, but category and level before the client.
    if (Ascii.indexOf(b, from, Math.min(to, from + 24), BIND_CLIENT) >= 0
        && service.named(b, from, to)) {
      return Kind.NAMED;
    }
    if (Ascii.digit(c) && SquidPayload.likely(b, from, to) && squid.parse(b, from, to)) {
      return Kind.SQUID;
    }
    if (AccessLogPayload.likely(b, from, to) && access.parse(b, from, to)) {
      return Kind.ACCESS_LOG;
    }
    if (KeyValuePayload.likely(b, from, to) && keyValue.parse(b, from, to) > 0) {
      return Kind.KEY_VALUE;
    }
    return Kind.NONE;
  }

  private Kind program(byte[] b, int from, int to) {
    Program program = programOf(findings.event());
    if (program == null) {
      return Kind.NONE;
    }
    return switch (program) {
      case SSHD -> sshd.parse(b, from, to) ? Kind.SSHD : Kind.NONE;
      case SUDO -> login.sudo(b, from, to) ? Kind.SUDO : Kind.NONE;
      case SU -> login.su(b, from, to) ? Kind.SUDO : Kind.NONE;
      case POSTFIX -> service.postfix(b, from, to) ? Kind.POSTFIX : Kind.NONE;
      case NAMED -> service.named(b, from, to) ? Kind.NAMED : Kind.NONE;
      case DNSMASQ -> dnsmasq.parse(b, from, to) ? Kind.DNSMASQ : Kind.NONE;
      case KERNEL -> kernel(b, from, to);
      case WEB -> Kind.NONE;
    };
  }

  /** The program by the name up to a slash: {@code postfix/smtpd} is postfix. */
  private static @Nullable Program programOf(Event e) {
    if (!e.has(Field.PROCESS_NAME)) {
      return null;
    }
    byte[] name = e.valueBytes(Field.PROCESS_NAME);
    int from = e.valueFrom(Field.PROCESS_NAME);
    int to = e.valueTo(Field.PROCESS_NAME);
    int slash = Ascii.indexOf(name, from, to, '/');
    if (slash == from) {
      int last = to;
      while (name[last - 1] != '/') {
        last--;
      }
      return PROGRAMS.find(name, last, to);
    }
    return PROGRAMS.find(name, from, slash < 0 ? to : slash);
  }

  private Kind kernel(byte[] b, int from, int to) {
    int in = Ascii.indexOf(b, from, to, IN);
    if (in < 0 || Ascii.indexOf(b, in, to, SRC) < 0) {
      return Kind.NONE;
    }
    keyValue.netfilter(b, from, in, to);
    return Kind.NETFILTER;
  }
}
