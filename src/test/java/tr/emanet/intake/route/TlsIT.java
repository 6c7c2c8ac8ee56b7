package tr.emanet.intake.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tr.emanet.intake.Certificates;
import tr.emanet.intake.Certificates.Odd;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.RefusalReason;

/** Every bad way to speak TLS, with stock clients: refused, counted by reason, survived. */
@Timeout(120)
final class TlsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path routes;
  @TempDir Path folder;

  private final List<Process> clients = new ArrayList<>();

  /**
   * A client that must be refused.
   *
   * @param how makes the files {@code client.pem} and {@code client.key}
   * @param arguments for openssl s_client
   */
  record Bad(String name, Maker how, List<String> arguments, RefusalReason reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Makes the certificate of one client. */
  @FunctionalInterface
  interface Maker {
    void make(Certificates made) throws IOException, InterruptedException;
  }

  private static Bad bad(String name, Odd odd) {
    return new Bad(
        name, made -> made.make("client", odd, "ca"), shown(), RefusalReason.TLS_CERTIFICATE);
  }

  private static List<String> shown(String... more) {
    // At security level 0 openssl sends what it would itself refuse.
    List<String> out =
        new ArrayList<>(
            List.of("-cert", "client.pem", "-key", "client.key", "-cipher", "ALL:@SECLEVEL=0"));
    out.addAll(List.of(more));
    return out;
  }

  static Stream<Bad> clients() {
    Odd sound = Odd.sound();
    Maker nothing = made -> assertThat(made.file("ca.pem")).exists();
    Maker good = made -> made.make("client", sound, "ca");
    return Stream.of(
        bad("expired", sound.valid("20200101000000Z", "20210101000000Z")),
        bad("not yet valid", sound.valid("20390101000000Z", "20400101000000Z")),
        bad("for servers only", sound.with("extendedKeyUsage=serverAuth")),
        bad("for no signatures", sound.with("keyUsage=critical,keyEncipherment")),
        bad("unknown critical extension", sound.with("1.2.3.4=critical,ASN1:NULL")),
        bad("key of 1,024 bits", sound.signed("rsa:1024", "sha256")),
        bad("signed with SHA-1", sound.signed("rsa:2048", "sha1")),
        new Bad(
            "of another authority",
            made -> made.selfSigned("other").make("client", sound, "other"),
            shown(),
            RefusalReason.TLS_CERTIFICATE),
        new Bad(
            "signed by itself",
            made -> made.selfSigned("client"),
            shown(),
            RefusalReason.TLS_CERTIFICATE),
        new Bad("without a certificate", nothing, List.of(), RefusalReason.TLS_CERTIFICATE),
        new Bad(
            "without a certificate, TLS 1.2",
            nothing,
            List.of("-tls1_2"),
            RefusalReason.TLS_CERTIFICATE),
        new Bad("a chain of forty", TlsIT::longChain, chained(), RefusalReason.TLS_CERTIFICATE),
        new Bad(
            "TLS 1.0", good, shown("-tls1", "-legacy_server_connect"), RefusalReason.TLS_VERSION),
        new Bad("TLS 1.1", good, shown("-tls1_1"), RefusalReason.TLS_VERSION),
        new Bad(
            "no cipher in common",
            good,
            List.of("-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0"),
            RefusalReason.TLS_HANDSHAKE));
  }

  private static List<String> chained() {
    return shown("-cert_chain", "chain.pem");
  }

  private static void longChain(Certificates made) throws IOException, InterruptedException {
    made.make("client", Odd.sound(), "ca");
    String one = Files.readString(made.file("ca.pem"));
    Files.writeString(made.file("chain.pem"), one.repeat(40));
  }

  @BeforeEach
  void needsOpenssl() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
  }

  @AfterEach
  void endClients() throws InterruptedException {
    for (Process client : clients) {
      client.destroyForcibly().waitFor();
    }
  }

  private Fixture listening(Certificates made, String clientAuth) throws IOException {
    IntakeConfig.SyslogConfig plain = IntakeConfig.SyslogConfig.of("127.0.0.1", 0, 0, 0, true);
    Path file = Fixture.shipped(routes).resolve("syslog.camel.yaml");
    String auth = "clientAuth: \"{{syslog.tls.clientAuth}}\"";
    Files.writeString(
        file,
        Files.readString(file).replace(auth, auth + "\n        handshakeSeconds: 2"),
        StandardCharsets.UTF_8);
    return new Fixture(
            routes,
            new IntakeConfig.SyslogConfig(
                null, null, plain.udp(), plain.tcp(), plain.tls(), clientAuth, 0, 0, 0, 0, 0),
            IntakeConfig.AdmissionConfig.defaults(),
            () -> {
              try {
                return made.context("server");
              } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            })
        .start();
  }

  private Certificates authority() throws IOException, InterruptedException {
    return new Certificates(folder).issue("server", "IP:127.0.0.1");
  }

  private Process client(Fixture f, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
    command.add("127.0.0.1:" + f.port("syslog_tls"));
    command.addAll(arguments);
    Process client =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("client.log").toFile())
            .start();
    clients.add(client);
    return client;
  }

  private static void say(Process client, String text) {
    try {
      OutputStream in = client.getOutputStream();
      in.write(text.getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      // A client that was refused at once no longer reads; what counts is the listener's count.
      assertThat(client.isAlive() && e.getMessage() == null).isFalse();
    }
  }

  /** After whatever happened a good client is served, and nothing but its line was taken. */
  private void servesTheNext(Fixture f, Certificates made, int before)
      throws IOException, InterruptedException {
    made.make("good", Odd.sound().with("extendedKeyUsage=clientAuth"), "ca");
    Process good = client(f, List.of("-quiet", "-cert", "good.pem", "-key", "good.key"));
    say(good, "<13>good\n");
    await().atMost(PATIENCE).until(() -> f.journal.size() == before + 1);
    assertThat(f.journal.texts()).contains("<13>good").doesNotContain("<13>bad");
    await().until(() -> f.intake.status().inFlight() == 0);
    assertThat(f.intake.status().received()).isEqualTo(f.journal.size());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesAndCounts(Bad bad) throws IOException, InterruptedException {
    Certificates made = authority();
    bad.how().make(made);
    try (Fixture f = listening(made, "required")) {
      say(client(f, bad.arguments()), "<13>bad\n");

      await().atMost(PATIENCE).until(() -> !f.listener("syslog_tls").refused().isEmpty());

      assertThat(f.listener("syslog_tls").refused())
          .as(Files.readString(folder.resolve("client.log")))
          .isEqualTo(Map.of(bad.reason(), 1L));
      servesTheNext(f, made, 0);
    }
  }

  @Test
  void refusesABadCertificateAlsoWhereNoneIsNeeded() throws IOException, InterruptedException {
    Certificates made = authority().selfSigned("client");
    try (Fixture f = listening(made, "optional")) {
      say(client(f, shown()), "<13>bad\n");
      await()
          .atMost(PATIENCE)
          .until(
              () -> f.listener("syslog_tls").refused().containsKey(RefusalReason.TLS_CERTIFICATE));

      say(client(f, List.of("-quiet")), "<13>nobody\n");

      await().atMost(PATIENCE).until(() -> f.journal.size() == 1);
      servesTheNext(f, made, 1);
    }
  }

  @Test
  void countsPlainTextOnTheTlsPortAndKeepsTlsOnThePlainPort()
      throws IOException, InterruptedException {
    Certificates made = authority();
    try (Fixture f = listening(made, "required")) {
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), f.port("syslog_tls"))) {
        plain.getOutputStream().write("<13>bad in plain text\n".getBytes(StandardCharsets.UTF_8));
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    f.listener("syslog_tls")
                        .refused()
                        .equals(Map.of(RefusalReason.TLS_MISSING, 1L)));
      }
      Process lost = client(f, List.of("-connect", "127.0.0.1:" + f.port("syslog_tcp")));
      await().atMost(PATIENCE).until(() -> f.listener("syslog_tcp").connections() == 1);
      lost.destroyForcibly().waitFor();
      await().atMost(PATIENCE).until(() -> f.journal.size() > 0);
      await().until(() -> f.listener("syslog_tcp").connections() == 0);

      servesTheNext(f, made, f.journal.size());
    }
  }

  @Test
  void closesAHandshakeThatIsBegunAndNotEnded() throws IOException, InterruptedException {
    Certificates made = authority();
    try (Fixture f = listening(made, "required");
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), f.port("syslog_tls"));
        Socket half = new Socket(InetAddress.getLoopbackAddress(), f.port("syslog_tls"))) {
      // The head of a TLS record that promises 512 bytes, and some of them.
      half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});

      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  f.listener("syslog_tls")
                      .refused()
                      .equals(Map.of(RefusalReason.HANDSHAKE_TIMEOUT, 2L)));
      assertThat(silent.isClosed()).isFalse();
      servesTheNext(f, made, 0);
    }
  }

  @Test
  void survivesRenegotiation() throws IOException, InterruptedException {
    Certificates made = authority().make("client", Odd.sound(), "ca");
    try (Fixture f = listening(made, "required")) {
      Process client = client(f, shown("-tls1_2"));
      say(client, "<13>first\n");
      await().atMost(PATIENCE).until(() -> f.journal.size() == 1);

      // A line that begins with R makes s_client ask for a new handshake.
      for (int i = 0; i < 5; i++) {
        say(client, "R\n");
      }

      servesTheNext(f, made, 1);
    }
  }

  @Test
  void takesWhatRsyslogForwardsOverTls() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/rsyslogd"))
            && Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so")),
        "rsyslog-gnutls is not installed");
    Certificates made = authority().issue("client", "DNS:client");
    try (Fixture f = listening(made, "required")) {
      Path input = folder.resolve("input.log");
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 2_000; i++) {
        lines.append("satır ").append(i).append(" ığüşöç\n");
      }
      Files.writeString(input, lines);
      Path config = folder.resolve("rsyslog.conf");
      Files.writeString(
          config,
          """
          global(workDirectory="DIR" defaultNetstreamDriverCAFile="DIR/ca.pem"
                 defaultNetstreamDriverCertFile="DIR/client.pem"
                 defaultNetstreamDriverKeyFile="DIR/client.key")
          module(load="imfile")
          input(type="imfile" File="DIR/input.log" Tag="test")
          action(type="omfwd" target="127.0.0.1" port="PORT" protocol="tcp"
                 TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"
                 StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/certvalid")
          """
              .replace("DIR", folder.toString())
              .replace("PORT", Integer.toString(f.port("syslog_tls"))));
      Process rsyslog =
          new ProcessBuilder(
                  "/usr/sbin/rsyslogd",
                  "-n",
                  "-f",
                  config.toString(),
                  "-i",
                  folder.resolve("rsyslog.pid").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("client.log").toFile())
              .start();
      clients.add(rsyslog);

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> f.journal.texts().stream().filter(t -> t.contains(" test ")).count() == 2_000);

      assertThat(f.journal.texts()).anySatisfy(t -> assertThat(t).contains("satır 1999 ığüşöç"));
      assertThat(f.listener("syslog_tls").refused()).isEmpty();
    }
  }
}
