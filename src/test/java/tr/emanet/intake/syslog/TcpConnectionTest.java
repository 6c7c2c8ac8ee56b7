package tr.emanet.intake.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tr.emanet.intake.Admission;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Collector;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeConfig.AdmissionConfig;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RecordingJournal;
import tr.emanet.intake.Trust;
import tr.emanet.journal.BatchPool;

final class TcpConnectionTest {

  @Test
  void isNotLateBeforeItsThreadHasBegun() throws IOException {
    SyslogOptions options =
        new SyslogOptions(
            "tcp-under-test",
            SyslogOptions.Transport.TCP,
            InetAddress.getLoopbackAddress().getHostAddress(),
            0,
            SyslogOptions.MAX_FRAME_BYTES,
            0,
            10,
            10,
            Duration.ofSeconds(600),
            Duration.ofSeconds(30),
            Duration.ZERO,
            SyslogOptions.ClientAuth.NONE);
    Counters counters = new Counters();
    Batches batches = new Batches(new BatchPool(4));
    MicroClock clock = MicroClock.of(InstantSource.system());
    try (Admission admission =
            new Admission(
                new RecordingJournal(),
                AdmissionConfig.defaults(),
                InstantSource.system(),
                ZoneOffset.UTC);
        Collector collector =
            new Collector(
                "test", batches, Trust.CONNECTED, batch -> true, counters, Duration.ofMillis(20));
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      TcpListener listener =
          new TcpListener(
              options,
              batches,
              admission,
              batch -> true,
              counters,
              clock,
              () -> {
                throw new IllegalStateException("no TLS here");
              });
      TcpConnection connection =
          new TcpConnection(
              new TcpConnection.Shared(options, admission, collector, counters, clock, listener),
              accepted,
              null);

      connection.reap(System.nanoTime() + Duration.ofSeconds(5).toNanos());

      assertThat(accepted.isClosed()).isFalse();
      assertThat(client.isClosed()).isFalse();
      assertThat(counters.refused()).isEmpty();
    }
  }
}
