package tr.emanet.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.event.EventRecord;

/** From an outside address to a person, with every step's proof. */
class LookUpTest {

  private static final String NEW =
      "fw conntrack: [NEW] tcp      6 120 SYN_SENT src=10.20.30.41 dst=198.51.100.20 sport=51514"
          + " dport=443 [UNREPLIED] src=198.51.100.20 dst=203.0.113.7 sport=443 dport=61234";
  private static final String DESTROY =
      "fw conntrack: [DESTROY] tcp      6 src=10.20.30.41 dst=198.51.100.20 sport=51514 dport=443"
          + " src=198.51.100.20 dst=203.0.113.7 sport=443 dport=61234";
  private static final String ACK =
      "gw dhcpd: DHCPACK on 10.20.30.41 to 00:1b:44:11:3a:b7 (ayse-pc) via eth1 lease-duration"
          + " 7200";
  private static final String LOGIN =
      "pf logportalauth: Zone: misafir - ACCEPT: zehra.kaya, 00:1b:44:11:3a:b7, 10.20.30.41";

  @Test
  void findsThePlantedTripleInOneAuditedQuestion(@TempDir Path directory) throws Exception {
    try (Town town =
        Town.of(
            directory,
            "2026-11-22T17:00:00Z " + ACK,
            "2026-11-22T17:01:00Z " + LOGIN,
            "2026-11-22T17:10:00Z " + NEW,
            "2026-11-22T17:12:00Z " + DESTROY)) {

      Answer answer = town.ask("203.0.113.7:61234", "22.11.2026 20:11:00", Town.ANALYST);

      assertThat(answer.complete()).isTrue();
      assertThat(answer.ambiguous()).isFalse();
      Answer.Candidate found = answer.candidates().getFirst();
      assertThat(found.translation().address()).isEqualTo("10.20.30.41");
      assertThat(found.translation().port()).isEqualTo(51514);
      assertThat(found.translation().confidence()).isEqualTo(Confidence.HIGH);
      assertThat(raw(found.translation()))
          .hasSize(2)
          .allMatch(line -> line.contains("dport=61234"));
      assertThat(found.leases()).extracting(Step.Lease::mac).containsExactly("00:1b:44:11:3a:b7");
      assertThat(found.leases().getFirst().confidence()).isEqualTo(Confidence.HIGH);
      assertThat(found.holders()).extracting(Step.Holder::user).containsExactly("zehra.kaya");
      assertThat(found.holders().getFirst().confidence()).isEqualTo(Confidence.HIGH);
      assertThat(found.holders().getFirst().reasons())
          .extracting(Reason::key)
          .contains("mac-agrees");
      List<AuditEntry> entries = town.audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10);
      assertThat(entries).hasSize(1);
      assertThat(entries.getFirst().action()).isEqualTo(LookUp.ACTION);
      assertThat(entries.getFirst().actor()).isEqualTo("ayse");
      assertThat(entries.getFirst().details())
          .contains("203.0.113.7:61234", "2026-11-22T17:11:00Z", "2026/1234");
    }
  }

  @Test
  void showsAllWhoSharedAPortInsteadOfOne(@TempDir Path directory) throws Exception {
    try (Town town =
        Town.of(
            directory,
            "2026-11-22T17:00:00Z " + ACK,
            "2026-11-22T17:00:30Z " + ACK.replace("30.41", "30.55").replace("3a:b7", "99:99"),
            "2026-11-22T17:10:00Z " + NEW,
            "2026-11-22T17:12:00Z " + DESTROY,
            "2026-11-22T17:12:30Z " + NEW.replace("30.41", "30.55"),
            "2026-11-22T17:20:00Z " + DESTROY.replace("30.41", "30.55"))) {

      Answer answer = town.ask("203.0.113.7:61234", "2026-11-22T17:11:59Z", Town.ANALYST);

      assertThat(answer.ambiguous()).isTrue();
      assertThat(answer.candidates())
          .extracting(c -> c.translation().address())
          .containsExactly("10.20.30.41", "10.20.30.55");
      assertThat(answer.candidates().get(1).translation().confidence()).isEqualTo(Confidence.LOW);
      assertThat(answer.candidates().get(1).translation().reasons())
          .extracting(Reason::key)
          .contains("before");
    }
  }

  @Test
  void saysWhenALeaseHadEndedAndWhoHadItNext(@TempDir Path directory) throws Exception {
    try (Town town =
        Town.of(
            directory,
            "2026-11-22T15:00:00Z " + ACK,
            "2026-11-22T16:00:00Z gw dhcpd: DHCPRELEASE of 10.20.30.41 from 00:1b:44:11:3a:b7",
            "2026-11-22T16:30:00Z " + ACK.replace("3a:b7", "3a:c8").replace("ayse-pc", "veli-pc"),
            "2026-11-22T17:10:00Z " + NEW,
            "2026-11-22T17:12:00Z " + DESTROY)) {

      Answer answer = town.ask("203.0.113.7:61234", "2026-11-22T17:11:00Z", Town.ANALYST);

      assertThat(answer.candidates().getFirst().leases())
          .extracting(Step.Lease::mac)
          .containsExactly("00:1b:44:11:3a:c8");
    }
  }

  @Test
  void takesTheFirewallsOwnLineWithLengthMacAndUser(@TempDir Path directory) throws Exception {
    try (Town town =
        Town.of(
            directory,
            "2026-11-22T17:12:00Z fw fg: date=2026-11-22 time=20:12:00 devname=\"fg\""
                + " devid=\"FG100F1\" type=\"traffic\" srcip=10.20.30.41 srcport=51514"
                + " srcmac=\"00:1b:44:11:3a:b7\" dstip=198.51.100.20 dstport=443 proto=6"
                + " action=\"close\" user=\"zehra.kaya\" trandisp=\"snat\" transip=203.0.113.7"
                + " transport=61234 duration=118")) {

      Answer.Candidate found =
          town.ask("203.0.113.7:61234", "2026-11-22T17:11:00Z", Town.ANALYST)
              .candidates()
              .getFirst();

      assertThat(found.translation().span().from())
          .isEqualTo(Instant.parse("2026-11-22T17:10:02Z"));
      assertThat(found.translation().confidence()).isEqualTo(Confidence.HIGH);
      assertThat(found.leases()).extracting(Step.Lease::mac).containsExactly("00:1b:44:11:3a:b7");
      assertThat(found.holders().getFirst().source()).isEqualTo(Step.Source.FIREWALL);
      assertThat(found.holders().getFirst().user()).isEqualTo("zehra.kaya");
    }
  }

  @Test
  void readsIpv6WithoutTranslationAndItsIdentifier(@TempDir Path directory) throws Exception {
    try (Town town =
        Town.of(
            directory,
            "2026-11-22T17:00:00Z gw dhcpd: Reply NA: address 2001:db8:20::41 to client with duid"
                + " 00:01:00:01:2a:bc:de:f0:00:1b:44:11:3a:b7 iaid = 1 valid for 3600 seconds",
            "2026-11-22T17:10:00Z fw nf_conntrack: ipv6     10 tcp      6 431999 ESTABLISHED"
                + " src=2001:0db8:0020:0000:0000:0000:0000:0041"
                + " dst=2001:0db8:ffff:0000:0000:0000:0000:0001 sport=51514 dport=443"
                + " src=2001:0db8:ffff:0000:0000:0000:0000:0001"
                + " dst=2001:0db8:0020:0000:0000:0000:0000:0041 sport=443 dport=51514")) {
      town.devices.put("2001:db8:20::41", new LookUp.Device("zabita-7", "Zabıta", "kemal.oz"));

      Answer.Candidate found =
          town.ask("[2001:db8:20::41]:51514", "2026-11-22T17:10:00Z", Town.ANALYST)
              .candidates()
              .getFirst();

      assertThat(found.translation().translated()).isFalse();
      assertThat(found.leases()).extracting(Step.Lease::mac).containsExactly("00:1b:44:11:3a:b7");
      assertThat(found.holders()).extracting(Step.Holder::user).containsExactly("kemal.oz");
    }
  }

  @Test
  void hidesPersonsFromWhoMayNotSeeThem(@TempDir Path directory) throws Exception {
    try (Town town =
        Town.of(
            directory,
            "2026-11-22T17:00:00Z " + ACK,
            "2026-11-22T17:01:00Z " + LOGIN,
            "2026-11-22T17:10:00Z " + NEW,
            "2026-11-22T17:12:00Z " + DESTROY)) {

      Answer answer = town.ask("203.0.113.7:61234", "2026-11-22T17:11:00Z", Town.AUDITOR);
      Answer.Candidate found = answer.candidates().getFirst();
      String all = answer + String.join("\n", raw(found.translation()));
      for (Step step : found.leases()) {
        all += String.join("\n", raw(step));
      }
      for (Step step : found.holders()) {
        all += String.join("\n", raw(step));
      }

      assertThat(answer.masked()).isTrue();
      assertThat(all)
          .doesNotContain("10.20.30.41", "00:1b:44", "zehra", "ayse-pc")
          .contains("203.0.113.7");
    }
  }

  @Test
  void refusesMaskedReadersWhoAskForAnInsideAddress(@TempDir Path directory) throws Exception {
    try (Town town = Town.of(directory, "2026-11-22T17:00:00Z " + ACK)) {
      Question question =
          new Question("10.20.30.41", 1000, Instant.parse("2026-11-22T17:00:00Z"), "x");

      LookUp.Outcome outcome = town.lookUp.ask(question, Town.AUDITOR);

      assertThat(outcome).isEqualTo(new LookUp.Outcome.Refused("own"));
    }
  }

  @Test
  void knowsNothingOfWhatWasNeverLogged(@TempDir Path directory) throws Exception {
    try (Town town = Town.of(directory, "2026-11-22T17:00:00Z " + ACK)) {

      Answer answer = town.ask("203.0.113.9:1", "2026-11-22T17:00:00Z", Town.ANALYST);

      assertThat(answer.candidates()).isEmpty();
      assertThat(answer.complete()).isTrue();
    }
  }

  private static List<String> raw(Step step) {
    return step.proofs().stream()
        .map(EventRecord::raw)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }
}
