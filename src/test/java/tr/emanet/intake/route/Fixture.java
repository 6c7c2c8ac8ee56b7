package tr.emanet.intake.route;

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
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.RecordingJournal;
import tr.emanet.journal.BatchPool;

/** Intake on free ports over a journal in memory, with the shipped syslog routes. */
final class Fixture implements AutoCloseable {

  final RecordingJournal journal = new RecordingJournal();
  final BatchPool pool = new BatchPool(16);
  final IntakeConfig config;
  final IntakeContext intake;

  Fixture(Path routes) throws IOException {
    this(
        routes,
        IntakeConfig.SyslogConfig.of("127.0.0.1", 0, 0, 0, false),
        IntakeConfig.AdmissionConfig.defaults(),
        () -> {
          throw new IllegalStateException("no TLS here");
        });
  }

  Fixture(
      Path routes,
      IntakeConfig.SyslogConfig syslog,
      IntakeConfig.AdmissionConfig admission,
      Supplier<SSLContext> tls)
      throws IOException {
    config = new IntakeConfig(routes, null, syslog, null, admission);
    intake = new IntakeContext(config, journal, pool, tls, InstantSource.system());
  }

  /** Copies the shipped syslog routes. */
  static Path shipped(Path into) throws IOException {
    Files.copy(Path.of("routes/syslog.camel.yaml"), into.resolve("syslog.camel.yaml"));
    return into;
  }

  Fixture start() throws IOException {
    intake.start();
    return this;
  }

  int port(String name) {
    String address = intake.endpoints().get(name);
    if (address == null) {
      throw new AssertionError(name + " is not bound: " + intake.status().routes());
    }
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  IntakeStatus.ListenerStatus listener(String name) {
    return intake.status().listeners().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void udp(String... messages) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (String message : messages) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(
            new DatagramPacket(
                bytes,
                bytes.length,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port("syslog_udp"))));
      }
    }
  }

  Socket tcp() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port("syslog_tcp"));
  }

  void tcp(String text) throws IOException {
    try (Socket socket = tcp()) {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    intake.close();
  }
}
