package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Debian syslog server as a child process that writes what it receives over TCP as JSON to a
 * file, with the settings that were fastest for it. Neither forces anything to disk.
 */
final class Peer implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofSeconds(3);

  /** Buffers of a peer hold its last lines back for a second; that second is not counted. */
  private static final double NEARLY_ALL = 0.999;

  private final Process process;
  private final int port;
  private final Path out;

  private Peer(Process process, int port, Path out) {
    this.process = process;
    this.port = port;
    this.out = out;
  }

  /** Rate and cost of one round. */
  record Round(double perSecond, double cpuMicros, double megabytes) {}

  static Optional<Peer> rsyslog(Path directory) throws IOException, InterruptedException {
    Path program = Path.of("/usr/sbin/rsyslogd");
    if (!Files.isExecutable(program)) {
      return Optional.empty();
    }
    Files.createDirectories(directory);
    int port = Children.freePort();
    Path out = directory.resolve("out.json");
    Path config =
        Files.writeString(
            directory.resolve("r.conf"),
            """
            global(workDirectory="%1$s" maxMessageSize="64k")
            module(load="imtcp")
            template(name="json" type="list" option.jsonf="on") {
              property(outname="timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
              property(outname="received" name="timegenerated" dateFormat="rfc3339" format="jsonf")
              property(outname="host" name="hostname" format="jsonf")
              property(outname="facility" name="syslogfacility-text" format="jsonf")
              property(outname="severity" name="syslogseverity-text" format="jsonf")
              property(outname="app" name="app-name" format="jsonf")
              property(outname="procid" name="procid" format="jsonf")
              property(outname="msgid" name="msgid" format="jsonf")
              property(outname="message" name="msg" format="jsonf")
            }
            ruleset(name="in" queue.type="FixedArray" queue.size="250000"
                    queue.dequeueBatchSize="4096" queue.workerThreads="1") {
              action(type="omfile" file="%2$s" template="json" asyncWriting="on"
                     ioBufferSize="64k" flushOnTXEnd="off")
            }
            input(type="imtcp" address="127.0.0.1" port="%3$d" ruleset="in")
            """
                .formatted(directory, out, port));
    return Optional.of(
        start(
            List.of(
                program.toString(),
                "-n",
                "-f",
                config.toString(),
                "-i",
                directory.resolve("pid").toString()),
            Map.of(),
            directory,
            port,
            out));
  }

  /** Needs the unpacked packages of {@link #unpackSyslogNg}. */
  static Optional<Peer> syslogNg(Path directory, Path root)
      throws IOException, InterruptedException {
    Path program = root.resolve("usr/sbin/syslog-ng");
    if (!Files.isExecutable(program)) {
      return Optional.empty();
    }
    Files.createDirectories(directory);
    int port = Children.freePort();
    Path out = directory.resolve("out.json");
    Path config =
        Files.writeString(
            directory.resolve("c.conf"),
            """
            @version: 3.38
            options { threaded(yes); flush-lines(1000); stats-freq(0); log-fifo-size(400000); };
            source s {
              network(ip("127.0.0.1") port(%2$d) transport("tcp")
                      log-iw-size(200000) log-fetch-limit(2000));
            };
            destination d { file("%1$s" template("$(format-json --scope rfc5424)\\n")); };
            log { source(s); destination(d); flags(flow-control); };
            """
                .formatted(out, port));
    String libraries =
        root.resolve("usr/lib/x86_64-linux-gnu")
            + ":"
            + root.resolve("usr/lib/syslog-ng")
            + ":"
            + root.resolve("lib/x86_64-linux-gnu");
    return Optional.of(
        start(
            List.of(
                program.toString(),
                "-F",
                "--no-caps",
                "-f",
                config.toString(),
                "--persist-file=" + directory.resolve("p"),
                "--pidfile=" + directory.resolve("pid"),
                "--control=" + directory.resolve("ctl"),
                "--module-path=" + root.resolve("usr/lib/syslog-ng/3.38")),
            Map.of("LD_LIBRARY_PATH", libraries),
            directory,
            port,
            out));
  }

  /** syslog-ng and rsyslog exclude each other as packages, hence unpacked aside. */
  static void unpackSyslogNg(Path root) throws IOException, InterruptedException {
    Files.createDirectories(root);
    run(
        root,
        "apt-get",
        "download",
        "syslog-ng-core",
        "libivykis0",
        "libnet1",
        "libpcre3",
        "libwrap0");
    List<Path> packages;
    try (var files = Files.list(root)) {
      packages = files.filter(p -> p.toString().endsWith(".deb")).toList();
    }
    for (Path file : packages) {
      run(root, "dpkg-deb", "-x", file.toString(), root.toString());
    }
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Children.await(process, Duration.ofMinutes(2), String.join(" ", command) + " ends");
  }

  private static Peer start(
      List<String> command, Map<String, String> environment, Path directory, int port, Path out)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      Children.awaitPort(process, port, START);
    } catch (IOException e) {
      Children.stop(process);
      throw new IOException(e.getMessage() + ": " + Files.readString(directory.resolve("log")), e);
    }
    return new Peer(process, port, out);
  }

  /** Warms up, measures one round over the lines that count, checks their number. */
  Round measure(LineStream lines) throws IOException, InterruptedException {
    lines.sendWarm("tcp", port);
    settle();
    long before = Files.size(out);
    double cpu = Children.cpuSeconds(process.pid());
    long[] when = new long[200_000];
    long[] sizes = new long[200_000];
    int samples = 0;
    long begun;
    try (LineStream.Sender sender = lines.sender("tcp", port, 0)) {
      begun = System.nanoTime();
      sender.go();
      long quietSince = begun;
      while (samples < when.length) {
        long size = Files.size(out);
        long now = System.nanoTime();
        if (samples == 0 || size != sizes[samples - 1]) {
          quietSince = now;
        }
        when[samples] = now;
        sizes[samples++] = size;
        if (!sender.running() && now - quietSince > QUIET.toNanos()) {
          break;
        }
        Thread.sleep(20);
      }
    }
    double used = Children.cpuSeconds(process.pid()) - cpu;
    long all = (long) ((sizes[samples - 1] - before) * NEARLY_ALL) + before;
    int at = 0;
    while (sizes[at] < all) {
      at++;
    }
    double seconds = (when[at] - begun) / 1e9;
    double memory = Children.megabytes(process.pid(), "VmHWM");
    long written = countLines();
    if (written < (lines.warm() + lines.events()) * NEARLY_ALL) {
      throw new IOException("the peer wrote only " + written + " lines");
    }
    return new Round(lines.events() * NEARLY_ALL / seconds, used * 1e6 / lines.events(), memory);
  }

  private void settle() throws IOException, InterruptedException {
    long size = -1;
    for (int i = 0; i < 100 && size != Files.size(out); i++) {
      size = Files.size(out);
      Thread.sleep(QUIET.toMillis() / 2);
    }
  }

  private long countLines() throws IOException {
    byte[] buffer = new byte[1 << 20];
    long count = 0;
    try (var in = Files.newInputStream(out)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    Children.stop(process);
    Files.deleteIfExists(out);
  }
}
