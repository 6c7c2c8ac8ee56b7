package tr.emanet.torture;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tr.emanet.house.FreePort;

/**
 * A mosquitto of the harness's own, in a directory and on a port of its own, with the settings that
 * lose nothing on a clean restart. It may be ended and started again; then it reads its persistence
 * file. One thread only.
 */
final class Broker implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final Duration START = Duration.ofSeconds(10);

  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private Broker(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Why there can be no broker here; empty when there can. */
  static Optional<String> unavailable() {
    return Files.isExecutable(PROGRAM)
        ? Optional.empty()
        : Optional.of("mosquitto is not installed (Debian: apt-get install mosquitto)");
  }

  /** Starts one; returns when it accepts connections. */
  static Broker start(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Broker broker = new Broker(directory, freePort());
    Files.writeString(
        directory.resolve("mosquitto.conf"),
        ("root".equals(System.getProperty("user.name")) ? "user root\n" : "")
            + ("listener " + broker.port + " 127.0.0.1\n")
            + "allow_anonymous true\n"
            + "persistence true\n"
            + ("persistence_location " + directory + "/\n")
            + "autosave_interval 1800\n"
            + "max_queued_messages 0\n"
            + "max_inflight_messages 1000\n"
            + "log_dest stderr\n"
            + "log_type error\nlog_type warning\nlog_type notice\n");
    broker.start();
    return broker;
  }

  /** A loopback port that nobody has now. */
  static int freePort() throws IOException {
    return FreePort.choose();
  }

  int port() {
    return port;
  }

  /** Starts it again after {@link #terminate} or {@link #kill}. */
  void start() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(PROGRAM.toString(), "-c", directory.resolve("mosquitto.conf").toString())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(directory.resolve("mosquitto.log").toFile()))
            .start();
    process = child;
    Wait.until(
        "mosquitto accepts connections, see " + directory.resolve("mosquitto.log"),
        START,
        () -> {
          if (!child.isAlive()) {
            throw new IOException("mosquitto ended with " + child.exitValue());
          }
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
          } catch (IOException e) {
            return false;
          }
        });
  }

  /** SIGTERM: it writes its persistence file and ends. */
  void terminate() throws IOException, InterruptedException {
    end(false);
  }

  /** SIGKILL: what is not in the persistence file is gone. */
  void kill() throws IOException, InterruptedException {
    end(true);
  }

  private void end(boolean hard) throws IOException, InterruptedException {
    Process child = process;
    if (child == null) {
      return;
    }
    if (hard) {
      child.destroyForcibly();
    } else {
      child.destroy();
    }
    if (!child.waitFor(10, TimeUnit.SECONDS)) {
      child.destroyForcibly();
      throw new IOException("mosquitto " + child.pid() + " did not end");
    }
    process = null;
  }

  @Override
  public void close() {
    Process child = process;
    if (child != null) {
      child.destroyForcibly();
    }
  }
}
