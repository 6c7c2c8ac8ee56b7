package tr.emanet.intake.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Attributes;
import tr.emanet.event.RecordFlags;
import tr.emanet.intake.Certificates;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.RefusalReason;

/** Real senders of other makers against the shipped routes. */
@Timeout(120)
final class SendersIT {

  @TempDir Path routes;
  @TempDir Path folder;

  private static void needs(String binary) {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(binary)), binary + " is not installed");
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.log").toFile())
        .start();
  }

  private void run(String... command) throws IOException, InterruptedException {
    assertThat(start(command).waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void takesWhatLoggerSendsInEveryForm() throws IOException, InterruptedException {
    needs("/usr/bin/logger");
    try (Fixture f = new Fixture(Fixture.shipped(routes)).start()) {
      String tcp = Integer.toString(f.port("syslog_tcp"));
      String udp = Integer.toString(f.port("syslog_udp"));
      run("logger", "-n", "127.0.0.1", "-P", tcp, "-T", "--rfc3164", "BAŞARISIZ giriş one");
      run("logger", "-n", "127.0.0.1", "-P", tcp, "-T", "--rfc5424", "two");
      run("logger", "-n", "127.0.0.1", "-P", tcp, "-T", "--octet-count", "three");
      run("logger", "-n", "127.0.0.1", "-P", tcp, "-T", "four");
      run("logger", "-n", "127.0.0.1", "-P", udp, "-d", "--rfc3164", "five");
      run("logger", "-n", "127.0.0.1", "-P", udp, "-d", "--rfc5424", "six");

      await().until(() -> f.journal.size() == 6);

      assertThat(f.journal.texts()).allSatisfy(t -> assertThat(t).startsWith("<13>"));
      assertThat(f.journal.texts()).allSatisfy(t -> assertThat(t).doesNotContain("\n"));
      assertThat(f.journal.texts()).anySatisfy(t -> assertThat(t).endsWith("BAŞARISIZ giriş one"));
      assertThat(f.journal.records()).allSatisfy(r -> assertThat(r.flags()).isZero());
    }
  }

  @Test
  void takesWhatRsyslogForwards() throws IOException, InterruptedException {
    needs("/usr/sbin/rsyslogd");
    try (Fixture f = new Fixture(Fixture.shipped(routes)).start()) {
      Path input = folder.resolve("input.log");
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 2_000; i++) {
        lines.append("satır ").append(i).append(" ığüşöç\n");
      }
      Files.writeString(input, lines);
      Path config = folder.resolve("rsyslog.conf");
      Files.writeString(
          config,
          String.join(
              "\n",
              "global(workDirectory=\"" + folder + "\")",
              "module(load=\"imfile\")",
              "input(type=\"imfile\" File=\"" + input + "\" Tag=\"test\" reopenOnTruncate=\"on\")",
              "action(type=\"omfwd\" target=\"127.0.0.1\" port=\""
                  + f.port("syslog_tcp")
                  + "\" protocol=\"tcp\" TCP_Framing=\"octet-counted\""
                  + " template=\"RSYSLOG_SyslogProtocol23Format\")",
              ""));
      Process rsyslog =
          start(
              "/usr/sbin/rsyslogd",
              "-n",
              "-f",
              config.toString(),
              "-i",
              folder.resolve("rsyslog.pid").toString());
      try {
        await()
            .atMost(Duration.ofSeconds(40))
            .until(
                () -> f.journal.texts().stream().filter(t -> t.contains("satır")).count() == 2_000);
      } finally {
        rsyslog.destroyForcibly().waitFor();
      }
      assertThat(f.journal.texts()).anySatisfy(t -> assertThat(t).contains("satır 1999 ığüşöç"));
    }
  }

  private static Fixture withTls(Path routes, Certificates certificates, String clientAuth)
      throws IOException {
    IntakeConfig.SyslogConfig plain = IntakeConfig.SyslogConfig.of("127.0.0.1", 0, 0, 0, true);
    return new Fixture(
            Fixture.shipped(routes),
            new IntakeConfig.SyslogConfig(
                null, null, plain.udp(), plain.tcp(), plain.tls(), clientAuth, 0, 0, 0, 0, 0),
            IntakeConfig.AdmissionConfig.defaults(),
            () -> {
              try {
                return certificates.context("server");
              } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            })
        .start();
  }

  private Process sClient(int port, String... extra) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(extra));
    return start(command.toArray(String[]::new));
  }

  private static void say(Process client, String text) throws IOException {
    try (OutputStream in = client.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
      in.flush();
    }
  }

  @Test
  void takesTlsAndNotesTheCertificateOfTheClient() throws IOException, InterruptedException {
    Certificates made =
        new Certificates(folder).issue("server", "IP:127.0.0.1").issue("client", "DNS:client");
    try (Fixture f = withTls(routes, made, "required")) {
      Process client =
          sClient(
              f.port("syslog_tls"),
              "-cert",
              made.file("client.pem").toString(),
              "-key",
              made.file("client.key").toString());
      client
          .getOutputStream()
          .write("13 <13>over tls\n\n<13>second\n".getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().flush();
      await().until(() -> f.journal.size() == 2);
      client.destroyForcibly().waitFor();

      assertThat(f.journal.texts()).containsExactly("<13>over tls\n", "<13>second");
      assertThat(f.journal.records().getFirst().attributes().text(Attributes.Key.TLS_SUBJECT))
          .isEqualTo("CN=client");
      assertThat(f.journal.records().getFirst().attributes().get(Attributes.Key.TLS_PEER))
          .hasSize(32);

      say(sClient(f.port("syslog_tls")), "<13>without certificate\n");
      say(sClient(f.port("syslog_tls"), "-tls1_1"), "<13>too old\n");
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), f.port("syslog_tls"))) {
        plain.getOutputStream().write("<13>not tls at all\n".getBytes(StandardCharsets.UTF_8));
        await()
            .until(
                () ->
                    f.listener("syslog_tls")
                        .refused()
                        .equals(
                            Map.of(
                                RefusalReason.TLS_CERTIFICATE, 1L,
                                RefusalReason.TLS_VERSION, 1L,
                                RefusalReason.TLS_MISSING, 1L)));
      }
      assertThat(f.journal.size()).isEqualTo(2);
      assertThat(f.listener("syslog_tls").port()).isPositive();
    }
  }

  @Test
  void livesThroughGarbage() throws IOException {
    try (Fixture f = new Fixture(Fixture.shipped(routes)).start()) {
      Random random = new Random(3);
      for (int round = 0; round < 50; round++) {
        byte[] garbage = new byte[random.nextInt(100_000)];
        random.nextBytes(garbage);
        try (Socket socket = f.tcp()) {
          socket.getOutputStream().write(garbage);
        }
        try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
          int length = random.nextInt(60_000);
          udp.send(
              new DatagramPacket(
                  garbage,
                  Math.min(garbage.length, length),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), f.port("syslog_udp"))));
        }
      }
      f.udp("");
      f.tcp("<13>" + "x".repeat(200_000) + "\n<13>after\n<13>half");

      await().until(() -> f.journal.texts().contains("<13>half"));
      await().until(() -> f.intake.status().inFlight() == 0);

      assertThat(f.journal.texts()).contains("<13>after");
      assertThat(f.journal.records())
          .anySatisfy(
              r -> {
                assertThat(r.flags()).isEqualTo(RecordFlags.TRUNCATED);
                assertThat(r.bytes()).hasSize(65_536);
              });
      assertThat(f.journal.records())
          .filteredOn(r -> new String(r.bytes(), StandardCharsets.UTF_8).equals("<13>half"))
          .allSatisfy(r -> assertThat(r.flags()).isEqualTo(RecordFlags.INCOMPLETE));
      assertThat(f.listener("syslog_udp").refused()).containsKey(RefusalReason.EMPTY_FRAME);
      assertThat(f.intake.status().received()).isEqualTo(f.journal.size());
    }
  }

  @Test
  void letsNothingOfTheNetworkIntoAnExchange() throws IOException {
    try (Fixture f = new Fixture(Fixture.shipped(routes))) {
      List<String> seen = new ArrayList<>();
      f.intake
          .camel()
          .getCamelContextExtension()
          .addInterceptStrategy(
              (context, definition, target, next) -> {
                Processor spy =
                    new DelegateAsyncProcessor(target) {
                      @Override
                      public boolean process(
                          org.apache.camel.Exchange exchange,
                          org.apache.camel.AsyncCallback callback) {
                        synchronized (seen) {
                          seen.addAll(exchange.getMessage().getHeaders().keySet());
                          seen.addAll(exchange.getVariables().keySet());
                        }
                        return super.process(exchange, callback);
                      }
                    };
                return spy;
              });
      f.start();
      for (String name :
          new String[] {"CamelFileName", "cAmElExecCommandArgs", "org.apache.camel"}) {
        for (String cased :
            new String[] {name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)}) {
          f.udp(cased + ": x", "<13>[" + cased + "=\"y\"]");
          f.tcp(cased + ": ${exec:id}\n");
        }
      }

      await().until(() -> f.journal.size() == 27);

      assertThat(seen).isEmpty();
    }
  }

  @Test
  void servesNewSendersWhileAnotherProcessHoldsIdleConnections()
      throws IOException, InterruptedException {
    needs("/usr/bin/python3");
    int wanted = 10_000;
    IntakeConfig.SyslogConfig plain = IntakeConfig.SyslogConfig.of("127.0.0.1", 0, 0, 0, false);
    Fixture fixture =
        new Fixture(
            Fixture.shipped(routes),
            new IntakeConfig.SyslogConfig(
                null, null, plain.udp(), plain.tcp(), plain.tls(), null, 0, wanted, wanted, 0, 0),
            IntakeConfig.AdmissionConfig.defaults(),
            () -> {
              throw new IllegalStateException("no TLS here");
            });
    try (Fixture f = fixture.start()) {
      Path script = folder.resolve("hold.py");
      Files.writeString(
          script,
          """
          import resource, socket, sys, time
          soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
          resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
          held = []
          try:
            for i in range(int(sys.argv[2])):
              held.append(socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20))
          except OSError as e:
            print(e, flush=True)
          print('held', len(held), flush=True)
          time.sleep(120)
          """);
      Process holder =
          start(
              "/usr/bin/python3",
              script.toString(),
              Integer.toString(f.port("syslog_tcp")),
              Integer.toString(wanted));
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> Files.readString(folder.resolve("out.log")).contains("held"));
        for (int i = 0; i < 20; i++) {
          f.tcp("<13>still served " + i + "\n");
        }
        f.udp("<13>udp too");

        await().until(() -> f.journal.size() == 21);

        assertThat(f.pool.free()).isGreaterThanOrEqualTo(f.pool.size() - 2);
        assertThat(f.listener("syslog_tcp").connections()).isGreaterThan(500);
      } finally {
        holder.destroyForcibly().waitFor();
      }
      await().until(() -> f.listener("syslog_tcp").connections() == 0);
    }
  }
}
