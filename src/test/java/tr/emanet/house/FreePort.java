package tr.emanet.house;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that must know theirs before they start, or get the same again later. They lie
 * below what Linux gives to outgoing connections (32768 and above): a port from that range is at
 * times somebody's own end of a connection just when the server wants it back, and a client that
 * knocks at it meanwhile may even connect to itself.
 */
public final class FreePort {

  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  private FreePort() {}

  /** A loopback port that nobody has now, for TCP and UDP. */
  public static int choose() throws IOException {
    IOException last = new BindException("not tried");
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      try (ServerSocket tcp = new ServerSocket();
          DatagramSocket udp = new DatagramSocket(null)) {
        tcp.bind(address, 1);
        udp.bind(address);
        return tcp.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }
}
