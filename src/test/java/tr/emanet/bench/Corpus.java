package tr.emanet.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A stream of log lines that is a pure function of (seed, number, start): 30 % FortiGate key=value,
 * 20 % nginx access, 15 % named queries, 12 % Windows 4624/4625 with structured data, 12 % sshd, 6 %
 * iptables, 5 % postfix; a third RFC 5424, the rest RFC 3164; about 250 bytes a line with its line
 * feed. Line {@code n} carries the time {@code start + n * step}. Devices that number what they do
 * (sessions, records, queue ids) make a word that no other line has: {@link #uniqueWord}.
 *
 * <p>One thread only; lines are written into a reused buffer.
 */
public final class Corpus {

  /** What is shipped as "the corpus". */
  public static final long SEED = 20_261_122L;

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final String[] NAMES = {
    "ayse", "mehmet", "fatma", "mustafa", "zeynep", "ali", "elif", "huseyin", "emine", "hasan",
    "hatice", "ibrahim", "merve", "osman", "esra", "yusuf", "busra", "murat", "kubra", "omer"
  };
  private static final String[] SURNAMES = {
    "yilmaz", "kaya", "demir", "celik", "sahin", "yildiz", "ozturk", "aydin", "arslan", "dogan"
  };
  private static final String[] UNITS = {
    "zabita", "imar", "fen", "mali", "yazi", "ozel", "basin", "saglik", "park", "ulasim"
  };
  private static final String[] WORDS = {
    "panel", "giris", "duyuru", "ihale", "haber", "mail", "cdn", "api", "static", "update",
    "img", "login", "odeme", "vergi", "harita", "arsiv", "video", "borc", "randevu", "evrak"
  };
  private static final String[] TLDS = {"com", "com.tr", "net", "gov.tr", "bel.tr", "org"};
  private static final String[] SERVICES = {"HTTPS", "HTTP", "DNS", "SSH", "SMTP", "RDP", "NTP"};
  private static final int[] PORTS = {443, 80, 53, 22, 25, 3389, 123};
  private static final String[] AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "curl/8.14.1",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"
  };
  private static final int[] STATUS = {200, 200, 200, 200, 304, 404, 301, 500};
  private static final String[] TYPES = {"A", "AAAA", "MX", "TXT", "PTR"};

  private final long seed;
  private final long startMillis;
  private final double stepMillis;
  private final byte[] out = new byte[2048];
  private int at;
  private long state;
  private long number;
  private long stampSecond = Long.MIN_VALUE;
  private ZonedDateTime stamp = ZonedDateTime.ofInstant(Instant.EPOCH, ZONE);
  private byte[] stamp3164 = new byte[0];
  private byte[] stampIso = new byte[0];

  /**
   * Describes a stream.
   *
   * @param start time of line 0
   * @param perSecond how many lines the stream claims to have a second
   */
  public Corpus(long seed, Instant start, double perSecond) {
    this.seed = seed;
    this.startMillis = start.toEpochMilli();
    this.stepMillis = 1000.0 / perSecond;
  }

  /** Makes line {@code n}, line feed included, in {@link #bytes}; returns its length. */
  public int line(long n) {
    number = n;
    state = mix(seed + n * 0x9E3779B97F4A7C15L);
    at = 0;
    time(startMillis + (long) (n * stepMillis));
    int kind = below(100);
    if (kind < 30) {
      fortigate();
    } else if (kind < 50) {
      nginx();
    } else if (kind < 65) {
      named();
    } else if (kind < 77) {
      windows();
    } else if (kind < 89) {
      sshd();
    } else if (kind < 95) {
      iptables();
    } else {
      postfix();
    }
    out[at++] = '\n';
    return at;
  }

  /** The buffer behind {@link #line}. */
  public byte[] bytes() {
    return out;
  }

  /** A word that only line {@code n} has, empty for devices that number nothing. */
  public Optional<String> uniqueWord(long n) {
    state = mix(seed + n * 0x9E3779B97F4A7C15L);
    int kind = below(100);
    if (kind < 30) {
      return Optional.of(Long.toString(3_000_000_000L + n));
    }
    if (kind >= 65 && kind < 77) {
      return Optional.of(Long.toString(5_000_000_000L + n));
    }
    if (kind >= 95) {
      return Optional.of(queueId(n));
    }
    return Optional.empty();
  }

  private static String queueId(long n) {
    return "4q" + Long.toString(n + 1_000_000_000L, 36) + "z";
  }

  private void fortigate() {
    header3164(189, "fgt-" + UNITS[below(3)], "");
    int service = below(SERVICES.length);
    text("date=").bytes(stampIso, 0, 10).text(" time=").bytes(stampIso, 11, 8);
    text(" devname=\"FGT-").text(UNITS[below(3)]).text("\" devid=\"FG100F00").number(below(4));
    text("\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" srcip=");
    ownIp().text(" srcport=").number(1024 + below(64_000)).text(" srcintf=\"lan").number(below(4));
    text("\" dstip=").publicIp().text(" dstport=").number(PORTS[service]);
    text(" dstintf=\"wan1\" sessionid=").number(3_000_000_000L + number);
    text(" proto=").number(service == 2 || service == 6 ? 17 : 6);
    text(" action=\"").text(below(10) < 8 ? "accept" : "deny").text("\" policyid=");
    number(1 + below(60)).text(" service=\"").text(SERVICES[service]).text("\" duration=");
    number(below(600)).text(" sentbyte=").number(below(90_000)).text(" rcvdbyte=");
    number(below(900_000));
  }

  private void nginx() {
    boolean modern = below(100) < 50;
    if (modern) {
      header5424(190, "web0" + below(4), "nginx", 800 + below(60), "-", "- ");
    } else {
      header3164(190, "web0" + below(4), "nginx: ");
    }
    publicIp().text(" - - [").number(stamp.getDayOfMonth(), 2).text("/");
    text(MONTHS[stamp.getMonthValue() - 1]).text("/").number(stamp.getYear()).text(":");
    bytes(stampIso, 11, 8).text(" +0300] \"").text(below(10) < 8 ? "GET /" : "POST /");
    text(WORDS[below(WORDS.length)]).text("/").text(WORDS[below(WORDS.length)]);
    if (below(3) == 0) {
      text("?id=").number(below(1_000_000));
    }
    text(" HTTP/1.1\" ").number(STATUS[below(STATUS.length)]).text(" ").number(below(60_000));
    text(" \"-\" \"").text(AGENTS[below(AGENTS.length)]).text("\"");
  }

  private void named() {
    boolean modern = below(100) < 50;
    if (modern) {
      header5424(30, "ns" + (1 + below(2)), "named", 700, "-", "- ");
    } else {
      header3164(30, "ns" + (1 + below(2)), "named[700]: ");
    }
    int port = 1024 + below(64_000);
    text("client @0x7f").hex(below(1 << 16), 4).text("10 ").ownIp().text("#").number(port).text(" (");
    int from = at;
    domain();
    int length = at - from;
    text("): query: ").bytes(out, from, length).text(" IN ").text(TYPES[below(TYPES.length)]);
    text(" + (10.0.0.").number(2 + below(2)).text(")");
  }

  private void windows() {
    boolean failed = below(5) == 0;
    int id = failed ? 4625 : 4624;
    header5424(
        failed ? 107 : 110,
        "DC0" + below(3) + ".belediye.local",
        "Microsoft-Windows-Security-Auditing",
        600,
        Integer.toString(id),
        "");
    text("[win@32473 EventID=\"").number(id).text("\" RecordNumber=\"");
    number(5_000_000_000L + number).text("\" TargetUserName=\"");
    user().text("\" TargetDomainName=\"BELEDIYE\" LogonType=\"").number(2 + below(9));
    text("\" IpAddress=\"").ownIp().text("\" IpPort=\"").number(1024 + below(64_000));
    text("\" WorkstationName=\"PC-").text(UNITS[below(UNITS.length)]).text("-");
    number(below(400)).text(failed ? "\"] An account failed to log on" : "\"] An account was");
    text(failed ? "" : " successfully logged on");
  }

  private void sshd() {
    boolean modern = below(100) < 60;
    int pid = 1000 + below(60_000);
    String host = "srv" + below(60);
    if (modern) {
      header5424(86, host, "sshd", pid, "-", "- ");
    } else {
      header3164(86, host, "sshd[" + pid + "]: ");
    }
    int what = below(10);
    if (what < 5) {
      text("Failed password for ").text(what < 2 ? "invalid user " : "");
    } else {
      text("Accepted ").text(what < 8 ? "publickey" : "password").text(" for ");
    }
    user().text(" from ").publicIp().text(" port ").number(1024 + below(64_000)).text(" ssh2");
  }

  private void iptables() {
    header3164(4, "gw" + below(3), "kernel: ");
    text("[").number(100_000 + number / 50).text(".").number(below(1_000_000), 6);
    text("] DROP IN=eth0 OUT= MAC=00:16:3e:").hex(below(256), 2).text(":").hex(below(256), 2);
    text(":01:52:54:00:12:34:56:08:00 SRC=").publicIp().text(" DST=193.140.");
    number(below(4)).text(".").number(below(256)).text(" LEN=").number(40 + below(20));
    text(" TOS=0x00 PREC=0x00 TTL=").number(40 + below(80)).text(" ID=").number(below(65_536));
    text(" PROTO=TCP SPT=").number(1024 + below(64_000)).text(" DPT=");
    number(PORTS[below(PORTS.length)]).text(" WINDOW=1024 RES=0x00 SYN URGP=0");
  }

  private void postfix() {
    header3164(22, "mx1", "postfix/smtp[" + (2000 + below(300)) + "]: ");
    text(queueId(number)).text(": to=<");
    user().text("@").domain().text(">, relay=mail.");
    domain().text("[").publicIp().text("]:25, delay=0.").number(below(100), 2);
    text(", dsn=2.0.0, status=").text(below(10) < 9 ? "sent" : "deferred").text(" (250 OK)");
  }

  private Corpus user() {
    return text(NAMES[below(NAMES.length)]).text(".").text(SURNAMES[below(SURNAMES.length)]);
  }

  private Corpus domain() {
    text(WORDS[below(WORDS.length)]);
    if (below(4) == 0) {
      number(below(30_000));
    }
    text(".").text(WORDS[below(WORDS.length)]).text(SURNAMES[below(SURNAMES.length)]).text(".");
    return text(TLDS[below(TLDS.length)]);
  }

  /** One of about five thousand machines in the offices of a municipality. */
  private Corpus ownIp() {
    return text("10.").number(below(4)).text(".").number(below(5)).text(".").number(1 + below(250));
  }

  /** Two thirds come from a few thousand addresses, the rest from anywhere. */
  private Corpus publicIp() {
    if (below(3) != 0) {
      int n = below(5000);
      return text("185.").number(n & 15).text(".").number(n >> 4 & 255).text(".").number(n % 250);
    }
    number(11 + below(180)).text(".").number(below(256)).text(".");
    return number(below(256)).text(".").number(below(256));
  }

  private void header3164(int pri, String host, String tag) {
    text("<").number(pri).text(">").bytes(stamp3164, 0, stamp3164.length).text(" ");
    text(host).text(" ").text(tag);
  }

  private void header5424(int pri, String host, String app, int pid, String id, String data) {
    text("<").number(pri).text(">1 ").bytes(stampIso, 0, stampIso.length).text(" ").text(host);
    text(" ").text(app).text(" ").number(pid).text(" ").text(id).text(" ").text(data);
  }

  private void time(long millis) {
    long second = Math.floorDiv(millis, 1000L);
    if (second == stampSecond) {
      return;
    }
    stampSecond = second;
    stamp = Instant.ofEpochSecond(second).atZone(ZONE);
    at = 0;
    int day = stamp.getDayOfMonth();
    text(MONTHS[stamp.getMonthValue() - 1]).text(day < 10 ? "  " : " ").number(day).text(" ");
    clock(stamp);
    stamp3164 = java.util.Arrays.copyOf(out, at);
    ZonedDateTime utc = stamp.withZoneSameInstant(ZoneOffset.ofHours(3));
    at = 0;
    number(utc.getYear()).text("-").number(utc.getMonthValue(), 2).text("-");
    number(utc.getDayOfMonth(), 2).text("T");
    clock(utc);
    text("+03:00");
    stampIso = java.util.Arrays.copyOf(out, at);
    at = 0;
  }

  private void clock(ZonedDateTime t) {
    number(t.getHour(), 2).text(":").number(t.getMinute(), 2).text(":").number(t.getSecond(), 2);
  }

  private Corpus text(String ascii) {
    int length = ascii.length();
    for (int i = 0; i < length; i++) {
      out[at + i] = (byte) ascii.charAt(i);
    }
    at += length;
    return this;
  }

  private Corpus bytes(byte[] b, int from, int length) {
    System.arraycopy(b, from, out, at, length);
    at += length;
    return this;
  }

  private Corpus number(long value) {
    int digits = 1;
    for (long v = value; v > 9; v /= 10) {
      digits++;
    }
    return number(value, digits);
  }

  private Corpus number(long value, int digits) {
    long v = value;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + v % 10);
      v /= 10;
    }
    at += digits;
    return this;
  }

  private Corpus hex(int value, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      int d = value >> i * 4 & 15;
      out[at++] = (byte) (d < 10 ? '0' + d : 'a' + d - 10);
    }
    return this;
  }

  private int below(int bound) {
    state += 0x9E3779B97F4A7C15L;
    return (int) ((mix(state) >>> 33) * bound >>> 31);
  }

  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
    return b ^ b >>> 31;
  }

  /** Line {@code n} as text, for people. */
  public String text(long n) {
    int length = line(n);
    return new String(out, 0, length - 1, StandardCharsets.UTF_8);
  }
}
