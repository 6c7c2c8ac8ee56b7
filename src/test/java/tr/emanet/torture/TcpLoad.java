package tr.emanet.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Several TCP syslog connections that write numbered lines in bursts, octet-counted and
 * newline-framed mixed, until they are stopped or the peer is gone. TCP has no acknowledgement: the
 * books only know what was written.
 */
final class TcpLoad implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;

  private final Ledger ledger;
  private final int linesPerSecond;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean running = true;

  private TcpLoad(Ledger ledger, int linesPerSecond) {
    this.ledger = ledger;
    this.linesPerSecond = linesPerSecond;
  }

  /**
   * Connects and begins.
   *
   * @param linesPerSecond of each connection, about
   */
  static TcpLoad start(
      InetSocketAddress to, int connections, int linesPerSecond, Ledger ledger, long seed)
      throws IOException {
    TcpLoad load = new TcpLoad(ledger, linesPerSecond);
    SplittableRandom random = new SplittableRandom(seed);
    try {
      for (int i = 0; i < connections; i++) {
        Socket socket = new Socket();
        load.sockets.add(socket);
        socket.connect(to, CONNECT_MILLIS);
        String channel = "t" + i;
        ledger.sent(channel, 0);
        SplittableRandom own = random.split();
        load.threads.add(
            Thread.ofPlatform()
                .name("load-" + channel)
                .unstarted(() -> load.write(socket, channel, own)));
      }
    } catch (IOException e) {
      load.close();
      throw e;
    }
    load.threads.forEach(Thread::start);
    return load;
  }

  private void write(Socket socket, String channel, SplittableRandom random) {
    int number = 0;
    try (socket) {
      OutputStream out = socket.getOutputStream();
      while (running) {
        int burst = random.nextInt(1, 40);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(burst * 200);
        for (int i = 0; i < burst; i++) {
          byte[] line =
              new Line(ledger.token(), channel, ++number).syslog().getBytes(StandardCharsets.UTF_8);
          if (random.nextBoolean()) {
            bytes.writeBytes((line.length + " ").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(line);
          } else {
            bytes.writeBytes(line);
            bytes.write('\n');
          }
        }
        ledger.sent(channel, number);
        out.write(bytes.toByteArray());
        TimeUnit.MICROSECONDS.sleep(1_000_000L * burst / linesPerSecond);
      }
    } catch (IOException e) {
      // The peer was killed: that is what this load is for.
      running = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends after the current burst and closes the connections in the ordinary way. */
  void stop() throws InterruptedException {
    running = false;
    for (Thread thread : threads) {
      thread.join(5_000);
    }
  }

  @Override
  public void close() {
    running = false;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException("a socket of the load cannot be closed", e);
      }
    }
  }
}
