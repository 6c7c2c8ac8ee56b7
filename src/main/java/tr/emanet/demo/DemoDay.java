package tr.emanet.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happens in a municipality of the imagination: firewall, name servers, web, Windows log-ons,
 * administrators, an application that writes Turkish, sensors, and now and then somebody who
 * guesses passwords. The same seed tells the same day. One thread only.
 */
final class DemoDay {

  /** The address that guesses passwords. */
  static final String ATTACKER = "203.0.113.47";

  /** Between two guesses. */
  static final long GUESS_MILLIS = 1400;

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(3);
  private static final DateTimeFormatter BSD =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.US);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.US);
  private static final DateTimeFormatter ACCESS =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.US);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("'date='yyyy-MM-dd' time='HH:mm:ss", Locale.US);

  private static final String[] USERS = {
    "ayse.yilmaz",
    "mehmet.kaya",
    "fatma.demir",
    "ali.celik",
    "zeynep.sahin",
    "murat.aydin",
    "elif.ozturk",
    "kemal.arslan"
  };
  private static final String[] GUESSED = {
    "root", "admin", "yedek", "test", "oracle", "postgres", "guest", "belediye", "user", "ftp"
  };
  private static final String[] SITES = {
    "www.example.org",
    "mail.example.net",
    "cdn.example.com",
    "api.example.org",
    "guncelleme.example"
  };
  private static final String[] PAGES = {
    "/e-belediye/giris",
    "/e-belediye/borc-sorgu",
    "/haberler",
    "/imar/durum",
    "/ihaleler",
    "/iletisim",
    "/su/abonelik",
    "/nikah/randevu"
  };
  private static final String[] APPLICATION = {
    "Ödeme alındı, makbuz no %d", "Başvuru kaydedildi, dilekçe no %d",
    "BAŞARISIZ giriş denemesi, kullanıcı no %d", "Evrak imzaya gönderildi, sayı %d",
    "Ruhsat işlemi tamamlandı, dosya %d", "Bağlantı zaman aşımına uğradı, istek %d"
  };
  private static final String[] ROOMS = {"sistem-odasi", "arsiv", "depo-3", "santral"};

  private final Dice dice;
  private long serial = 1000;

  DemoDay(long seed) {
    dice = new Dice(seed);
  }

  /** Something that happens at the given moment. */
  DemoEvent at(Instant now) {
    LocalDateTime local = LocalDateTime.ofInstant(now, ZONE);
    int kind = dice.below(100);
    if (kind < 34) {
      return firewall(local);
    }
    if (kind < 50) {
      return web(local);
    }
    if (kind < 62) {
      return dns(local);
    }
    if (kind < 72) {
      return windows(local);
    }
    if (kind < 80) {
      return administrator(local);
    }
    return kind < 88 ? application(local) : reading(now);
  }

  /** The same without sensors, whose messages carry no time of their own. */
  DemoEvent.Syslog lineAt(Instant then) {
    while (true) {
      if (at(then) instanceof DemoEvent.Syslog line) {
        return line;
      }
    }
  }

  /** One minute of guessing passwords that ends with a success. */
  List<DemoEvent.Syslog> bruteForce(Instant from) {
    List<DemoEvent.Syslog> story = new ArrayList<>();
    int pid = 20_000 + dice.below(9000);
    for (int i = 0; i < 40; i++) {
      String user = dice.of(GUESSED);
      String invalid = user.equals("root") ? "" : "invalid user ";
      story.add(
          sshd(
              LocalDateTime.ofInstant(from.plusMillis(i * GUESS_MILLIS), ZONE),
              "ebys-uyg01",
              pid + i,
              "Failed password for " + invalid + user + " from " + ATTACKER + " port "));
    }
    story.add(
        sshd(
            LocalDateTime.ofInstant(from.plusMillis(40 * GUESS_MILLIS), ZONE),
            "ebys-uyg01",
            pid + 41,
            "Accepted password for yedek from " + ATTACKER + " port "));
    return story;
  }

  private DemoEvent.Syslog sshd(LocalDateTime now, String host, int pid, String start) {
    return DemoEvent.Syslog.udp(
        "<38>" + BSD.format(now) + " " + host + " sshd[" + pid + "]: " + start + port() + " ssh2");
  }

  private String inside() {
    return "10." + (20 + dice.below(4)) + "." + dice.skewed(64) + "." + (1 + dice.below(250));
  }

  private String outside() {
    return switch (dice.below(3)) {
      case 0 -> "203.0.113." + dice.skewed(256);
      case 1 -> "198.51.100." + dice.below(256);
      default -> "192.0.2." + dice.below(256);
    };
  }

  private int port() {
    return 1024 + dice.below(64_000);
  }

  private DemoEvent firewall(LocalDateTime now) {
    boolean denied = dice.below(4) == 0;
    int[] ports = denied ? new int[] {3389, 445, 22, 23, 8443} : new int[] {443, 443, 80, 53, 123};
    int port = ports[dice.below(ports.length)];
    return DemoEvent.Syslog.udp(
        (denied ? "<188>" : "<189>")
            + DATE_TIME.format(now)
            + " devname=\"fgt-merkez\" devid=\"FG100E0000000001\" logid=\"0000000013\""
            + " type=\"traffic\" subtype=\""
            + (denied ? "local" : "forward")
            + "\" level=\""
            + (denied ? "warning" : "notice")
            + "\" vd=\"root\" srcip="
            + (denied ? outside() : inside())
            + " srcport="
            + port()
            + " dstip="
            + (denied ? "198.51.100.12" : outside())
            + " dstport="
            + port
            + " proto="
            + (port == 53 || port == 123 ? 17 : 6)
            + " action=\""
            + (denied ? "deny" : "accept")
            + "\" policyid="
            + dice.below(40)
            + " service=\""
            + (port == 443 ? "HTTPS" : "tcp/" + port)
            + "\" hostname=\""
            + dice.of(SITES)
            + "\" sentbyte="
            + dice.skewed(60_000)
            + " rcvdbyte="
            + dice.skewed(900_000));
  }

  private DemoEvent web(LocalDateTime now) {
    int roll = dice.below(20);
    String status = roll == 0 ? "500" : roll < 3 ? "404" : roll < 5 ? "403" : "200";
    return DemoEvent.Syslog.tcp(
        "<190>"
            + BSD.format(now)
            + " web-dmz1 nginx: "
            + outside()
            + " - - ["
            + ACCESS.format(now)
            + " +0300] \""
            + (roll % 4 == 0 ? "POST " : "GET ")
            + dice.of(PAGES)
            + "?id="
            + dice.below(10_000)
            + " HTTP/1.1\" "
            + status
            + " "
            + dice.skewed(80_000)
            + " \"https://www.example.org/\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\"");
  }

  private DemoEvent dns(LocalDateTime now) {
    String name = dice.of(SITES);
    return DemoEvent.Syslog.udp(
        "<30>"
            + BSD.format(now)
            + " ns1 named[712]: client @0x7f65a0"
            + dice.below(9999)
            + " "
            + inside()
            + "#"
            + port()
            + " ("
            + name
            + "): query: "
            + name
            + (dice.below(3) == 0 ? " IN AAAA" : " IN A")
            + " +E(0)K (10.20.0.53)");
  }

  private DemoEvent windows(LocalDateTime now) {
    boolean failed = dice.below(7) == 0;
    String id = failed ? "4625" : "4624";
    return DemoEvent.Syslog.tcp(
        "<133>1 "
            + ISO.format(now)
            + "+03:00 dc01 Microsoft-Windows-Security-Auditing 612 -"
            + " [NXLOG@14506 EventID=\""
            + id
            + "\" TargetUserName=\""
            + dice.of(USERS)
            + "\" TargetDomainName=\"BELEDIYE\" LogonType=\"3\" IpAddress=\""
            + inside()
            + "\" IpPort=\""
            + port()
            + "\" WorkstationName=\"PC-"
            + dice.below(400)
            + "\"] "
            + (failed ? "Bir hesap oturum açamadı." : "Bir hesap başarıyla oturum açtı."));
  }

  private DemoEvent administrator(LocalDateTime now) {
    String user = dice.of(USERS);
    if (dice.below(2) == 0) {
      return sshd(
          now,
          "uyg0" + (1 + dice.below(4)),
          1000 + dice.below(30_000),
          "Accepted publickey for " + user + " from " + inside() + " port ");
    }
    return DemoEvent.Syslog.udp(
        "<86>"
            + BSD.format(now)
            + " uyg01 sudo:   "
            + user
            + " : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/usr/bin/systemctl status nginx");
  }

  private DemoEvent application(LocalDateTime now) {
    String text = String.format(Locale.ROOT, dice.of(APPLICATION), serial++);
    if (dice.below(4) == 0) {
      return DemoEvent.Syslog.turkish("<14>" + BSD.format(now) + " ebys-uyg01 ebys[910]: " + text);
    }
    return DemoEvent.Syslog.tcp(
        "<14>1 "
            + ISO.format(now)
            + "+03:00 ebys-uyg01 ebys 910 - - "
            + text
            + ", "
            + dice.of(USERS));
  }

  private DemoEvent reading(Instant now) {
    String room = dice.of(ROOMS);
    String stamp = ",\"ts\":" + now.getEpochSecond() + "}";
    return switch (dice.below(3)) {
      case 0 ->
          reading(
              "bina/" + room + "/sicaklik",
              "{\"temperature\":"
                  + tenths(190 + dice.below(60))
                  + ",\"humidity\":"
                  + (35 + dice.below(20))
                  + stamp);
      case 1 ->
          reading(
              "bina/" + room + "/kapi",
              "{\"door\":\"" + (dice.below(2) == 0 ? "acik" : "kapali") + "\"" + stamp);
      default -> reading("su/" + room + "/debi", "{\"flow\":" + tenths(dice.below(900)) + stamp);
    };
  }

  private static DemoEvent reading(String topic, String payload) {
    return new DemoEvent.Reading(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String tenths(int value) {
    return value / 10 + "." + value % 10;
  }
}
