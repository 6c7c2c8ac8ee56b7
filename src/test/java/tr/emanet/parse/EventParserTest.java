package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;

class EventParserTest {

  private final Lines lines = new Lines();

  @Test
  void readsTheExampleOfRfc5424() {
    EventRecord e =
        lines.parse(
            "<165>1 2026-10-12T11:14:15.003+03:00 mymachine.example.com evntslog 77 ID47"
                + " [exampleSDID@32473 iut=\"3\" eventSource=\"App\\\"l\\]ic\\\\\"]"
                + "[other@1 a=\"\"] \uFEFFAn application event");

    assertThat(e.parsed()).isTrue();
    assertThat(e.timestampMillis())
        .isEqualTo(Instant.parse("2026-10-12T08:14:15.003Z").toEpochMilli());
    assertThat(e.fields())
        .containsEntry("host.name", "mymachine.example.com")
        .containsEntry("process.name", "evntslog")
        .containsEntry("process.pid", 77L)
        .containsEntry("log.syslog.msgid", "ID47")
        .containsEntry("log.syslog.facility.code", 20L)
        .containsEntry("log.level", "notice")
        .containsEntry("exampleSDID@32473.iut", "3")
        .containsEntry("exampleSDID@32473.eventSource", "App\"l]ic\\")
        .containsEntry("message", "An application event")
        .containsEntry("event.kind", "event")
        .containsEntry("emanet.parser", "rfc5424")
        .containsEntry("emanet.listener", "syslog_udp")
        .containsEntry("emanet.source.ip", "10.9.8.7");
  }

  @Test
  void readsAFailedLoginOfSshd() {
    EventRecord e =
        lines.parse(
            "<38>Oct 12 11:59:58 ebys-uyg01 sshd[48213]: Failed password for invalid user yedek"
                + " from 203.0.113.47 port 51022 ssh2");

    assertThat(e.timestampMillis()).isEqualTo(Instant.parse("2026-10-12T08:59:58Z").toEpochMilli());
    assertThat(e.fields())
        .containsEntry("host.name", "ebys-uyg01")
        .containsEntry("process.name", "sshd")
        .containsEntry("process.pid", 48213L)
        .containsEntry("event.action", "ssh_login")
        .containsEntry("event.outcome", "failure")
        .containsEntry("event.category", "authentication")
        .containsEntry("user.name", "yedek")
        .containsEntry("source.ip", "203.0.113.47")
        .containsEntry("source.port", 51022L)
        .containsEntry("ssh.method", "password")
        .containsEntry("emanet.parser", "rfc3164/sshd");
  }

  @Test
  void readsAFortiGateLine() {
    EventRecord e =
        lines.parse(
            "<189>date=2026-10-12 time=11:58:00 devname=\"fgt-merkez\" devid=\"FG100E0000000001\""
                + " logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"warning\""
                + " srcip=203.0.113.47 srcport=54321 dstip=198.51.100.12 dstport=3389 proto=6"
                + " action=\"deny\" policyid=17 service=\"RDP\" sentbyte=0 rcvdbyte=52"
                + " msg=\"a \\\"quoted\\\" text\" user=\"N/A\"");

    assertThat(e.timestampMillis()).isEqualTo(Instant.parse("2026-10-12T08:58:00Z").toEpochMilli());
    assertThat(e.fields())
        .containsEntry("observer.name", "fgt-merkez")
        .containsEntry("observer.vendor", "Fortinet")
        .containsEntry("event.dataset", "fortinet.fortigate")
        .containsEntry("event.category", "network")
        .containsEntry("event.code", "0000000013")
        .containsEntry("log.level", "warning")
        .containsEntry("source.ip", "203.0.113.47")
        .containsEntry("source.port", 54321L)
        .containsEntry("destination.ip", "198.51.100.12")
        .containsEntry("destination.port", 3389L)
        .containsEntry("network.transport", "tcp")
        .containsEntry("network.protocol", "RDP")
        .containsEntry("event.action", "deny")
        .containsEntry("event.outcome", "failure")
        .containsEntry("rule.id", "17")
        .containsEntry("destination.bytes", 52L)
        .containsEntry("msg", "a \"quoted\" text")
        .containsEntry("subtype", "forward")
        .doesNotContainKey("user.name")
        .containsEntry("host.name", "fgt-merkez");
  }

  @Test
  void keepsWhatNobodyRecognisesAsAPipelineError() {
    EventRecord e = lines.parse("nobody knows what this: is");

    assertThat(e.parsed()).isFalse();
    assertThat(e.timestampMillis()).isEqualTo(e.ingestedMillis());
    assertThat(e.fields())
        .containsEntry("event.kind", "pipeline_error")
        .containsEntry("message", "nobody knows what this: is")
        .containsEntry("emanet.listener", "syslog_udp")
        .doesNotContainKey("process.name");
    assertThat(lines.event().termsFrom()).isEqualTo(lines.event().textFrom());
  }

  @Test
  void readsTurkishInUtf8AndWindows1254Alike() {
    String line = "<13>Oct 12 11:59:00 sunucu giriş[1]: BAŞARISIZ giriş: Ayşe IĞDIR çöğü";

    EventRecord utf8 = lines.parse(line);
    EventRecord turkish =
        lines.parse(line.getBytes(java.nio.charset.Charset.forName("windows-1254")));

    assertThat(utf8.fields()).containsEntry("message", "BAŞARISIZ giriş: Ayşe IĞDIR çöğü");
    assertThat(utf8.fields()).doesNotContainKey("emanet.flags");
    assertThat(turkish.fields())
        .containsEntry("message", "BAŞARISIZ giriş: Ayşe IĞDIR çöğü")
        .containsEntry("process.name", "giriş")
        .containsEntry("emanet.flags", "windows-1254");
  }

  @Test
  void doesNotTakeAWholeLineForTurkishBecauseItsLastCharacterIsCut() {
    byte[] line = "<13>Oct 12 11:59:00 sunucu a: şş".getBytes(StandardCharsets.UTF_8);
    byte[] cut = java.util.Arrays.copyOf(line, line.length - 1);

    EventRecord e =
        lines.parse(cut, tr.emanet.event.Attributes.NONE, tr.emanet.event.RecordFlags.TRUNCATED);

    assertThat(e.fields()).containsEntry("message", "ş").containsEntry("emanet.flags", "truncated");
  }

  @Test
  void setsTheTimeOfReceiptWhenTheClaimIsFarOff() {
    EventRecord e = lines.parse("<13>1 2021-01-01T00:00:00Z h a - - - x");

    assertThat(e.timestampMillis()).isEqualTo(e.ingestedMillis());
    assertThat(e.fields())
        .containsEntry("emanet.time", "suspect")
        .containsEntry("emanet.claimed_timestamp", "2021-01-01T00:00:00.000Z");
  }

  @Test
  void searchesWordsAfterPriorityAndStampOnly() {
    EventRecord e = lines.parse("<13>Oct 12 11:59:00 sunucu a: b");

    assertThat(e.text(Field.HOST_NAME)).isEqualTo("sunucu");
    assertThat(lines.event().text()[lines.event().termsFrom()]).isEqualTo((byte) ' ');
    assertThat(lines.event().termsFrom() - lines.event().textFrom()).isEqualTo(19);
  }
}
