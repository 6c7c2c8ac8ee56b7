package tr.emanet.demo;

import static tr.emanet.demo.LineBuffer.all;
import static tr.emanet.demo.LineBuffer.bytes;

import tr.emanet.demo.CorpusGenerator.Stamps;

/** Bodies of the corpus lines, one method a kind. One thread only. */
final class CorpusLines {

  static final byte[] NGINX = bytes("nginx");
  static final byte[] NAMED = bytes("named");
  static final byte[] SSHD = bytes("sshd");
  static final byte[] KERNEL = bytes("kernel");
  static final byte[] POSTFIX = bytes("postfix/smtp");
  static final byte[] NO_APP = bytes("- - - - ");
  static final byte[] NO_ID = bytes(" - - ");

  private static final byte[][] WORDS =
      all(
          "imar",
          "vergi",
          "su",
          "ruhsat",
          "evrak",
          "nikah",
          "park",
          "zabita",
          "itfaiye",
          "meclis",
          "basvuru",
          "odeme",
          "harita",
          "ihale",
          "destek",
          "portal",
          "rapor",
          "kamera",
          "sensor",
          "arsiv",
          "duyuru",
          "etkinlik",
          "otopark",
          "temizlik",
          "ulasim",
          "kultur",
          "spor");
  private static final byte[][] TLDS = all(".example", ".example.com", ".example.net", ".test");
  private static final byte[][] NAMES =
      all(
          "ayse", "mehmet", "fatma", "ali", "zeynep", "mustafa", "elif", "huseyin", "emine",
          "ahmet", "hatice", "murat", "merve", "osman", "selin", "kemal", "derya", "onur");
  private static final byte[][] SURNAMES =
      all("yilmaz", "kaya", "demir", "celik", "sahin", "yildiz", "aydin", "ozturk", "arslan");
  private static final byte[][] METHODS = all("GET ", "GET ", "GET ", "POST ", "HEAD ");
  private static final byte[][] STATUSES = all("200", "200", "200", "304", "302", "404", "500");
  private static final byte[][] AGENTS =
      all(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
          "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148",
          "curl/8.14.1");
  private static final byte[][] SERVICES = all("HTTPS", "HTTP", "DNS", "SMTP", "RDP", "SSH", "NTP");
  private static final int[] PORTS = {443, 80, 53, 25, 3389, 22, 123};
  private static final byte[][] ACTIONS = all("accept", "accept", "close", "deny");
  private static final byte[][] TYPES = all("A", "A", "AAAA", "MX", "TXT", "PTR");

  private final Dice dice;
  private final Stamps stamps;

  CorpusLines(Dice dice, Stamps stamps) {
    this.dice = dice;
    this.stamps = stamps;
  }

  private final byte[][] firewalls = hosts("fgt-", 4);
  private final byte[][] webs = hosts("web-dmz", 6);
  private final byte[][] nameServers = hosts("ns", 3);
  private final byte[][] controllers = hosts("dc0", 4);
  private final byte[][] servers = hosts("uyg", 40);
  private final byte[][] mails = hosts("mx", 2);

  private static byte[][] hosts(String prefix, int count) {
    byte[][] hosts = new byte[count][];
    for (int i = 0; i < count; i++) {
      hosts[i] = bytes(prefix + (i + 1));
    }
    return hosts;
  }

  byte[] firewall() {
    return dice.of(firewalls);
  }

  byte[] web() {
    return dice.of(webs);
  }

  byte[] nameServer() {
    return dice.of(nameServers);
  }

  byte[] controller() {
    return dice.of(controllers);
  }

  byte[] server() {
    return dice.of(servers);
  }

  byte[] mail() {
    return dice.of(mails);
  }

  /** 10.20.0.0/14: the machines of the house. */
  private int inside() {
    return 10 << 24 | 20 << 16 | dice.skewed(1 << 18);
  }

  /** 100.64.0.0/10 and the documentation networks: everybody else. */
  private int outside() {
    if (dice.below(4) == 0) {
      return 203 << 24 | 113 << 8 | dice.below(256);
    }
    return 100 << 24 | 64 << 16 | dice.skewed(1 << 22);
  }

