package tr.emanet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Paced load: datagrams without loss, and what a steady 10,000 a second costs a small machine. */
final class PacedFigures {

  private static final int UDP_RATE = 100_000;
  private static final int STEADY_RATE = 10_000;
  private static final int WARM_SECONDS = 30;
  private static final String SMALL_JVM = "-XX:+UseSerialGC -Xmx512m";

  private final Path work;
  private final LineStream lines;
  private final Figures figures;
  private final int seconds;

  PacedFigures(Path work, LineStream lines, Figures figures, int seconds) {
    this.work = work;
    this.lines = lines;
    this.figures = figures;
    this.seconds = seconds;
  }

  void udp() throws IOException, InterruptedException {
    Path state = work.resolve("udp");
    try (RunningService service = RunningService.start(state, "", List.of())) {
      service.ask(lines);
      int port = service.port("syslog_udp");
      // The warm-up goes over TCP: it may not lose, and it warms everything behind the socket.
      lines.sendWarm("tcp", service.port("syslog_tcp"));
      TcpFigures.awaitIndexed(service, lines.warm());
      long warm = lines.offset(Math.min(lines.events() / 4, UDP_RATE * 5L));
      try (LineStream.Sender sender =
          lines.sender("udp", port, lines.warmBytes(), warm, UDP_RATE / 2)) {
        sender.go();
        LineStream.Sent ignored = sender.await(Duration.ofMinutes(5));
      }
      Thread.sleep(2000);
      long before = service.balance().received();
      long dropsBefore = kernelDrops(port);
      double cpu = Children.cpuSeconds(service.pid());
      long end = lines.offset(Math.min(lines.events(), (long) UDP_RATE * seconds + UDP_RATE * 5L));
      LineStream.Sent sent;
      try (LineStream.Sender sender = lines.sender("udp", port, warm, end, UDP_RATE)) {
        sender.go();
        sent = sender.await(Duration.ofMinutes(10));
      }
      TcpFigures.awaitIndexed(service, 0);
      long received = service.balance().received() - before;
      figures.goal(
          "udp_lost",
          (double) (sent.events() - received),
          "events",
          0,
          false,
          "sent",
          sent.events(),
          "sent_per_second",
          sent.events() * 1e9 / sent.nanos(),
          "kernel_drops",
          kernelDrops(port) - dropsBefore,
          "cpu_us_per_event",
          (Children.cpuSeconds(service.pid()) - cpu) * 1e6 / sent.events());
    }
    Children.delete(state);
  }

  /** Datagrams that the kernel threw away because the socket was full. */
  private static long kernelDrops(int port) throws IOException {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    long drops = 0;
    for (String file : List.of("/proc/net/udp", "/proc/net/udp6")) {
      for (String line : Files.readAllLines(Path.of(file), StandardCharsets.US_ASCII)) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length > 12 && columns[1].endsWith(suffix)) {
          drops += Long.parseLong(columns[12]);
        }
      }
    }
    return drops;
  }

  void steady() throws IOException, InterruptedException {
    Path state = work.resolve("steady");
    try (RunningService service =
        RunningService.start(state, SMALL_JVM, List.of("profile=small"))) {
      service.ask(lines);
      long lineCount = (long) STEADY_RATE * (seconds + WARM_SECONDS + 5);
      long end = lines.offset(Math.min(lines.events(), lineCount));
      try (LineStream.Sender sender =
          lines.sender("tcp", service.port("syslog_tcp"), lines.warmBytes(), end, STEADY_RATE)) {
        sender.go();
        Thread.sleep(WARM_SECONDS * 1000L);
        double cpu = Children.cpuSeconds(service.pid());
        long before = service.balance().received();
        long begun = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        double wall = (System.nanoTime() - begun) / 1e9;
        double used = Children.cpuSeconds(service.pid()) - cpu;
        double rate = (service.balance().received() - before) / wall;
        figures.goal(
            "steady_cores",
            used / wall * STEADY_RATE / rate,
            "cores",
            0.35,
            false,
            "events_per_second",
            rate);
        figures.goal(
            "steady_memory",
            Children.megabytes(service.pid(), "VmRSS"),
            "MB",
            400,
            false,
            "anonymous",
            Children.megabytes(service.pid(), "RssAnon"),
            "peak",
            Children.megabytes(service.pid(), "VmHWM"));
      }
    }
    Children.delete(state);
  }
}
