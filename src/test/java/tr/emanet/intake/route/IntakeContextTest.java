package tr.emanet.intake.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.event.RecordFlags;
import tr.emanet.intake.DropReason;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.IntakeStatus.RouteState;
import tr.emanet.intake.RefusalReason;

final class IntakeContextTest {

  @TempDir Path routes;

  @Test
  void bringsUdpAndTcpThroughTheShippedRoutesIntoTheJournal() throws IOException {
    try (Fixture f = new Fixture(Fixture.shipped(routes)).start()) {
      f.udp("<13>udp one", "<13>udp two");
      f.tcp("<13>tcp one\n13 <13>tcp\ntwo");

      await().until(() -> f.journal.size() == 4);

      assertThat(f.journal.texts())
          .containsExactlyInAnyOrder("<13>udp one", "<13>udp two", "<13>tcp one", "<13>tcp\ntwo");
      assertThat(f.journal.records())
          .allSatisfy(r -> assertThat(r.position().stream()).isEqualTo("syslog"));
      IntakeStatus status = f.intake.status();
      assertThat(status.received()).isEqualTo(4);
      assertThat(status.journaled()).isEqualTo(4);
      assertThat(status.inFlight()).isZero();
      assertThat(status.endpoints()).containsOnlyKeys("syslog_udp", "syslog_tcp");
      assertThat(f.listener("syslog_udp").kernelDrops()).isZero();
      assertThat(f.listener("syslog_udp").receiveBufferGranted()).isPositive();
    }
    assertThat(routes).exists();
  }

