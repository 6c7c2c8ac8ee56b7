package tr.emanet;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports that the configuration leaves open: the usual one when it is free at the first start, else
 * any free one, and the same again for the life of the state directory. Free is free at that
 * moment: who cannot bind asks for the next one. Safe for many threads.
 */
final class Ports {

  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

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
  synchronized int pick(String name, InetAddress bind, int configured, int usual)
      throws IOException {
    if (configured != 0) {
      return configured;
    }
    int before = Integer.parseInt(kept.getProperty(name, "0"));
    if (before != 0) {
      return before;
    }
    return keep(name, free(bind, usual) ? usual : anyFree(bind));
  }

  /** Another port in place of the one that was picked, when somebody else has taken that. */
  synchronized int next(String name, InetAddress bind) throws IOException {
    LOG.atWarn()
        .addKeyValue("endpoint", name)
        .addKeyValue("port", kept.getProperty(name))
        .log("Another process has taken the port; another one is chosen");
    return keep(name, anyFree(bind));
  }

  /** Chooses another port in place of one that somebody holds; false when it is free. */
  synchronized boolean replaceTaken(String name, InetAddress bind) throws IOException {
    int port = Integer.parseInt(kept.getProperty(name, "0"));
    if (port == 0 || bindable(bind, port)) {
      return false;
    }
    next(name, bind);
    return true;
  }

  /** Whether binding failed because somebody listens there. */
  static boolean taken(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private int keep(String name, int port) throws IOException {
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
    return bindable(bind, port);
  }

  /** Whether nobody holds the port, neither for TCP nor for UDP. */
  static boolean bindable(InetAddress bind, int port) {
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
