package tr.emanet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The corpus as a file, made once a run by the sender's process and read from the page cache by
 * every sender: {@code warm} lines to warm up, then {@code events} lines that count.
 *
 * @param warmBytes length of the warm-up part
 * @param bytes length of the whole file
 */
record LineStream(
    Path file, Instant start, int perSecond, long warm, long events, long warmBytes, long bytes) {

  /** Line times are spread over this much of the past, so that they are believed. */
  private static final Duration SPAN = Duration.ofHours(12);

  static LineStream make(Path directory, long warm, long events)
      throws IOException, InterruptedException {
    Instant start = Instant.now().minus(SPAN).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    int perSecond = (int) ((warm + events) / SPAN.toSeconds()) + 1;
    Path first = directory.resolve("warm.log");
    Path file = directory.resolve("corpus.log");
    run("file", file, start, perSecond, warm + events);
    run("file", first, start, perSecond, warm);
    long warmBytes = Files.size(first);
    Files.delete(first);
    return new LineStream(file, start, perSecond, warm, events, warmBytes, Files.size(file));
  }

  private static void run(Object... args) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(args)).inheritIO().start();
    Children.await(process, Duration.ofMinutes(10), "the corpus is written");
  }

  private static List<String> command(Object... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:ThreadPriorityPolicy=1",
                "-XX:-PrintWarnings",
                "-cp",
                System.getProperty("java.class.path"),
                LoadSender.class.getName()));
    Arrays.stream(args).map(String::valueOf).forEach(command::add);
    return command;
  }

  /** How many bytes count. */
  long rawBytes() {
    return bytes - warmBytes;
  }

  /**
   * Where line {@code warm + count} begins: the end of the first {@code count} lines that count.
   */
  long offset(long count) throws IOException {
    if (count >= events) {
      return bytes;
    }
    byte[] buffer = new byte[1 << 20];
    long left = count;
    long at = warmBytes;
    try (java.io.InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(warmBytes);
      while (left > 0) {
        int n = in.read(buffer);
        for (int i = 0; i < n && left > 0; i++) {
          left -= buffer[i] == '\n' ? 1 : 0;
          at++;
        }
      }
    }
    return at;
  }

  Corpus corpus() {
    return new Corpus(Corpus.SEED, start, perSecond);
  }

  /** Sends the warm-up lines; returns when the last byte was taken. */
  void sendWarm(String way, int port) throws IOException, InterruptedException {
    try (Sender sender = sender(way, port, 0, warmBytes, 0)) {
      sender.go();
      Sent ignored = sender.await(Duration.ofMinutes(10));
    }
  }

  /** A sender of the lines that count, connected and waiting for {@link Sender#go}. */
  Sender sender(String way, int port, long rate) throws IOException {
    return sender(way, port, warmBytes, bytes, rate);
  }

  /** A sender of any range of bytes. */
  Sender sender(String way, int port, long from, long to, long rate) throws IOException {
    Process process =
        new ProcessBuilder(command(way, port, file, from, to, rate))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Sender(process);
  }

  /** What a sender did. */
  record Sent(long events, long nanos) {}

  /** One sending process. */
  static final class Sender implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    Sender(Process process) throws IOException {
      this.process = process;
      this.out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(out.readLine())) {
        throw new IOException("the sender did not start");
      }
    }

    void go() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    boolean running() {
      return process.isAlive();
    }

    long pid() {
      return process.pid();
    }

    Sent await(Duration patience) throws IOException, InterruptedException {
      Children.await(process, patience, "the sender has sent everything");
      String line = out.readLine();
      if (line == null || !line.startsWith("done ")) {
        throw new IOException("the sender failed: " + line);
      }
      String[] parts = line.split(" ", -1);
      return new Sent(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public void close() {
      Children.stop(process);
    }
  }
}
