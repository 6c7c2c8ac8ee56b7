package tr.emanet.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.index.IndexStatus;
import tr.emanet.intake.DropReason;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.RefusalReason;
import tr.emanet.intake.Trust;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.seal.SealReport;
import tr.emanet.journal.seal.SealStatus;
import tr.emanet.overview.SystemFacts;
import tr.emanet.overview.SystemSnapshot;
import tr.emanet.pipeline.PipelineStatus;

/** A system with a few of the troubles that a system page must show; its counters balance. */
final class CalmSystem implements SystemFacts {

  @Override
  public SystemSnapshot take() {
    return new SystemSnapshot(
        SampleEvents.NOW.minusSeconds(93_784),
        "10.10.4.5",
        intake(),
        new JournalStatus(
            96_412_065,
            21_400_000_000L,
            2_300_000_000_000L,
            1_100_000_000_000L,
            20_000_000_000L,
            412_077,
            2_100,
            9_800,
            List.of(
                new JournalStatus.StreamStatus(
                    "standard", 1, 96_000_000, 412, 0, 2_200_000_000_000L),
                new JournalStatus.StreamStatus("law5651", 14, 96_412_077, 96, 2, 100_000_000_000L)),
            List.of()),
        new PipelineStatus(96_411_840, 175, 12, 0, false, 96_412_040, 180, null),
        new IndexStatus(
            96_412_015,
            600_000_000_000L,
            List.of(
                new IndexStatus.PartitionStatus(
                    "standard",
                    LocalDate.of(2026, 11, 22),
                    1_204_118,
                    9_000_000_000L,
                    14,
                    96_412_040),
                new IndexStatus.PartitionStatus(
                    "standard",
                    LocalDate.of(2026, 11, 21),
                    91_004_002,
                    560_000_000_000L,
                    9,
                    95_207_000)),
            42),
        new OutboxStatus(
            List.of(
                new OutboxStatus.ChannelStatus(
                    "mail:some@ornek.bel.tr",
                    0,
                    42,
                    0,
                    SampleEvents.NOW.minusSeconds(400),
                    false,
                    "")),
            List.of(),
            0,
            Optional.empty()),
        Optional.empty(),
        seal());
  }

  private static IntakeStatus intake() {
    return new IntakeStatus(
        List.of(
            listener(
                "syslog_udp",
                "udp",
                5514,
                "listening",
                81_000_000,
                4_194_304,
                425_984,
                214,
                Map.of(DropReason.RATE, 12L),
                Map.of(RefusalReason.EMPTY_FRAME, 41L),
                List.of()),
            listener(
                "syslog_tcp",
                "tcp",
                5601,
                "listening",
                14_000_000,
                0,
                0,
                -1,
                Map.of(),
                Map.of(RefusalReason.IDLE_TIMEOUT, 7L, RefusalReason.CONNECTION_LIMIT, 2L),
                List.of()),
            listener(
                "syslog_tls",
                "tls",
                6514,
                "listening",
                1_000_000,
                0,
                0,
                -1,
                Map.of(),
                Map.of(RefusalReason.TLS_HANDSHAKE, 19L),
                List.of()),
            listener(
                "mqtt",
                "mqtt",
                1883,
                "subscribed",
                412_077,
                0,
                0,
                -1,
                Map.of(),
                Map.of(),
                List.of(
                    new IntakeStatus.PeerSetting(
                        "max_queued_messages", "0", "intake.broker.queued"),
                    new IntakeStatus.PeerSetting(
                        "persistence", "true", "intake.broker.persistence")))),
        List.of(
            new IntakeStatus.RouteFile(
                "syslog.camel.yaml", IntakeStatus.RouteState.RUNNING, List.of()),
            new IntakeStatus.RouteFile(
                "mqtt.camel.yaml",
                IntakeStatus.RouteState.OUTDATED,
                List.of(
                    new IntakeStatus.RouteProblem(
                        "mqtt.camel.yaml",
                        7,
                        "component 'exec' is not allowed",
                        "use one of emanet-mqtt, journal")))),
        List.of(
            new IntakeStatus.SourceStatus(
                "10.10.0.1",
                Trust.FORGEABLE,
                70_120_004,
                18_000_000_000L,
                Map.of(DropReason.RATE, 12L)),
            new IntakeStatus.SourceStatus(
                "10.10.4.21", Trust.CONNECTED, 9_200_118, 2_000_000_000L, Map.of())),
        IntakeStatus.Gate.OPEN,
        44,
        48);
  }

  private static IntakeStatus.ListenerStatus listener(
      String name,
      String kind,
      int port,
      String state,
      long received,
      long asked,
      long granted,
      long kernel,
      Map<DropReason, Long> dropped,
      Map<RefusalReason, Long> refused,
      List<IntakeStatus.PeerSetting> settings) {
    long lost = dropped.values().stream().mapToLong(Long::longValue).sum();
    return new IntakeStatus.ListenerStatus(
        name,
        kind,
        "127.0.0.1",
        port,
        state,
        kind.equals("udp") ? 0 : 12,
        received,
        received * 220,
        received - lost,
        0,
        0,
        0,
        asked,
        granted,
        kernel,
        dropped,
        refused,
        "",
        settings);
  }

  private static SealReport seal() {
    return new SealReport(
        new SealStatus(
            61_402,
            SampleEvents.NOW.minusSeconds(140),
            Duration.ofSeconds(140),
            false,
            301,
            "",
            List.of(),
            List.of()),
        new SealReport.Key("9f".repeat(32), Instant.parse("2036-11-19T22:37:46Z")),
        "http://zd.kamusm.gov.tr",
        "412",
        List.of(
            new SealReport.Unstamped(
                LocalDate.of(2026, 11, 21), 3, "the authority answered HTTP 503")),
        1,
        LocalDate.of(2026, 11, 20),
        "",
        List.of(
            new SealReport.WitnessStatus("directory /mnt/tanik", 61_402, 0, 0, ""),
            new SealReport.WitnessStatus(
                "syslog tcp tanik.belediye.example:601", 61_396, 6, 12, "Connection refused")));
  }
}
