package tr.emanet.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** One thing that a sample sender says, and the way it goes. */
sealed interface DemoEvent {

  /** A syslog line without framing. */
  record Syslog(Way way, byte[] line) implements DemoEvent {

    static Syslog udp(String line) {
      return new Syslog(Way.UDP, line.getBytes(StandardCharsets.UTF_8));
    }

    static Syslog tcp(String line) {
      return new Syslog(Way.TCP, line.getBytes(StandardCharsets.UTF_8));
    }

    /** As old devices in Turkey send it. */
    static Syslog turkish(String line) {
      return new Syslog(Way.UDP, line.getBytes(Charset.forName("windows-1254")));
    }
  }

  /** An MQTT message. */
  record Reading(String topic, byte[] payload) implements DemoEvent {}

  /** How a syslog line travels. */
  enum Way {
    UDP,
    TCP
  }
}