  @Test
  void keepsTheOrderOfAConnectionAndLosesNothingWhenItStops() throws IOException {
    List<String> sent = new ArrayList<>();
    Fixture f = new Fixture(Fixture.shipped(routes)).start();
    try (Socket socket = f.tcp()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50_000; i++) {
        sent.add("<13>line " + i);
        all.append(sent.getLast()).append('\n');
      }
      socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.UTF_8));
      await().until(() -> f.journal.size() > 0);

      f.close();
    }

    List<String> stored = f.journal.texts();
    List<String> whole =
        (f.journal.records().getLast().flags() & RecordFlags.INCOMPLETE) != 0
            ? stored.subList(0, stored.size() - 1)
            : stored;
    assertThat(whole).isEqualTo(sent.subList(0, whole.size()));
    assertThat(f.intake.status().inFlight()).isZero();
    assertThat(f.pool.free()).isEqualTo(f.pool.size());
  }

  @Test
  void showsABrokenFileAndLeavesTheOthersRunning() throws IOException {
    Fixture.shipped(routes);
    Files.writeString(
        routes.resolve("bad.camel.yaml"),
        """
        - route:
            id: bad
            from:
              uri: exec:rm
              steps:
                - toD: "journal:x"
        """);
    try (Fixture f = new Fixture(routes).start()) {
      f.udp("<13>still here");

      await().until(() -> f.journal.size() == 1);

      IntakeStatus.RouteFile bad = f.intake.status().routes().getFirst();
      assertThat(bad.name()).isEqualTo("bad.camel.yaml");
      assertThat(bad.state()).isEqualTo(RouteState.BROKEN);
      assertThat(bad.problems()).extracting(IntakeStatus.RouteProblem::line).containsExactly(4, 6);
      assertThat(bad.problems()).allSatisfy(p -> assertThat(p.remedy()).isNotBlank());
      assertThat(f.intake.status().routes().getLast().state()).isEqualTo(RouteState.RUNNING);
      assertThat(IntakeContext.check(f.config)).hasSize(2);
    }
  }

  @Test
  void reloadsAChangedFileAndStopsADeletedOne() throws IOException {
    Path file = routes.resolve("one.camel.yaml");
    Files.writeString(file, udpRoute("first"));
    try (Fixture f = new Fixture(routes).start()) {
      f.udp("<13>a");
      await().until(() -> f.journal.size() == 1);
      int port = f.port("syslog_udp");

      Files.writeString(file, udpRoute("second"));
      await()
          .untilAsserted(
              () -> {
                f.udp("<13>b");
                assertThat(f.journal.records().getLast().position().stream()).isEqualTo("second");
              });
      assertThat(f.port("syslog_udp")).isEqualTo(port);

      Files.writeString(file, udpRoute("Not A Stream"));
      await().until(() -> f.intake.status().routes().getFirst().state() == RouteState.OUTDATED);
      f.udp("<13>c");
      await().until(() -> f.journal.texts().contains("<13>c"));

      Files.delete(file);
      await().until(() -> f.intake.status().routes().isEmpty());
      assertThat(f.intake.endpoints()).isEmpty();
      assertThat(f.intake.status().received()).isEqualTo(f.journal.size());
    }
  }

  private static String udpRoute(String stream) {
    return """
    - route:
        id: udp
        from:
          uri: emanet-syslog:udp
          parameters:
            port: 0
          steps:
            - to: "journal:%s"
    """
        .replace("%s", stream);
  }

  @Test
  void countsAndReleasesWhatAFailingRouteLost() throws IOException {
    try (Fixture f = new Fixture(Fixture.shipped(routes)).start()) {
      f.journal.fail(true);
      try (Socket socket = f.tcp()) {
        socket.getOutputStream().write("<13>lost\n".getBytes(StandardCharsets.UTF_8));
        await().until(() -> f.intake.status().dropped().containsKey(DropReason.ROUTE_FAILED));
        f.journal.fail(false);
        socket.getOutputStream().write("<13>after a gap\n".getBytes(StandardCharsets.UTF_8));

        assertThat(socket.getInputStream().read()).as("the connection is broken").isNegative();
      }
      f.tcp("<13>new connection\n");

      await().until(() -> f.journal.size() == 1);

      assertThat(f.journal.texts()).containsExactly("<13>new connection");
      assertThat(f.intake.status().inFlight()).isZero();
      assertThat(f.listener("syslog_tcp").refused()).containsKey(RefusalReason.CONNECTION_BROKEN);
      await().until(() -> f.pool.free() == f.pool.size());
    }
  }

  @Test
  void holdsTcpAndRefusesUdpWhileTheDiskGuardIsClosed() throws IOException {
    try (Fixture f = new Fixture(Fixture.shipped(routes)).start()) {
      f.journal.guard(true);
      await().until(() -> f.intake.status().gate() == IntakeStatus.Gate.CLOSED);
      f.udp("<13>refused");
      await().until(() -> f.intake.status().dropped().containsKey(DropReason.DISK_GUARD));
      f.tcp("<13>waits\n");
      assertThat(f.journal.size()).isZero();

      f.journal.guard(false);

      await().until(() -> f.journal.size() == 1);
      assertThat(f.journal.texts()).containsExactly("<13>waits");
      assertThat(f.intake.status().inFlight()).isZero();
    }
  }

  @Test
  void aTimerTicksTheRunnerAndNothingElse() throws IOException {
    Files.copy(Path.of("routes/feeds.camel.yaml"), routes.resolve("feeds.camel.yaml"));
    List<String> ticks = new CopyOnWriteArrayList<>();
    try (Fixture f = new Fixture(routes)) {
      f.intake.ticking(ticks::add);
      f.start();

      await().until(() -> !ticks.isEmpty());

      assertThat(ticks).containsOnly("feeds");
      assertThat(f.intake.status().routes().getFirst().state()).isEqualTo(RouteState.RUNNING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "timer:feeds, journal:syslog, component 'journal' is not allowed",
    "emanet-syslog:udp, tick:feeds, component 'tick' is not allowed",
    "timer:feeds, tick:backup, no runner 'backup'",
    "timer:feeds?seconds=0, tick:feeds, 'seconds'",
    "timer:feeds?cron=x, tick:feeds, unknown option 'cron'"
  })
  void refusesARouteThatTicksWhatItMustNot(String from, String to, String problem)
      throws IOException {
    Files.writeString(
        routes.resolve("t.camel.yaml"),
        """
        - route:
            id: t
            from:
              uri: %s
              steps:
                - to: %s
        """
            .formatted(from, to));

    try (Fixture f = new Fixture(routes)) {
      assertThat(IntakeContext.check(f.config))
          .singleElement()
          .satisfies(p -> assertThat(p.problem()).contains(problem));
    }
  }
}
