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
    DHCP("dhcp"),
    CONNTRACK("conntrack"),
    HOTSPOT("hotspot"),
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
    WEB,
    DHCPD,
    DNSMASQ_DHCP,
    KEA,
    CONNTRACK,
    PORTAL
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
              entry("apache2", Program.WEB),
              entry("dhcpd", Program.DHCPD),
              entry("dhcpd6", Program.DHCPD),
              entry("dnsmasq-dhcp", Program.DNSMASQ_DHCP),
              entry("kea-dhcp4", Program.KEA),
              entry("kea-dhcp6", Program.KEA),
              entry("conntrack", Program.CONNTRACK),
              entry("nf_conntrack", Program.CONNTRACK),
              entry("ulogd", Program.CONNTRACK),
              entry("ulogd2", Program.CONNTRACK),
              entry("logportalauth", Program.PORTAL)));
  private static final byte[] BIND_CLIENT = Ascii.of("client ");
  private static final byte[] PAM = Ascii.of("pam_");
  private static final byte[] IN = Ascii.of("IN=");
  private static final byte[] SRC = Ascii.of("SRC=");
  private static final byte[] HOTSPOT_TOPIC = Ascii.of("hotspot,");
  private static final byte[] DHCP_TOPIC = Ascii.of("dhcp,");

  private final Findings findings;
  private final JsonPayload json;
  private final CefPayload cef;
  private final KeyValuePayload keyValue;
  private final SshdPayload sshd;
  private final LoginPayload login;
  private final ServicePayload service;
  private final DnsmasqPayload dnsmasq;
  private final DhcpPayload dhcp;
  private final WindowsDhcpPayload windowsDhcp;
  private final ConntrackPayload conntrack;
  private final SessionPayload session;
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
    dhcp = new DhcpPayload(findings);
    windowsDhcp = new WindowsDhcpPayload(findings);
    conntrack = new ConntrackPayload(findings);
    session = new SessionPayload(findings);
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
    Kind traffic = traffic(c, b, from, to);
    if (traffic != Kind.NONE) {
      return traffic;
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

  /** Records of traffic that come without the name of a program; one comparison for others. */
  private Kind traffic(int c, byte[] b, int from, int to) {
    return switch (c) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          WindowsDhcpPayload.likely(b, from, to) && windowsDhcp.parse(b, from, to)
              ? Kind.DHCP
              : Kind.NONE;
      case '[', 'i' ->
          ConntrackPayload.likely(b, from, to) && conntrack.parse(b, from, to)
              ? Kind.CONNTRACK
              : Kind.NONE;
      case 'h' ->
          Ascii.startsWith(b, from, to, HOTSPOT_TOPIC) && session.hotspot(b, rest(b, from, to), to)
              ? Kind.HOTSPOT
              : Kind.NONE;
      case 'd' ->
          Ascii.startsWith(b, from, to, DHCP_TOPIC) && dhcp.routerOs(b, rest(b, from, to), to)
              ? Kind.DHCP
              : Kind.NONE;
      default -> Kind.NONE;
    };
  }

  /** After the topics with which RouterOS begins a line. */
  private static int rest(byte[] b, int from, int to) {
    return Ascii.skipBlanks(b, Ascii.tokenEnd(b, from, to), to);
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
      case DHCPD -> dhcp.dhcpd(b, from, to) ? Kind.DHCP : Kind.NONE;
      case DNSMASQ_DHCP -> dhcp.dnsmasq(b, from, to) ? Kind.DHCP : Kind.NONE;
      case KEA -> dhcp.kea(b, from, to) ? Kind.DHCP : Kind.NONE;
      case CONNTRACK -> conntrack.parse(b, from, to) ? Kind.CONNTRACK : Kind.NONE;
      case PORTAL -> session.portal(b, from, to) ? Kind.HOTSPOT : Kind.NONE;
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
