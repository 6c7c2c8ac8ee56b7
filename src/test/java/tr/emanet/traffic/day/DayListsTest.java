package tr.emanet.traffic.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.crypto.stamp.TimeStamper;
import tr.emanet.crypto.stamp.TimeStamping;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.JobState;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;
import tr.emanet.traffic.TownLines;

/** The de-facto formats, byte for byte, and the chain over the days. */
class DayListsTest {

  @Test
  void writesLeasesByteForByteAsTheDeFactoFormatAsks(@TempDir Path directory) throws Exception {
    try (TownLines town =
        TownLines.of(
            directory,
            "2026-11-22T05:00:00Z gw dhcpd: DHCPACK on 10.20.30.41 to 00:1b:44:11:3a:b7 via eth1"
                + " lease-duration 3600",
            "2026-11-22T05:30:00Z gw dhcpd: DHCPACK on 10.20.30.41 to 00:1b:44:11:3a:b7 via eth1"
                + " lease-duration 3600",
            "2026-11-22T07:00:00Z dc DhcpSrvLog:"
                + " 10,11/22/26,10:00:00,Ata,10.20.30.44,PC,001B44113AC8,,0",
            "2026-11-22T07:10:00Z dc DhcpSrvLog:"
                + " 12,11/22/26,10:10:00,Bırak,10.20.30.44,PC,001B44113AC8,,0")) {
      DayRecords records = new DayRecords(town.search(), TownLines.zone());
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      records.leases(
          Instant.parse("2026-11-21T21:00:00Z"),
          Instant.parse("2026-11-22T21:00:00Z"),
          () -> false,
          out);

      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              "10.20.30.41\t\t2026/11/22-08:00:00\t\t2026/11/22-09:30:00\t\t00:1b:44:11:3a:b7\r\n"
                  + "10.20.30.44\t\t2026/11/22-10:00:00\t\t2026/11/22-10:10:00\t\t"
                  + "00:1b:44:11:3a:c8\r\n");
    }
  }

  @Test
  void writesTranslationsAndSessionsOfTheDay(@TempDir Path directory) throws Exception {
    try (TownLines town =
        TownLines.of(
            directory,
            "2026-11-22T06:00:00Z fw conntrack: [NEW] tcp 6 120 SYN_SENT src=10.20.30.41"
                + " dst=198.51.100.20 sport=51514 dport=443 [UNREPLIED] src=198.51.100.20"
                + " dst=203.0.113.7 sport=443 dport=61234",
            "2026-11-22T06:01:00Z pf logportalauth: Zone: m - ACCEPT: zehra.kaya,"
                + " 00:1b:44:11:3a:b7, 10.20.30.41")) {
      DayRecords records = new DayRecords(town.search(), TownLines.zone());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Instant from = Instant.parse("2026-11-21T21:00:00Z");
      Instant to = Instant.parse("2026-11-22T21:00:00Z");

      records.translations(from, to, () -> false, out);
      records.sessions(from, to, () -> false, out);

      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              "2026/11/22-09:00:00\t\tnat-create\t\ttcp\t\t10.20.30.41\t\t51514\t\t203.0.113.7"
                  + "\t\t61234\t\t198.51.100.20\t\t443\r\n"
                  + "2026/11/22-09:01:00\t\tsession-start\t\tzehra.kaya\t\t10.20.30.41\t\t"
                  + "00:1b:44:11:3a:b7\r\n");
    }
  }

  @Test
  void chainsEachDayToTheLineBeforeIt(@TempDir Path directory) throws Exception {
    DayChain chain = new DayChain(directory);

    chain.append(LocalDate.of(2026, 11, 20), "a".repeat(64));
    chain.append(LocalDate.of(2026, 11, 21), "b".repeat(64));

    List<String> lines = Files.readAllLines(directory.resolve(DayChain.FILE));
    assertThat(lines.get(0)).isEqualTo("2026-11-20;" + "a".repeat(64) + ";" + "0".repeat(64));
    assertThat(lines.get(1))
        .isEqualTo(
            "2026-11-21;"
                + "b".repeat(64)
                + ";"
                + DayChain.sha256((lines.get(0) + "\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(chain.manifest(LocalDate.of(2026, 11, 21))).contains("b".repeat(64));
    assertThat(chain.manifest(LocalDate.of(2026, 11, 22))).isEmpty();
  }

  @Test
  void writesADayOnceWithManifestAndChain(@TempDir Path directory) throws Exception {
    Instant now = Instant.parse("2026-11-23T09:00:00Z");
    BuiltInTsa authority = BuiltInTsa.create(new SecureRandom(), InstantSource.system());
    AtomicBoolean away = new AtomicBoolean(true);
    TimeStamper stamps =
        sha256 ->
            away.getAndSet(false)
                ? new TimeStamping.Refused(TimeStamping.Kind.UNREACHABLE, "no answer")
                : authority.stamp(sha256);
    List<String> told = new ArrayList<>();
    Principal who = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
    try (TownLines town =
            TownLines.of(
                directory,
                "2026-11-22T05:00:00Z gw dhcpd: DHCPACK on 10.20.30.41 to 00:1b:44:11:3a:b7 via"
                    + " eth1 lease-duration 3600");
        Database database = Database.open(directory.resolve("d"), List.of("audit", "job"));
        Jobs jobs = new Jobs(database, () -> now, 10)) {
      Path root = directory.resolve("traffic");
      AuditLog audit = new AuditLog(database, () -> now);
      DayWriter writer =
          new DayWriter(
              root,
              new DayRecords(town.search(), TownLines.zone()),
              new DayStamp(stamps),
              TownLines.zone());
      DayExports days = new DayExports(jobs, writer, audit, TownLines.zone(), () -> now);
      jobs.register(DayExports.KIND, days::run);
      jobs.start();

      DayExports.Start first = days.start("2026-11-22", who);
      await(jobs, first);
      told.add(Files.readString(root.resolve("2026/11/22/STAMP.txt")));
      told.add(stamped(days, first));
      DayExports.Start again = days.start("2026-11-22", who);
      await(jobs, again);

      assertThat(days.start("2026-11-23", who)).isEqualTo(new DayExports.Start.Refused("running"));
      assertThat(days.start("x", who)).isEqualTo(new DayExports.Start.Refused("day"));
      Path folder = root.resolve("2026/11/22");
      byte[] manifest = Files.readAllBytes(folder.resolve(DayWriter.MANIFEST));
      assertThat(new String(manifest, StandardCharsets.UTF_8))
          .contains(
              DayChain.sha256(Files.readAllBytes(folder.resolve("dhcpd-tib.log")))
                  + "  dhcpd-tib.log\n");
      assertThat(Files.readAllLines(root.resolve(DayChain.FILE)))
          .containsExactly("2026-11-22;" + DayChain.sha256(manifest) + ";" + "0".repeat(64));
      assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10))
          .extracting(AuditEntry::action)
          .containsExactly(DayExports.ACTION, DayExports.ACTION);
      // The authority was away at first: the folder said so, and the second wish brought the stamp.
      assertThat(told).containsExactly("NOT STAMPED: no answer\n", "false");
      assertThat(folder.resolve("STAMP.txt"))
          .content()
          .matches("stamped 20[-0-9T:Z]+ by .*proves nothing.*\n");
      verifiesWithOpenssl(folder, authority);
    }
  }

  private static void verifiesWithOpenssl(Path folder, BuiltInTsa authority) throws Exception {
    Path trusted = folder.resolve("tsa.pem");
    Files.writeString(trusted, Certificates.pem(List.of(authority.certificate())));
    for (List<String> over :
        List.of(
            List.of("-queryfile", "MANIFEST.sha256.tsq"), List.of("-data", "MANIFEST.sha256"))) {
      List<String> command = new ArrayList<>(List.of("ts", "-verify"));
      command.addAll(over);
      command.addAll(List.of("-in", "MANIFEST.sha256.tsr", "-CAfile", "tsa.pem"));
      assertThat(Openssl.run(folder, command.toArray(String[]::new)).text())
          .contains("Verification: OK");
    }
  }

  @Test
  void saysThatADayIsNotStampedWhereNobodyStamps(@TempDir Path directory) throws Exception {
    Path manifest = Files.writeString(directory.resolve(DayWriter.MANIFEST), "x");

    assertThat(new DayStamp(null).stamp(manifest)).isFalse();

    assertThat(directory.resolve("STAMP.txt"))
        .content()
        .isEqualTo("NOT STAMPED: no time stamp authority is set up (seal.timestamp.url)\n");
    assertThat(directory.resolve("MANIFEST.sha256.tsr")).doesNotExist();
  }

  private static String stamped(DayExports days, DayExports.Start start) {
    long id = ((DayExports.Start.Started) start).job();
    return String.valueOf(days.document(id).orElseThrow().get("stamped"));
  }

  private static void await(Jobs jobs, DayExports.Start start) {
    if (!(start instanceof DayExports.Start.Started(long id))) {
      throw new AssertionError(start);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.DONE));
  }
}
