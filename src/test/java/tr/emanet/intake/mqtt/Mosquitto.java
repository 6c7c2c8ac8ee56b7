package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tr.emanet.house.FreePort;

/** A real broker from Debian's package as a child process on a free loopback port. */
public final class Mosquitto implements AutoCloseable {

  private static final Path BINARY = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int port;
  private final List<String> extra;
  private @Nullable Process process;

  /**
   * @param extra further lines of its configuration, after the listener
   */
  public Mosquitto(Path folder, String... extra) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(BINARY), "mosquitto is not installed");
    this.folder = folder;
    this.extra = List.of(extra);
    port = FreePort.choose();
    start();
  }

  public int port() {
    return port;
  }

  public void start() throws IOException {
    Path file = folder.resolve("mosquitto.conf");
    Files.writeString(
        file,
        String.join(
                "\n",
                "user root",
                "persistence true",
                "persistence_location " + folder + "/",
                "max_queued_messages 0",
                "max_queued_bytes 0",
                "allow_anonymous true",
                "log_dest file " + folder.resolve("mosquitto.log"),
                "listener " + port + " 127.0.0.1",
                String.join("\n", extra))
            + "\n");
    process =
        new ProcessBuilder(BINARY.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.out").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it with SIGTERM, so that it saves its state. */
  public void stop() {
    end(false);
  }

  /** Ends it with SIGKILL. */
  public void kill() {
    end(true);
  }

  private void end(boolean hard) {
    Process p = process;
    if (p == null) {
      return;
    }
    try {
      if (hard) {
        p.destroyForcibly();
      } else {
        p.destroy();
      }
      if (!p.waitFor(20, TimeUnit.SECONDS)) {
        p.destroyForcibly();
      }
      process = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
