package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises that scripts and operators rely on, kept with stock clients and the real service.
 */
class ServiceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private Path log = Path.of("");

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void preparePaths() {
    log = directory.resolve("log");
  }

  @Test
  void findsWhatStockClientsSendInEverySpelling() throws Exception {
    needs("/usr/bin/logger");
    needs("/usr/bin/mosquitto_pub");
    needs("/usr/sbin/mosquitto");
    try (Emanet service = service()) {
      service.start();

      run(
          "logger",
          "-n",
          "127.0.0.1",
          "-P",
          service.port("syslog_tcp") + "",
          "-T",
          "BAŞARISIZ giriş");
      run(
          "mosquitto_pub",
          "-p",
          service.port("mqtt_broker") + "",
          "-q",
          "1",
          "-t",
          "sistem-odasi/klima",
          "-m",
          "{\"temperature\": 31.4, \"durum\": \"IŞIK açık\"}");

      for (String word : List.of("başarısız", "BASARISIZ", "basarisiz", "ışık")) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(search(word)).as(this::whatIsThere).hasSize(1));
      }
      JsonNode sensor = search("mqtt.topic:\"sistem-odasi/klima\"").getFirst();
      assertThat(sensor.path("emanet.listener").asText()).isEqualTo("mqtt_broker");
      assertThat(search("event.kind:pipeline_error")).isEmpty();
    }
  }

  @Test
  void keepsEverythingAcrossAKillAndItsPortsAcrossAStop() throws Exception {
    needs("/usr/bin/logger");
    try (Emanet service = service()) {
      service.start();
      int port = service.port("syslog_tcp");
      run("logger", "-n", "127.0.0.1", "-P", port + "", "-T", "önce");
      await().atMost(PATIENCE).until(() -> search("önce").size() == 1);

      service.kill();
      service.start();
      await().atMost(PATIENCE).until(() -> search("önce").size() == 1);
      assertThat(service.port("syslog_tcp")).isEqualTo(port);

      assertThat(service.terminate()).isEqualTo(143);
      assertThat(state().resolve("run/endpoints.json")).doesNotExist();
      Ran verified = emanet("journal", "verify");
      assertThat(verified.code()).as(verified.out()).isZero();
      assertThat(verified.out()).contains("the journal is sound");
    }
  }

  @Test
  void choosesOtherPortsWhenSomebodyTookTheOnesItHadChosen() throws Exception {
    Files.createDirectories(state());
    List<String> ours =
        List.of(
            "http.port=0",
            "intake.syslog.udpPort=0",
            "intake.syslog.tcpPort=0",
            "intake.syslog.tlsPort=0");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket http = new ServerSocket(0, 1, loopback);
        ServerSocket tls = new ServerSocket(0, 1, loopback);
        ServerSocket mqtt = new ServerSocket(0, 1, loopback);
        DatagramSocket udp = new DatagramSocket(0, loopback);
        Emanet service = new Emanet(state(), log, ours, List.of())) {
      Map<String, Integer> taken =
          Map.of(
              "http", http.getLocalPort(),
              "syslog", udp.getLocalPort(),
              "syslog_tls", tls.getLocalPort(),
              "mqtt_broker", mqtt.getLocalPort());
      Files.write(
          state().resolve("ports.properties"),
          taken.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());

      service.start();

      int syslog = service.port("syslog_udp");
      assertThat(service.port("syslog_tcp")).isEqualTo(syslog);
      assertThat(List.of(service.port("http"), syslog, service.port("syslog_tls")))
          .doesNotContainAnyElementsOf(taken.values());
      if (Files.isExecutable(Path.of("/usr/sbin/mosquitto"))) {
        assertThat(service.port("mqtt_broker")).isNotIn(taken.values());
      }
      service.kill();
      service.start();
      assertThat(service.port("syslog_udp")).isEqualTo(syslog);
    }
  }

  @Test
  void refusesAPortOfTheConfigurationThatSomebodyHolds() throws Exception {
    try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran refused = emanet("serve", "--no-demo", "--set", "http.port=" + http.getLocalPort());

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains("another process listens there", "--set");
    }
  }

  @Test
  void refusesASecondProcessAndARepairWhileItRuns() throws Exception {
    try (Emanet service = service()) {
      service.start();

      Ran second = emanet("serve", "--no-demo");
      Ran repair = emanet("journal", "repair");
      Ran verify = emanet("journal", "verify");

      assertThat(second.code()).isEqualTo(3);
      assertThat(second.out()).isEmpty();
      assertThat(second.err()).contains("is in use by process");
      assertThat(repair.code()).isEqualTo(3);
      assertThat(verify.code()).isZero();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(state().resolve("run/local.token"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void makesTokensAndPeopleFromTheCommandLine() throws Exception {
    try (Emanet service = service()) {
      service.start();

      Ran token = emanet("token", "create", "--scope", "auditor", "--label", "deneme");
      Ran person = emanet("user", "create", "isik", "--role", "analyst");
      Ran refused = emanet("user", "create", "IŞIK", "--role", "analyst");

      assertThat(token.out().strip()).startsWith("emt_");
      assertThat(new ObjectMapper().readTree(person.out()).path("code").asText()).isNotEmpty();
      assertThat(refused.code()).isEqualTo(1);
      assertThat(emanet("user", "list").out()).contains("isik");
      assertThat(emanet("token", "list").out()).contains("deneme").doesNotContain(token.out());
    }
  }

  @Test
  void readsLinesAsTheNetworkOfTheirSenderIsConfigured() throws Exception {
    String network = "{cidr: 127.0.0.0/8, zone: UTC, charset: windows-1252, host: fw-depo}";
    try (Emanet service =
            new Emanet(state(), log, List.of("sources.networks=[" + network + "]"), List.of());
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      service.start();
      // 0xD0 is G with breve in windows-1254, the default, and Eth in windows-1252.
      byte[] line = "action=deny src=192.0.2.1 name=Ðepo".getBytes(StandardCharsets.ISO_8859_1);

      socket.send(new DatagramPacket(line, line.length, service.address("syslog_udp")));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(search("host.name:fw-depo")).as(this::whatIsThere).hasSize(1));
      JsonNode event = search("host.name:fw-depo").getFirst();
      assertThat(event.path("message").asText()).contains("Ðepo");
      assertThat(event.path("emanet.flags").asText()).contains("windows-1252");
    }
  }

  @Test
  void refusesToLoseEvidenceOnPurposeOutsideOfTheHarness() throws Exception {
    for (String name : List.of("unsafe-no-force", "unsafe-ack-first")) {
      List<String> command = new ArrayList<>(Java.command());
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Demanet.journal." + name + "=true");
      command.addAll(List.of("tr.emanet.cli.Main", "serve", "--no-demo"));
      command.addAll(List.of("--state", state().toString()));

      Ran ran = run(new File("/dev/null"), command);

      assertThat(ran.code()).isNotZero();
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains(name).contains("packaging/torture only");
    }
  }

  @Test
  void answersBadUseWithItsExitCode() throws Exception {
    Ran unknown = emanet("serve", "--set", "http.prot=1");
    Ran notRunning = emanet("search", "x");
    Ran check = emanet("check", "--set", "profile=tiny");

    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean port?");
    assertThat(notRunning.code()).isEqualTo(3);
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.out()).contains("'tiny' is not one of small, standard");
    assertThat(emanet("check").code()).isZero();
  }

  @Test
  void parsesLinesAsThePipelineDoes() throws Exception {
    Path lines = directory.resolve("lines");
    Files.writeString(
        lines,
        "<38>Nov 22 03:11:57 uyg01 sshd[1]: Failed password for yedek from 203.0.113.47 port 5"
            + " ssh2\n"
            + "\0rubbish\n");

    Ran parsed = emanet(lines.toFile(), "parse");

    List<String> out = parsed.out().lines().toList();
    assertThat(out).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(out.getFirst());
    assertThat(first.path("source.ip").asText()).isEqualTo("203.0.113.47");
    assertThat(first.path("event.outcome").asText()).isEqualTo("failure");
    assertThat(new ObjectMapper().readTree(out.getLast()).path("event.kind").asText())
        .isEqualTo("pipeline_error");
  }

  /** Everything that tells where a record is, for the message of a failure. */
  private String whatIsThere() {
    try {
      return emanet("journal", "cat").out()
          + emanet("search", "").out()
          + Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  private Path state() {
    return directory.resolve("state");
  }

  private Emanet service() throws IOException {
    return new Emanet(state(), log, List.of(), List.of());
  }

  private List<JsonNode> search(String query) throws IOException, InterruptedException {
    Ran ran = emanet("search", query);
    assertThat(ran.code()).as(ran.err()).isZero();
    List<JsonNode> events = new ArrayList<>();
    for (String line : ran.out().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  private Ran emanet(String... arguments) throws IOException, InterruptedException {
    return emanet(new File("/dev/null"), arguments);
  }

  private Ran emanet(File in, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Java.command());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("tr.emanet.cli.Main");
    command.addAll(List.of(arguments));
    command.add("--state");
    command.add(state().toString());
    return run(in, command);
  }

  private void run(String... command) throws IOException, InterruptedException {
    Ran ran = run(new File("/dev/null"), List.of(command));
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private Ran run(File in, List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Process process =
        new ProcessBuilder(command)
            .directory(Java.root().toFile())
            .redirectInput(in)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(command + " did not end: " + Files.readString(err));
    }
    return new Ran(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static void needs(String program) {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
  }
}
