package tr.emanet.overview;

import java.util.ArrayList;
import java.util.List;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.web.Texts;

/** The exact lines with which common devices send to us, our address filled in. Pure. */
public final class DeviceLines {

  /** Lines to copy, under the name of the device. */
  public record Recipe(String name, String lines) {}

  private DeviceLines() {}

  static List<Recipe> of(SystemSnapshot snapshot, Texts texts) {
    String host = snapshot.address();
    List<Recipe> out = new ArrayList<>();
    int udp = port(snapshot, "udp");
    int tcp = port(snapshot, "tcp");
    int tls = port(snapshot, "tls");
    int mqtt = port(snapshot, "mqtt");
    if (tcp > 0) {
      out.add(
          new Recipe(
              texts.get("system.device.test"),
              "logger -n " + host + " -P " + tcp + " -T \"deneme\""));
      out.add(
          new Recipe(
              "rsyslog (/etc/rsyslog.d/emanet.conf)",
              "*.* action(type=\"omfwd\" target=\""
                  + host
                  + "\" port=\""
                  + tcp
                  + "\" protocol=\"tcp\" TCP_Framing=\"octet-counted\"\n"
                  + "  queue.type=\"LinkedList\" queue.filename=\"emanet\""
                  + " action.resumeRetryCount=\"-1\")"));
    }
    if (tls > 0) {
      out.add(
          new Recipe(
              "syslog-ng (TLS)",
              "destination d_emanet { syslog(\""
                  + host
                  + "\" transport(\"tls\") port("
                  + tls
                  + ") tls(ca-file(\"/etc/ssl/emanet-ca.pem\"))); };"));
    }
    if (udp > 0) {
      out.add(
          new Recipe(
              "FortiGate",
              "config log syslogd setting\n  set status enable\n  set server \""
                  + host
                  + "\"\n  set port "
                  + udp
                  + "\n  set mode udp\n  set format default\nend"));
      out.add(
          new Recipe(
              "Cisco IOS",
              "logging host "
                  + host
                  + " transport udp port "
                  + udp
                  + "\n"
                  + "logging trap informational\n"
                  + "service timestamps log datetime msec localtime show-timezone year"));
    }
    if (mqtt > 0) {
      out.add(
          new Recipe(
              "MQTT",
              "mosquitto_pub -h "
                  + brokerHost(snapshot)
                  + " -p "
                  + mqtt
                  + " -q 1 -t sensor/deneme -m '{\"deger\": 21.5}'"));
    }
    return out;
  }

  private static int port(SystemSnapshot snapshot, String kind) {
    return snapshot.intake().listeners().stream()
        .filter(l -> l.kind().equals(kind) && l.port() > 0)
        .mapToInt(IntakeStatus.ListenerStatus::port)
        .findFirst()
        .orElse(0);
  }

  private static String brokerHost(SystemSnapshot snapshot) {
    return snapshot.intake().listeners().stream()
        .filter(l -> l.kind().equals("mqtt"))
        .map(IntakeStatus.ListenerStatus::host)
        .findFirst()
        .orElse(snapshot.address());
  }
}
