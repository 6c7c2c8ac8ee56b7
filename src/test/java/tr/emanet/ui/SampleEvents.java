package tr.emanet.ui;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tr.emanet.event.Attributes;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;

/** Invented events of a municipality's night: firewall, sshd, web, Windows and sensors. */
final class SampleEvents {

  static final Instant NOW = Instant.parse("2026-11-22T00:12:08.400Z");
  private static final String[] ATTACKERS = {
    "203.0.113.47",
    "203.0.113.47",
    "203.0.113.47",
    "203.0.113.51",
    "198.51.100.90",
    "2001:db8:7::1f"
  };

  private final Random random = new Random(20261122);
  private long sequence;

  /** Events of the 26 hours before {@link #NOW}, oldest first. */
  List<EventRecord> all(int count) {
    long span = 26L * 3600 * 1000;
    long start = NOW.toEpochMilli() - span;
    List<Long> times = new ArrayList<>();
    while (times.size() < count) {
      long at = start + (long) (random.nextDouble() * span);
      double hours = (at - start) / 3_600_000.0;
      double weight = .25 + .15 * Math.sin((hours - 6) / 26 * 6.28);
      weight += hours > 20.8 && hours < 22 ? .35 : 0;
      weight += hours > 23 ? Math.min(1, (hours - 23) / 1.5) : 0;
      if (random.nextDouble() < weight) {
        times.add(at);
      }
    }
    times.sort(null);
    List<EventRecord> out = new ArrayList<>(count);
    for (long at : times) {
      boolean attack = (at - start) / 3_600_000.0 > 23 && random.nextInt(10) < 8;
      out.add(attack ? (random.nextBoolean() ? ssh(at) : firewall(at, true)) : ordinary(at));
    }
    return out;
  }

  private EventRecord ordinary(long at) {
    return switch (random.nextInt(12)) {
      case 0 -> ssh(at);
      case 1, 2 -> windows(at);
      case 3, 4 -> web(at);
      case 5 -> sensor(at);
      default -> firewall(at, random.nextInt(5) == 0);
    };
  }

  EventRecord ssh(long at) {
    String ip = ATTACKERS[random.nextInt(ATTACKERS.length)];
    String user = List.of("yedek", "root", "admin", "oracle", "test").get(random.nextInt(5));
    int pid = 40_000 + random.nextInt(9000);
    int port = 50_000 + random.nextInt(9000);
    Map<String, Object> f = new LinkedHashMap<>();
    String message =
        "Failed password for invalid user " + user + " from " + ip + " port " + port + " ssh2";
    f.put("message", message);
    f.put("event.kind", "event");
    f.put("event.category", "authentication");
    f.put("event.action", "ssh_login");
    f.put("event.outcome", "failure");
    f.put("event.dataset", "sshd");
    f.put("host.name", "ebys-uyg01");
    f.put("observer.type", "server");
    f.put("log.level", "info");
    f.put("process.name", "sshd");
    f.put("process.pid", (long) pid);
    f.put("source.ip", ip);
    f.put("source.port", (long) port);
    f.put("destination.ip", "10.10.4.21");
    f.put("user.name", user);
    return record(
        at, f, "<38>Nov 22 03:11:57 ebys-uyg01 sshd[" + pid + "]: " + message, "10.10.4.21");
  }

  private EventRecord firewall(long at, boolean denied) {
    String ip =
        denied
            ? ATTACKERS[random.nextInt(ATTACKERS.length)]
            : "10.20.7." + (100 + random.nextInt(30));
    String target =
        denied ? "198.51.100.1" + random.nextInt(9) : "10.10." + random.nextInt(9) + ".20";
    int port = new int[] {443, 3389, 22, 445, 8443}[random.nextInt(5)];
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("event.kind", "event");
    f.put("event.category", "network");
    f.put("event.action", denied ? "deny" : "accept");
    f.put("event.outcome", denied ? "failure" : "success");
    f.put("event.dataset", "fortigate");
    f.put("host.name", "fgt-merkez");
    f.put("observer.type", "firewall");
    f.put("observer.vendor", "Fortinet");
    f.put("log.level", denied ? "warning" : "notice");
    f.put("source.ip", ip);
    f.put("source.port", 40_000L + random.nextInt(9000));
    f.put("destination.ip", target);
    f.put("destination.port", (long) port);
    f.put("network.transport", "tcp");
    f.put("rule.name", denied ? "dis-ret" : "ic-dis");
    f.put("fortinet.policyid", Integer.toString(1 + random.nextInt(40)));
    String line =
        "type=\"traffic\" subtype=\"local\" level=\""
            + f.get("log.level")
            + "\" action=\""
            + f.get("event.action")
            + "\" srcip="
            + ip
            + " dstip="
            + target
            + " dstport="
            + port
            + " policyid="
            + f.get("fortinet.policyid");
    return record(at, f, "<188>" + line, "10.10.0.1");
  }

