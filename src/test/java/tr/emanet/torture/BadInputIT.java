package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything bad at once against the running service: it lives on, and every record is counted. */
class BadInputIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int IDLE = 10_000;

  @TempDir Path directory;

  private static Socket connect(Emanet service, String name) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), service.address(name).getPort());
  }

  private static void send(Emanet service, String name, byte[] bytes) throws IOException {
    try (Socket socket = connect(service, name)) {
      socket.getOutputStream().write(bytes);
      // The other side may close first; what was written before counts.
      socket.shutdownOutput();
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageMatching("(?s).*(reset|closed|Broken pipe|not connected).*");
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void countsEveryRecordWhateverComesWhileTenThousandConnectionsAreIdle() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
    Path log = directory.resolve("log");
    List<String> settings =
        List.of(
            "broker.embedded=false",
            "intake.syslog.frameSeconds=2",
            "intake.syslog.maxConnectionsPerSource=" + IDLE);
    try (Emanet service = new Emanet(directory.resolve("state"), log, settings, List.of())) {
      service.start();
      Process holder = hold(service.address("syslog_tcp").getPort());
      try {
        long held = awaitHeld();
        abuse(service);
        send(service, "syslog_tcp", text("<13>still served\n"));

        Api api = service.api();
        await()
            .atMost(PATIENCE)
            .until(() -> api.histogram("\"still served\"").path("total").asLong() == 1);
        Balance balance = Balance.settled(api);

        assertThat(held).as("idle connections held by the other process").isGreaterThan(500);
        assertThat(balance.received()).isGreaterThan(200);
        assertThat(balance.unparsed()).isPositive();
        assertThat(balance.dropped()).isZero();
        assertThat(api.histogram("").path("total").asLong())
            .as("what is found")
            .isEqualTo(balance.parsed() + balance.unparsed());
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(api.status().toString().toLowerCase(java.util.Locale.ROOT))
                        .contains("empty_frame", "tls_missing", "tls_handshake", "frame_timeout"));
      } finally {
        holder.destroyForcibly().waitFor();
      }
      assertThat(service.terminate()).isEqualTo(143);
    }
  }

  private static void abuse(Emanet service) throws IOException {
    Random random = new Random(11);
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 200; i++) {
        byte[] garbage = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(garbage);
        socket.send(new DatagramPacket(garbage, garbage.length, service.address("syslog_udp")));
      }
      socket.send(new DatagramPacket(new byte[0], 0, service.address("syslog_udp")));
    }
    for (int i = 0; i < 20; i++) {
      byte[] garbage = new byte[random.nextInt(50_000)];
      random.nextBytes(garbage);
      send(service, "syslog_tcp", garbage);
      send(service, "syslog_tls", garbage);
    }
    send(service, "syslog_tcp", text("<13>" + "x".repeat(300_000) + "\n"));
    send(service, "syslog_tcp", text("99999999999 <13>too long a count\n"));
    send(service, "syslog_tcp", text("100 <13>half a frame"));
    send(service, "syslog_tcp", text("<13>\0\0<14>\uFFFF \uD83D\n"));
    send(service, "syslog_tcp", new byte[] {'<', '1', '3', '>', (byte) 0xc3, (byte) 0x28, '\n'});
    send(service, "syslog_tls", text("<13>plain text\n"));
    // A client that says hello in TLS on the plain port, and one that breaks its handshake off.
    byte[] hello = {22, 3, 1, 0, 5, 1, 0, 0, 1, 0};
    send(service, "syslog_tcp", hello);
    send(service, "syslog_tls", hello);
    try (Socket slow = connect(service, "syslog_tcp")) {
      slow.getOutputStream().write(text("500 <13>never ended"));
      await().atMost(PATIENCE).until(() -> slow.getInputStream().read() < 0);
    }
  }

  /** Another process that opens many connections and says nothing. */
  private Process hold(int port) throws IOException {
    Path script = directory.resolve("hold.py");
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
        time.sleep(300)
        """);
    return new ProcessBuilder(
            "/usr/bin/python3", script.toString(), Integer.toString(port), Integer.toString(IDLE))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("held").toFile())
        .start();
  }

  private long awaitHeld() {
    Path held = directory.resolve("held");
    await().atMost(PATIENCE).until(() -> Files.readString(held).contains("held"));
    try {
      String last = Files.readString(held).strip();
      return Long.parseLong(last.substring(last.lastIndexOf(' ') + 1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
