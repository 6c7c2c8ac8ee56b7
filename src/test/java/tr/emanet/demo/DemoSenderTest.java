package tr.emanet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DemoSenderTest {

  private final List<String> received = new CopyOnWriteArrayList<>();

  @Test
  void sendsThePastAndThenThePresentOverBothListeners() throws IOException {
    try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drain(udp));
      Thread.ofVirtual().start(() -> accept(tcp));
      DemoEndpoints endpoints =
          new DemoEndpoints(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort()),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()),
              null);

      try (DemoSender sender = new DemoSender(endpoints, InstantSource.system(), 1, 200, 300)) {
        sender.start();
        await().until(() -> sender.sent() > 500);
        await().until(() -> received.size() > 450);
      }
    }

    assertThat(received)
        .anyMatch(l -> l.contains("Failed password") && l.contains(DemoDay.ATTACKER));
    assertThat(received).anyMatch(l -> l.contains("type=\"traffic\""));
    assertThat(received).anyMatch(l -> l.contains("nginx: "));
    assertThat(received).anyMatch(l -> l.contains("EventID=\"462"));
    assertThat(received).allMatch(l -> l.startsWith("<"));
  }

  @Test
  void livesOnWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);

    try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DemoSender sender =
            new DemoSender(
                new DemoEndpoints(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort()),
                    nobody,
                    nobody),
                InstantSource.system(),
                1,
                400,
                0)) {
      Thread.ofVirtual().start(() -> drain(udp));
      sender.start();

      await().until(() -> received.size() > 100);
    }

    assertThat(received).isNotEmpty();
  }

  @Test
  void readsEndpointsByTheNamesOfTheService() {
    DemoEndpoints endpoints =
        DemoEndpoints.of(Map.of("syslog_udp", "127.0.0.1:5514", "mqtt_broker", "[::1]:1883"));

    assertThat(endpoints.syslogUdp()).isNotNull();
    assertThat(endpoints.syslogTcp()).isNull();
    assertThat(String.valueOf(endpoints.mqttBroker())).contains("1883");
    assertThatThrownBy(() -> DemoEndpoints.of(Map.of("syslog_udp", "nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
  }

  private void drain(DatagramSocket socket) {
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        received.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
      }
    } catch (IOException closed) {
      assertThat(socket.isClosed()).isTrue();
    }
  }

  private void accept(ServerSocket server) {
    try (Socket socket = server.accept();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        received.add(line);
        line = lines.readLine();
      }
    } catch (IOException closed) {
      received.add("<connection broke");
    }
  }
}
