package tr.emanet.backup.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import tr.emanet.house.FreePort;

/** Servers of other makers on free loopback ports; closing ends what was started. */
public final class StockServers implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(40);

  private final Path place;
  private final List<Process> started = new ArrayList<>();

  public StockServers(Path place) {
    this.place = place;
  }

  /** An OpenSSH server for the user of this test; keys are made for it. */
  public record Ssh(int port, Path clientKey, String hostKey) {}

  public Ssh ssh() throws Exception {
    return ssh("");
  }

  /** An SSH server that runs no command but answers the text, as a device does. */
  public Ssh answering(String text, int code) throws Exception {
    Path directory = place.resolve("ssh");
    Ssh ssh = ssh("\nForceCommand /bin/sh " + directory.resolve("answer.sh"));
    answer(text, code);
    return ssh;
  }

  /** Another answer from now on. */
  public void answer(String text, int code) throws IOException {
    Path directory = place.resolve("ssh");
    Files.writeString(directory.resolve("answer"), text);
    Files.writeString(
        directory.resolve("answer.sh"),
        "printf '%s\\n' \"$SSH_ORIGINAL_COMMAND\" > "
            + directory.resolve("asked")
            + "\ncat "
            + directory.resolve("answer")
            + "\nexit "
            + code
            + "\n");
  }

  private Ssh ssh(String more) throws Exception {
    Path program = Path.of("/usr/sbin/sshd");
    Assumptions.assumeTrue(
        Files.isExecutable(program) && Files.isExecutable(Path.of("/usr/bin/ssh-keygen")),
        "skipped: sshd is not installed (Debian: apt-get install openssh-server)");
    Path directory = Files.createDirectories(place.resolve("ssh"));
    Path host = directory.resolve("host");
    Path client = directory.resolve("client");
    for (Path key : List.of(host, client)) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString());
    }
    Files.copy(directory.resolve("client.pub"), directory.resolve("authorized"));
    String fingerprint = run("ssh-keygen", "-lf", host + ".pub").split(" ", -1)[1];
    if (isRoot()) {
      Files.createDirectories(
          Path.of("/run/sshd"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    int port = FreePort.choose();
    Path config = directory.resolve("sshd_config");
    Files.writeString(
        config,
        "Port "
            + port
            + "\nListenAddress 127.0.0.1\nHostKey "
            + host
            + "\nAuthorizedKeysFile "
            + directory.resolve("authorized")
            + "\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no"
            + "\nStrictModes no\nPermitRootLogin yes\nPidFile none"
            + "\nSubsystem sftp internal-sftp"
            + more
            + "\n");
    start(port, List.of(program.toString(), "-D", "-e", "-f", config.toString()));
    return new Ssh(port, client, fingerprint);
  }

  /** Lets another key in, as an administrator of the server does. */
  public void authorize(String publicKey) throws IOException {
    Files.writeString(place.resolve("ssh/authorized"), publicKey + "\n", StandardOpenOption.APPEND);
  }

  /** {@code rclone serve restic} over a directory; gives its port. */
  public int rest(Path directory, String... more) throws Exception {
    Path program = Path.of("/usr/bin/rclone");
    Assumptions.assumeTrue(
        Files.isExecutable(program),
        "skipped: rclone is not installed (Debian: apt-get install rclone)");
    Files.createDirectories(directory);
    int port = FreePort.choose();
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "serve",
                "restic",
                "--config",
                "/dev/null",
                "--addr",
                "127.0.0.1:" + port));
    command.addAll(List.of(more));
    command.add(directory.toString());
    start(port, command);
    return port;
  }

  /** moto's S3; gives its port. */
  public int s3() throws Exception {
    // Where packaging/test puts it when the machine has none.
    Path own = Path.of("target/moto/bin/moto_server").toAbsolutePath();
    String program = Files.isExecutable(own) ? own.toString() : "moto_server";
    Assumptions.assumeTrue(
        answers(program), "skipped: moto_server is not installed (pip install 'moto[server]')");
    int port = FreePort.choose();
    start(port, List.of(program, "-H", "127.0.0.1", "-p", String.valueOf(port)));
    return port;
  }

  private static boolean answers(String program) throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder(program, "--help")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(30, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void start(int port, List<String> command) throws IOException {
    Path log = place.resolve("server-" + port + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", place.toString());
    Process process = builder.redirectOutput(log.toFile()).start();
    started.add(process);
    Awaitility.await("a server on " + port + ", see " + log)
        .atMost(START)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IOException("ended: " + Files.readString(log));
              }
              return listens(port);
            });
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the processes that serve connections; the listening one goes on. */
  public void cut() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Runs a program to its end and gives what it said. */
  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + out);
    }
    return out;
  }

  @Override
  public void close() throws Exception {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
