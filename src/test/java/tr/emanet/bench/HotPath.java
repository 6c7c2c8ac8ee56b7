package tr.emanet.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexAppender;
import tr.emanet.index.IndexConfig;
import tr.emanet.journal.RecordBlock;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;

/**
 * Parser and index alone, for a profiler: {@code HotPath parse|index|all EVENTS THREADS}. Prints
 * microseconds of processor time and bytes of index an event.
 */
public final class HotPath {

  private static final int BLOCK = 1000;

  private HotPath() {}

  public static void main(String[] args) throws Exception {
    String what = args[0];
    int events = Integer.parseInt(args[1]);
    int threads = Integer.parseInt(args[2]);
    Path directory = Files.createTempDirectory("emanet-hot");
    try {
      for (int round = 0; round < Integer.parseInt(args.length > 3 ? args[3] : "3"); round++) {
        run(what, events, threads, directory.resolve("r" + round));
      }
    } finally {
      if (!Boolean.getBoolean("keep")) {
        delete(directory);
      }
    }
  }

  private static void run(String what, int events, int threads, Path directory) throws Exception {
    boolean index = !what.equals("parse");
    long ram = Long.getLong("ram", 192) << 20;
    try (EventIndex target =
        EventIndex.open(new IndexConfig(directory, ZoneId.of("Europe/Istanbul"), ram, 30, 0, 1))) {
      AtomicLong next = new AtomicLong();
      AtomicLong corpusNanos = new AtomicLong();
      AtomicLong unparsed = new AtomicLong();
      if (index) {
        target.start(() -> 0L);
      }
      long cpu = cpu();
      long wall = System.nanoTime();
      List<Thread> workers = new ArrayList<>();
      Instant start = Instant.now().minusSeconds(3600);
      for (int t = 0; t < threads; t++) {
        workers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        work(
                            index ? target.appender() : null,
                            events,
                            next,
                            corpusNanos,
                            unparsed,
                            start);
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }));
      }
      for (Thread worker : workers) {
        worker.join();
      }
      if (index) {
        target.refresh(events);
      }
      wall = System.nanoTime() - wall;
      cpu = cpu() - cpu - corpusNanos.get();
      if (index) {
        target.commit(java.util.Map.of("std", (long) events), System.currentTimeMillis() * 1000);
      }
      System.out.printf(
          java.util.Locale.ROOT,
          "%s %d events, %d threads: %.2f us cpu/event, %.0f k/s wall, unparsed %d, %.1f"
              + " bytes/event%n",
          what,
          events,
          threads,
          cpu / 1000.0 / events,
          events * 1e6 / wall,
          unparsed.get(),
          index ? target.status().bytes() * 1.0 / events : 0);
    }
    if (!Boolean.getBoolean("keep")) {
      delete(directory);
    }
  }

  private static void work(
      @org.jspecify.annotations.Nullable IndexAppender appender,
      int events,
      AtomicLong next,
      AtomicLong corpusNanos,
      AtomicLong unparsed,
      Instant start)
      throws Exception {
    Corpus corpus = new Corpus(Corpus.SEED + Thread.currentThread().threadId(), start, 2500);
    EventParser parser = new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY));
    SourceAddress source = new SourceAddress("syslog_tcp", new byte[16], 514);
    RecordBlock block = new RecordBlock();
    Event event = new Event();
    byte[] stream = "std".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var mx = ManagementFactory.getThreadMXBean();
    while (true) {
      long from = next.getAndAdd(BLOCK);
      if (from >= events) {
        return;
      }
      long t = mx.getCurrentThreadCpuTime();
      block.begin("std", from + 1);
      long now = System.currentTimeMillis() * 1000;
      for (int i = 0; i < BLOCK; i++) {
        int length = corpus.next() - 1;
        int at = block.reserve(length);
        System.arraycopy(corpus.bytes(), 0, block.bytes(), at, length);
        block.add(at, at + length, now, source, Attributes.NONE, 0);
      }
      corpusNanos.addAndGet(mx.getCurrentThreadCpuTime() - t);
      for (int i = 0; i < BLOCK; i++) {
        event.reset(block.bytes(), block.from(i), block.to(i), now, source, Attributes.NONE, 0);
        parser.parse(event);
        if (!event.parsed()) {
          unparsed.incrementAndGet();
        }
        event.set(Field.EMANET_STREAM, stream);
        if (appender != null) {
          boolean ignored = appender.add(event, "std", from + i + 1);
        }
      }
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void delete(Path directory) throws Exception {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
