package tr.emanet;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * Ports that the configuration leaves open: the usual one when it is free at the first start, else
 * any free one, and the same again for the life of the state directory. One thread only.
 */
final class Ports {

  private final Path file;
  private final Properties kept = new Properties();

  /** Reads what earlier starts chose from {@code ports.properties} in the state directory. */
  Ports(StateDirectory state) throws IOException {
    file = state.root().resolve("ports.properties");
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      }
    }
  }

  /**
   * Picks a port that is free for TCP and UDP.
   *
   * @param configured a fixed port, or 0 to leave the choice to us
   * @param usual tried first
   */
  int pick(String name, InetAddress bind, int configured, int usual) throws IOException {
    if (configured != 0) {
      return configured;
    }
    int before = Integer.parseInt(kept.getProperty(name, "0"));
    if (before != 0) {
      return before;
    }
    int port = free(bind, usual) ? usual : anyFree(bind);
    kept.setProperty(name, Integer.toString(port));
    Path part = file.resolveSibling("ports.properties.part");
    try (Writer writer = Files.newBufferedWriter(part)) {
      kept.store(writer, null);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return port;
  }

  private boolean free(InetAddress bind, int port) {
    if (kept.containsValue(Integer.toString(port))) {
      return false;
    }
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(new InetSocketAddress(bind, port));
      udp.bind(new InetSocketAddress(bind, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int anyFree(InetAddress bind) throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int port;
      try (ServerSocket tcp = new ServerSocket()) {
        tcp.bind(new InetSocketAddress(bind, 0));
        port = tcp.getLocalPort();
      }
      if (free(bind, port)) {
        return port;
      }
    }
    throw new IOException("no free port on " + bind.getHostAddress() + "; set one in emanet.yml");
  }
}
