package tr.emanet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tr.emanet.event.Attributes;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.web.Visible;

final class MaskingTest {

  private static final Principal AUDITOR = new Principal("ali", "Ali", Set.of(Role.AUDITOR));
  private static final Masking MASKING = new Masking(Masking.OWN_NETWORKS, new byte[32]);

  private static EventRecord event(String raw, Map<String, Object> fields) {
    return new EventRecord(
        new Position("ag", 1),
        0,
        0,
        fields,
        raw.getBytes(StandardCharsets.UTF_8),
        new SourceAddress("syslog_udp", new byte[16], 1),
        Attributes.NONE,
        0,
        true);
  }

  private static String raw(EventRecord event) {
    return new String(event.raw(), StandardCharsets.UTF_8);
  }

  @Test
  void hidesPersonalDataWhereverItStands() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("user.name", "Ayşe");
    fields.put("source.ip", "10.1.2.3");
    fields.put("destination.ip", "203.0.113.9");
    fields.put("source.mac", "AA-BB-CC-DD-EE-FF");
    fields.put("message", "AYŞE <ayse@belediye.bel.tr> 10.1.2.3 fd00::5 203.0.113.9");
    fields.put("fortinet.srcuser", "mehmet");
    fields.put("source.bytes", 12L);
    EventRecord event =
        event(
            "Accepted for Ayşe from 10.1.2.3 mac aabb.ccdd.eeff to 203.0.113.9,"
                + " user=\"veli\" srcuser mehmet ayse@belediye.bel.tr Ayşegül",
            fields);

    EventRecord masked = MASKING.apply(event, AUDITOR);

    assertThat(raw(masked))
        .matches(
            "Accepted for kullanıcı-\\w{6} from adres-\\w{6} mac mac-\\w{6} to 203.0.113.9,"
                + " user=\"kullanıcı-\\w{6}\" srcuser kullanıcı-\\w{6} eposta-\\w{6} Ayşegül");
    assertThat(String.valueOf(masked.fields().get("message")))
        .matches("kullanıcı-\\w{6} <eposta-\\w{6}> adres-\\w{6} adres-\\w{6} 203.0.113.9");
    assertThat(masked.fields())
        .containsEntry("destination.ip", "203.0.113.9")
        .containsEntry("source.bytes", 12L);
    assertThat(String.valueOf(masked.fields().get("source.mac"))).startsWith("mac-");
    assertThat(String.valueOf(masked.fields().get("fortinet.srcuser"))).startsWith("kullanıcı-");
  }

  @Test
  void givesTheSameValueTheSamePseudonym() {
    EventRecord one = MASKING.apply(event("user=ayse x", Map.of("user.name", "ayse")), AUDITOR);
    String value = MASKING.shown("user.name", "AYŞE", List.of());
    String other =
        new Masking(Masking.OWN_NETWORKS, "another secret key".getBytes(StandardCharsets.UTF_8))
            .shown("user.name", "ayse", List.of());

    assertThat(one.fields()).containsEntry("user.name", value);
    assertThat(raw(one)).isEqualTo("user=" + value + " x");
    assertThat(other).isNotEqualTo(value);
  }

  @Test
  void showsAnalystsTheEventItself() {
    EventRecord event = event("user=ayse", Map.of("user.name", "ayse"));

    EventRecord shown =
        MASKING.apply(event, new Principal("a", "A", Set.of(Role.ANALYST, Role.AUDITOR)));

    assertThat(shown).isSameAs(event);
  }

  @Test
  void takesTheMeaningFromFormulas() {
    for (String start : new String[] {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}) {
      assertThat(EventExport.safe(start + "cmd|' /C calc'!A0"))
          .startsWith("'" + Visible.plain(start));
    }
    assertThat(EventExport.safe("a=1")).isEqualTo("a=1");
    assertThat(EventExport.safe("")).isEmpty();
  }

  @Test
  void hidesWhatADeviceCallsItself() {
    EventRecord event =
        event(
            "DHCPACK on 10.1.2.3 to 00:1b:44:11:3a:b7 (ayse-pc) via eth1",
            Map.of("source.domain", "ayse-pc", "host.name", "gw"));

    EventRecord masked = MASKING.apply(event, AUDITOR);

    assertThat(raw(masked)).contains("DHCPACK on").doesNotContain("ayse-pc");
    assertThat(masked.fields().get("source.domain")).asString().startsWith("kullanıcı-");
    assertThat(masked.fields()).containsEntry("host.name", "gw");
  }
}