  private int port() {
    return 1024 + dice.below(64_000);
  }

  private void user(LineBuffer line) {
    line.put(dice.of(NAMES)).put('.').put(dice.of(SURNAMES));
  }

  private void domain(LineBuffer line) {
    line.put(dice.of(WORDS)).put('-').put(dice.of(WORDS)).number(dice.skewed(500));
    line.put(dice.of(TLDS));
  }

  private static final byte[] FG_DATE = bytes("date=");
  private static final byte[] FG_TIME = bytes(" time=");
  private static final byte[] FG_DEVICE =
      bytes(
          " devname=\"fgt-merkez\" devid=\"FG100E0000000001\" logid=\"0000000013\" type=\"traffic\""
              + " subtype=\"forward\" level=\"notice\" srcip=");
  private static final byte[] FG_SRCPORT = bytes(" srcport=");
  private static final byte[] FG_DST = bytes(" srcintf=\"lan\" dstip=");
  private static final byte[] FG_DSTPORT = bytes(" dstport=");
  private static final byte[] FG_SESSION = bytes(" sessionid=");
  private static final byte[] FG_ACTION = bytes(" proto=6 action=\"");
  private static final byte[] FG_POLICY = bytes("\" policyid=");
  private static final byte[] FG_SERVICE = bytes(" service=\"");
  private static final byte[] FG_SENT = bytes("\" sentbyte=");
  private static final byte[] FG_RECEIVED = bytes(" rcvdbyte=");

  void fortigate(LineBuffer line) {
    int service = dice.below(PORTS.length);
    line.put(FG_DATE).put(stamps.date).put(FG_TIME).put(stamps.time).put(FG_DEVICE);
    line.address(inside()).put(FG_SRCPORT).number(port());
    line.put(FG_DST).address(outside()).put(FG_DSTPORT).number(PORTS[service]);
    line.put(FG_SESSION).number(dice.below(100_000_000)).put(FG_ACTION).put(dice.of(ACTIONS));
    line.put(FG_POLICY).number(dice.below(120)).put(FG_SERVICE).put(SERVICES[service]);
    line.put(FG_SENT).number(dice.skewed(1_000_000));
    line.put(FG_RECEIVED).number(dice.skewed(9_000_000));
  }

  private static final byte[] WEB_USER = bytes(" - - [");
  private static final byte[] WEB_ZONE = bytes(" +0300] \"");
  private static final byte[] WEB_QUERY = bytes("?sayfa=");
  private static final byte[] WEB_VERSION = bytes(" HTTP/1.1\" ");
  private static final byte[] WEB_REFERRER = bytes(" \"https://www.example.org/\" \"");

  void nginx(LineBuffer line) {
    line.address(outside()).put(WEB_USER).put(stamps.access).put(WEB_ZONE);
    line.put(dice.of(METHODS)).put('/').put(dice.of(WORDS)).put('/').put(dice.of(WORDS));
    line.put(WEB_QUERY).number(dice.skewed(100_000)).put(WEB_VERSION).put(dice.of(STATUSES));
    line.put(' ').number(dice.skewed(200_000)).put(WEB_REFERRER).put(dice.of(AGENTS)).put('"');
  }

  private static final byte[] DNS_CLIENT = bytes("client @0x7f");
  private static final byte[] DNS_QUERY = bytes("): query: ");
  private static final byte[] DNS_IN = bytes(" IN ");
  private static final byte[] DNS_FLAGS = bytes(" +E(0)K (10.20.0.53)");
  private final byte[] name = new byte[128];
  private final LineBuffer question = new LineBuffer();

  void named(LineBuffer line) {
    question.to(name, 0);
    domain(question);
    line.put(DNS_CLIENT).hex(dice.next(), 10).put(' ').address(inside()).put('#').number(port());
    line.put(' ').put('(').put(name, question.end()).put(DNS_QUERY).put(name, question.end());
    line.put(DNS_IN).put(dice.of(TYPES)).put(DNS_FLAGS);
  }

