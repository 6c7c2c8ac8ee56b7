package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service as a child process on a state directory: started as {@code packaging/run} starts it,
 * found by its {@code run/endpoints.json}, ended by its process id. Use from one thread; {@link
 * #stopEverything} may be called from any.
 */
final class Emanet implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(30);
  private static final int TAIL_LINES = 25;
  private static final String MAIN = "tr.emanet.cli.Main";

  private final Path state;
  private final Path log;
  private final List<String> arguments;
  private final List<String> flags;
  private final Map<String, String> environment = new HashMap<>();
  private String main = MAIN;
  private final Instant created = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private @Nullable Process process;
  private @Nullable Api api;
  private volatile boolean ready;
  private volatile boolean closed;

  /**
   * Prepares; starts nothing.
   *
   * @param state the state directory
   * @param log takes the standard error of every start; must not lie on a file system that is cut
   * @param settings KEY=VALUE pairs for {@code --set}
   * @param flags more flags for the JVM of every start
   */
  Emanet(Path state, Path log, List<String> settings, List<String> flags) throws IOException {
    this.state = state;
    this.log = log;
    this.flags = List.copyOf(flags);
    List<String> all = new ArrayList<>(List.of("serve", "--state", state.toString(), "--no-demo"));
    // Fixed from the first start on, also while it is down: others start on this machine as well.
    List<String> every = new ArrayList<>();
    every.add("http.port=" + Broker.freePort());
    every.add("intake.syslog.tcpPort=" + Broker.freePort());
    every.add("intake.syslog.tlsPort=" + Broker.freePort());
    every.add("intake.syslog.udpPort=" + Broker.freePort());
    every.addAll(settings);
    for (String setting : every) {
      all.add("--set");
      all.add(setting);
    }
    this.arguments = List.copyOf(all);
  }

  /** Sets a variable for every start from now on. */
  void environment(String name, String value) {
    environment.put(name, value);
  }

  /** Starts a class of the tests in place of the command line from now on. */
  void main(Class<?> other) {
    main = other.getName();
  }

  Path state() {
    return state;
  }

  /** Starts it and returns at once; see {@link #awaitReady}. */
  void launch(String... moreFlags) throws IOException {
    if (closed) {
      throw new IOException("the exercise was ended");
    }
    List<String> command =
        new ArrayList<>(main.equals(MAIN) ? Java.command() : Java.commandWithTests());
    // Without it the service refuses the switches of the negative controls.
    command.add("-Demanet.torture=true");
    command.addAll(flags);
    command.addAll(List.of(moreFlags));
    command.add(main);
    command.addAll(arguments);
    ready = false;
    api = null;
    ProcessBuilder builder =
        new ProcessBuilder(command)
            // Wherever a person is when they start it, its routes and rules are found.
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process child = builder.start();
    process = child;
    Thread.ofPlatform().daemon().name("stdout-" + child.pid()).start(() -> watch(child));
  }

  private void watch(Process child) {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null) {
        ready |= line.startsWith("READY ") && child.equals(process);
        line = out.readLine();
      }
    } catch (IOException e) {
      // The child was killed while we read: it is not ready any more.
      ready = false;
    }
  }

  /** Starts it and waits for READY; returns the milliseconds that took. */
  long start(String... moreFlags) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    launch(moreFlags);
    if (!awaitReady()) {
      throw new IOException("the service ended with " + exitCode() + " before READY" + tail());
    }
    return (System.nanoTime() - begun) / 1_000_000;
  }

  /** Waits for READY; false when the process ended before. */
  boolean awaitReady() throws IOException, InterruptedException {
    Process child = running();
    Wait.until("READY" + tail(), READY, () -> ready || !child.isAlive());
    if (!ready) {
      return false;
    }
    JsonNode endpoints = endpoints();
    if (endpoints.path("pid").asLong() != child.pid()) {
      throw new IOException("endpoints.json names " + endpoints.path("pid") + ", not the child");
    }
    api = new Api(text(endpoints, "http"), state.resolve("run/local.token"), created);
    return true;
  }

  private Process running() {
    Process child = process;
    if (child == null) {
      throw new IllegalStateException("the service was not started");
    }
    return child;
  }

  private JsonNode endpoints() throws IOException {
    return JSON.readTree(Files.readAllBytes(state.resolve("run/endpoints.json")));
  }

  private static String text(JsonNode endpoints, String name) throws IOException {
    JsonNode value = endpoints.path("endpoints").path(name);
    JsonNode flat = value.isMissingNode() ? endpoints.path(name) : value;
    if (!flat.isTextual()) {
      throw new IOException("endpoints.json has no " + name + ": " + endpoints);
    }
    return flat.asText();
  }

  /** The port of an endpoint on the loopback address. */
  int port(String name) throws IOException {
    String hostPort = text(endpoints(), name);
    return Integer.parseInt(hostPort.substring(hostPort.lastIndexOf(':') + 1));
  }

  InetSocketAddress address(String name) throws IOException {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port(name));
  }

  /** The API of the running service. */
  Api api() {
    Api now = api;
    if (now == null) {
      throw new IllegalStateException("the service is not ready");
    }
    return now;
  }

  boolean alive() {
    return running().isAlive();
  }

  int exitCode() {
    return running().exitValue();
  }

  /** SIGKILL; returns when the process is gone. Nothing happens when it is gone already. */
  void kill() throws IOException, InterruptedException {
    running().destroyForcibly();
    awaitEnd(END);
  }

  /** Stops the process where it stands, as a power failure does, without ending it. */
  void freeze() throws IOException, InterruptedException {
    long pid = running().pid();
    Process signal = new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start();
    if (signal.waitFor() != 0) {
      throw new IOException("cannot stop process " + pid);
    }
    Wait.until(
        "process " + pid + " stands still",
        Duration.ofSeconds(10),
        () -> stopped(Path.of("/proc", Long.toString(pid), "task")));
  }

  /** Whether every thread is stopped, or sleeps in the kernel and will stop before it returns. */
  private static boolean stopped(Path tasks) throws IOException {
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        String after = stat.substring(stat.lastIndexOf(')') + 2);
        if (!after.startsWith("T") && !after.startsWith("D")) {
          return false;
        }
      }
    }
    return true;
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws IOException, InterruptedException {
    running().destroy();
    awaitEnd(END);
    return exitCode();
  }

  /** Waits for the end of the process. */
  void awaitEnd(Duration atMost) throws IOException, InterruptedException {
    Process child = running();
    if (!child.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("process " + child.pid() + " does not end" + tail());
    }
    ready = false;
    api = null;
  }

  /** Requests that failed by its log, each with the top of its trace; else the log's last lines. */
  String failures() {
    try {
      List<String> lines = Files.readAllLines(log);
      StringBuilder found = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("Request failed")) {
          found
              .append('\n')
              .append(String.join("\n", lines.subList(i, Math.min(i + 20, lines.size()))));
        }
      }
      return found.isEmpty() ? tail() : "; its log says:" + found;
    } catch (IOException e) {
      return "; it has no log";
    }
  }

  /** The last lines of its log, for messages. */
  String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return "; its log ends:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "; it has no log";
    }
  }

  /** The broker that the service started for itself; it survives a kill of the service. */
  private Optional<ProcessHandle> embeddedBroker() {
    Path directory = state.resolve("mosquitto");
    try {
      long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
      String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return command.contains(directory.toString()) ? ProcessHandle.of(pid) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Ends the service and its broker, hard, whatever their state is. */
  void stopEverything() {
    closed = true;
    Optional<ProcessHandle> broker = embeddedBroker();
    Process child = process;
    if (child != null && child.isAlive()) {
      child.destroyForcibly();
      child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
    broker.or(this::embeddedBroker).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    stopEverything();
  }
}
