package tr.emanet;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT broker of the embedded default: Debian's mosquitto as a child on a loopback port. It
 * outlives a kill of this process (its session keeps what arrives meanwhile) and is used again; a
 * clean stop ends it. One thread only.
 */
final class Mosquitto {

  private static final Logger LOG = LoggerFactory.getLogger(Mosquitto.class);
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final Duration START = Duration.ofSeconds(10);

  private final Path directory;
  private final int port;
  private final ProcessHandle process;

  private Mosquitto(Path directory, int port, ProcessHandle process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  static boolean installed() {
    return Files.isExecutable(PROGRAM);
  }

  int port() {
    return port;
  }

  /** Finds the child of an earlier start or starts one; returns when it accepts connections. */
  static Mosquitto start(StateDirectory state, int port) throws IOException, InterruptedException {
    Path directory = state.root().resolve("mosquitto");
    Files.createDirectories(directory);
    Optional<ProcessHandle> running = running(directory);
    if (running.isPresent()) {
      LOG.atInfo()
          .addKeyValue("pid", running.get().pid())
          .log("Broker of an earlier start is used again");
      return new Mosquitto(directory, port, running.get());
    }
    Path config = directory.resolve("mosquitto.conf");
    Files.writeString(config, configuration(directory, port));
    Process child =
        new ProcessBuilder("setsid", PROGRAM.toString(), "-c", config.toString())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("mosquitto.log").toFile())
            .start();
    Files.writeString(directory.resolve("pid"), Long.toString(child.pid()));
    long until = System.nanoTime() + START.toNanos();
    // Somebody else's broker on this port accepts as well: the socket must be the child's own.
    while (!(accepts(port) && SocketOwner.listens(child.pid(), port))) {
      if (!child.isAlive() || System.nanoTime() > until) {
        child.destroy();
        Files.deleteIfExists(directory.resolve("pid"));
        throw new IOException(
            "mosquitto did not start on port "
                + port
                + "; see "
                + directory.resolve("mosquitto.log"));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return new Mosquitto(directory, port, child.toHandle());
  }

  private static String configuration(Path directory, int port) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root\n" : "";
    return user
        + "listener "
        + port
        + " 127.0.0.1\n"
        + "allow_anonymous true\n"
        + "persistence true\n"
        + "persistence_location "
        + directory
        + "/\n"
        + "autosave_interval 30\n"
        // What is queued for us while we are down must not be thrown away.
        + "max_queued_messages 0\n"
        + "max_inflight_messages 1000\n"
        + "log_dest stderr\n"
        + "log_type error\n"
        + "log_type warning\n";
  }

  private static Optional<ProcessHandle> running(Path directory) throws IOException {
    Path pid = directory.resolve("pid");
    if (!Files.exists(pid)) {
      return Optional.empty();
    }
    Path config = directory.resolve("mosquitto.conf");
    try {
      long number = Long.parseLong(Files.readString(pid).strip());
      String commandLine = Files.readString(Path.of("/proc", Long.toString(number), "cmdline"));
      // A recycled pid is not our child: its command line must name our configuration.
      if (List.of(commandLine.split("\0")).contains(config.toString())) {
        return ProcessHandle.of(number);
      }
    } catch (NumberFormatException | java.nio.file.NoSuchFileException e) {
      LOG.atDebug().addKeyValue("pid", pid).log("No broker of an earlier start runs");
    }
    return Optional.empty();
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the child; what it holds is on its disk. */
  void stop() throws IOException {
    if (process.destroy()) {
      try {
        process.onExit().get(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        LOG.atWarn().addKeyValue("pid", process.pid()).log("Broker has not stopped yet");
      }
    }
    Files.deleteIfExists(directory.resolve("pid"));
  }
}