  private EventRecord windows(long at) {
    Map<String, Object> f = new LinkedHashMap<>();
    String user = List.of("ayse.yilmaz", "mehmet.kaya", "zeynep.çelik").get(random.nextInt(3));
    f.put(
        "message",
        "4625 Bir hesap oturum açamadı. Hesap: "
            + user
            + " Neden: Bilinmeyen kullanıcı adı veya yanlış parola");
    f.put("event.action", "logon_failed");
    f.put("event.outcome", "failure");
    f.put("event.code", "4625");
    f.put("event.dataset", "windows.security");
    f.put("host.name", "dosya01");
    f.put("observer.type", "server");
    f.put("log.level", "error");
    f.put("source.ip", "10.20.7.114");
    f.put("destination.ip", "10.10.2.5");
    f.put("user.name", user);
    f.put("user.domain", "ORNEK");
    return record(
        at,
        f,
        "<13>1 2026-11-22T03:11:56+03:00 dosya01 Security 4625 - - " + f.get("message"),
        "10.10.2.5");
  }

  private EventRecord web(long at) {
    Map<String, Object> f = new LinkedHashMap<>();
    boolean bad = random.nextInt(6) == 0;
    f.put("event.action", "http_request");
    f.put("event.outcome", bad ? "failure" : "success");
    f.put("event.dataset", "nginx.access");
    f.put("host.name", "web-dmz1");
    f.put("observer.type", "server");
    f.put("log.level", bad ? "warning" : "info");
    f.put("source.ip", "198.51.100." + random.nextInt(90));
    f.put("destination.ip", "10.10.9.3");
    f.put("url.path", bad ? "/e-belediye/giris" : "/duyurular");
    f.put("http.request.method", bad ? "POST" : "GET");
    f.put("http.response.status_code", bad ? 403L : 200L);
    f.put("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
    String line =
        f.get("source.ip")
            + " - - \""
            + f.get("http.request.method")
            + " "
            + f.get("url.path")
            + " HTTP/1.1\" "
            + f.get("http.response.status_code")
            + " 5123";
    f.put("message", line);
    return record(at, f, "<190>Nov 22 03:11:54 web-dmz1 nginx: " + line, "10.10.9.3");
  }

  private EventRecord sensor(long at) {
    Map<String, Object> f = new LinkedHashMap<>();
    String value = String.format(Locale.ROOT, "%.1f", 20 + random.nextDouble() * 9);
    f.put("event.action", "measurement");
    f.put("event.dataset", "mqtt.sensor");
    f.put("host.name", "sistem-odasi");
    f.put("observer.type", "sensor");
    f.put("log.level", "warning");
    f.put("source.ip", "10.30.1.16");
    f.put("mqtt.topic", "sistem-odasi/klima-2/sicaklik");
    f.put("sensor.name", "klima-2");
    f.put("sensor.value", value);
    return record(
        at, f, "{\"sensor\":\"klima-2\",\"deger\":" + value + ",\"birim\":\"C\"}", "10.30.1.16");
  }

  /** An event whose every text is the payload. */
  EventRecord hostile(long at, byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("message", text);
    f.put("event.action", text);
    f.put("event.outcome", "failure");
    f.put("host.name", text);
    f.put("user.name", text);
    f.put("url.original", text);
    f.put("hostile.case", text);
    f.put("emanet.parser", "hostile");
    return record(at, f, payload, "10.66.6.6");
  }

  private EventRecord record(long at, Map<String, Object> fields, String line, String peer) {
    return record(at, fields, line.getBytes(StandardCharsets.UTF_8), peer);
  }

  private EventRecord record(long at, Map<String, Object> fields, byte[] line, String peer) {
    fields.putIfAbsent("emanet.listener", "syslog_udp");
    fields.putIfAbsent("emanet.source.ip", peer);
    fields.putIfAbsent("emanet.parser", fields.getOrDefault("event.dataset", "rfc3164"));
    return new EventRecord(
        new Position("standard", ++sequence),
        at,
        at + 40,
        fields,
        line,
        source(peer),
        Attributes.NONE,
        0,
        true);
  }

  private static SourceAddress source(String peer) {
    try {
      return SourceAddress.of("syslog_udp", InetAddress.getByName(peer), 514);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
