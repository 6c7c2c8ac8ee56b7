package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tr.emanet.event.EventRecord;

/**
 * Lines of DHCP servers, firewalls that translate addresses, and hotspots, as a golden table:
 * {@code traffic.in} holds a message a line, the last ones hostile; {@code traffic.expected} the
 * same with what the parser found. Received at 2026-10-12T09:00:00Z. {@code -Dgolden.write=true}
 * writes the expected file anew.
 *
 * <p>The lines are our own, with documentation addresses (RFC 5737, RFC 3849) and made-up people,
 * in the forms that the programs print: ISC dhcpd {@code server/dhcp.c}, Kea's messages manual,
 * dnsmasq {@code rfc2131.c} and {@code rfc3315.c}, the DhcpSrvLog audit file of Windows Server
 * (header of the file itself, Turkish and English), {@code conntrack -E} and ulogd2 of netfilter,
 * FortiOS traffic logs (log reference, {@code trandisp} and {@code transip}), pfSense {@code
 * captiveportal.inc}, MikroTik RouterOS topics hotspot and dhcp, and FreeRADIUS accounting.
 */
class TrafficFormsTest {

  @Test
  void readsEveryRecordOfTraffic() throws IOException {
    Lines lines = new Lines();
    List<String> found = new ArrayList<>();

    for (String line : resource("traffic.in").lines().toList()) {
      EventRecord e = lines.parse(line.replace("\\u0000", "\0"));
      found.add("> " + line);
      found.add("  @timestamp: " + EcsJson.iso(e.timestampMillis()));
      e.fields()
          .forEach(
              (name, value) -> {
                if (told(name)) {
                  found.add("  " + name + ": " + value.toString().replace("\0", "\\u0000"));
                }
              });
    }

    if (Boolean.getBoolean("golden.write")) {
      Files.write(Path.of("src/test/resources/tr/emanet/parse/traffic.expected"), found);
    }
    assertThat(found).containsExactlyElementsOf(resource("traffic.expected").lines().toList());
  }

  @Test
  void cutsOfEveryRecordDoNoHarm() throws IOException {
    Lines lines = new Lines();
    int parsed = 0;

    for (String line : resource("traffic.in").lines().toList()) {
      byte[] whole = line.getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length <= whole.length; length += 3) {
        parsed += lines.parse(java.util.Arrays.copyOf(whole, length)).parsed() ? 1 : 0;
      }
    }

    assertThat(parsed).isPositive();
  }

  private static boolean told(String name) {
    return !name.startsWith("log.")
        && !name.equals("message")
        && !name.equals("event.kind")
        && !name.equals("emanet.listener")
        && !name.equals("emanet.source.ip");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TrafficFormsTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