  private static final byte[] WIN_APP =
      bytes("Microsoft-Windows-Security-Auditing 612 - [NXLOG@14506 EventID=\"462");
  private static final byte[] WIN_TARGET = bytes("\" Channel=\"Security\" TargetUserName=\"");
  private static final byte[] WIN_DOMAIN = bytes("\" TargetDomainName=\"BELEDIYE\" LogonType=\"");
  private static final byte[] WIN_STATION = bytes("\" WorkstationName=\"PC-");
  private static final byte[] WIN_ADDRESS = bytes("\" IpAddress=\"");
  private static final byte[] WIN_PORT = bytes("\" IpPort=\"");
  private static final byte[] WIN_GOOD = bytes("\"] An account was successfully logged on.");
  private static final byte[] WIN_BAD = bytes("\"] An account failed to log on.");

  void windows(LineBuffer line) {
    boolean bad = dice.below(6) == 0;
    line.put(WIN_APP).put(bad ? '5' : '4').put(WIN_TARGET);
    user(line);
    line.put(WIN_DOMAIN).number(2 + dice.below(2)).put(WIN_STATION).number(dice.below(2000), 4);
    line.put(WIN_ADDRESS).address(inside()).put(WIN_PORT).number(port());
    line.put(bad ? WIN_BAD : WIN_GOOD);
  }

  private static final byte[] SSH_FAILED = bytes("Failed password for ");
  private static final byte[] SSH_INVALID = bytes("invalid user ");
  private static final byte[] SSH_ACCEPTED = bytes("Accepted publickey for ");
  private static final byte[] SSH_FROM = bytes(" from ");
  private static final byte[] SSH_PORT = bytes(" port ");
  private static final byte[] SSH_END = bytes(" ssh2");

  void sshd(LineBuffer line) {
    boolean failed = dice.below(5) < 3;
    line.put(failed ? SSH_FAILED : SSH_ACCEPTED);
    if (failed && dice.below(2) == 0) {
      line.put(SSH_INVALID);
    }
    user(line);
    line.put(SSH_FROM).address(failed ? outside() : inside());
    line.put(SSH_PORT).number(port()).put(SSH_END);
  }

  private static final byte[] FW_START = bytes("[UFW BLOCK] IN=eth0 OUT= MAC=52:54:00:");
  private static final byte[] FW_SRC = bytes(":5e:e1:a4:3b:cf:f0:08:00 SRC=");
  private static final byte[] FW_DST = bytes(" DST=");
  private static final byte[] FW_LENGTH = bytes(" LEN=60 TOS=0x00 PREC=0x00 TTL=");
  private static final byte[] FW_ID = bytes(" ID=");
  private static final byte[] FW_SPT = bytes(" DF PROTO=TCP SPT=");
  private static final byte[] FW_DPT = bytes(" DPT=");
  private static final byte[] FW_END = bytes(" WINDOW=64240 RES=0x00 SYN URGP=0");

  void netfilter(LineBuffer line) {
    line.put('[').number(dice.below(10_000_000)).put('.').number(dice.below(1_000_000), 6);
    line.put(']').put(' ').put(FW_START).hex(dice.next(), 2).put(':').hex(dice.next(), 2);
    line.put(':').hex(dice.next(), 2).put(FW_SRC).address(outside()).put(FW_DST);
    line.address(inside()).put(FW_LENGTH).number(40 + dice.below(80)).put(FW_ID);
    line.number(dice.below(65_536)).put(FW_SPT).number(port()).put(FW_DPT);
    line.number(PORTS[dice.below(PORTS.length)]).put(FW_END);
  }

  private static final byte[] MAIL_TO = bytes(": to=<");
  private static final byte[] MAIL_RELAY = bytes(">, relay=mx.");
  private static final byte[] MAIL_DELAY = bytes("]:25, delay=");
  private static final byte[] MAIL_END =
      bytes(", delays=0.1/0/0.3/0.6, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued)");

  void postfix(LineBuffer line) {
    line.hex(dice.next(), 10).put(MAIL_TO);
    user(line);
    line.put('@');
    domain(line);
    line.put(MAIL_RELAY);
    domain(line);
    line.put('[').address(outside()).put(MAIL_DELAY).number(dice.below(10)).put('.');
    line.number(dice.below(10)).put(MAIL_END);
  }
}
