package tr.emanet.journal;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.Position;

/**
 * Measures append and read on this machine and logs the figures; run its {@code main} by hand. The
 * writer's own processor time and allocation count, because the feeding thread shares the cores.
 */
final class JournalMeasurement {

  private static final Logger LOG = LoggerFactory.getLogger(JournalMeasurement.class);
  private static final int CORPUS = 200_000;
  private static final int EVENTS = 3_000_000;
  private static final int ROUNDS = 4;

  private JournalMeasurement() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    byte[][] corpus = corpus();
    Path directory = Files.createTempDirectory("journal-measurement");
    try {
      for (int round = 0; round < ROUNDS; round++) {
        append(directory.resolve("r" + round), corpus);
      }
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static byte[][] corpus() {
    Random random = new Random(3);
    byte[][] lines = new byte[CORPUS][];
    for (int n = 0; n < CORPUS; n++) {
      lines[n] = Lines.line(n, random).getBytes(StandardCharsets.UTF_8);
    }
    return lines;
  }

  private static void append(Path directory, byte[][] corpus)
      throws IOException, InterruptedException {
    BatchPool pool = new BatchPool(48);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begun = System.nanoTime();
    long cpu;
    long allocated;
    JournalStatus status;
    try (FileJournal journal = TestJournals.open(TestJournals.config(directory))) {
      long writer = writer();
      Batch batch = pool.take();
      for (int n = 0; n < EVENTS; n++) {
        byte[] line = corpus[n % CORPUS];
        if (!batch.hasRoomFor(line.length)) {
          journal.append("a", batch);
          batch = pool.take();
        }
        batch.add(
            line,
            0,
            line.length,
            Lines.DAY + n / 8,
            Lines.source(7),
            tr.emanet.event.Attributes.NONE,
            0);
      }
      journal.append("a", batch);
      while (pool.free() < pool.size()) {
        Thread.onSpinWait();
      }
      cpu = threads.getThreadCpuTime(writer);
      allocated = threads.getThreadAllocatedBytes(writer);
      status = journal.status();
      long wall = System.nanoTime() - begun;
      report(status, wall, cpu, allocated);
      read(journal);
    }
  }

  private static long writer() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("journal-writer")) {
        return thread.threadId();
      }
    }
    throw new IllegalStateException("no writer thread");
  }

  private static void report(JournalStatus status, long wall, long cpu, long allocated) {
    double raw = status.appendedBytes();
    LOG.atWarn()
        .addKeyValue("meanBytes", text(raw / EVENTS))
        .addKeyValue("storedPerEvent", text(status.storedBytes() / (double) EVENTS))
        .addKeyValue("eventsPerSecond", text(EVENTS * 1e9 / wall))
        .addKeyValue("eventsPerWriterCpuSecond", text(EVENTS * 1e9 / cpu))
        .addKeyValue("rawMBPerWriterCpuSecond", text(raw * 1e3 / cpu))
        .addKeyValue("writerBytesAllocatedPerEvent", text(allocated / (double) EVENTS))
        .addKeyValue("forceP50Micros", status.commitP50Micros())
        .addKeyValue("commits", status.commits())
        .log("Appended");
  }

  private static void read(FileJournal journal) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long count = 0;
    try (JournalReader reader = journal.read("a", 1)) {
      RecordBlock block = new RecordBlock();
      while (count < EVENTS && reader.next(block, java.time.Duration.ofSeconds(1)) != null) {
        count += block.count();
      }
    }
    long readNanos = System.nanoTime() - begun;
    begun = System.nanoTime();
    for (int n = 0; n < 300_000; n++) {
      if (journal.find(new Position("a", EVENTS - n)).isEmpty()) {
        throw new IllegalStateException("record " + n + " from the end is not there");
      }
    }
    long findNanos = System.nanoTime() - begun;
    LOG.atWarn()
        .addKeyValue("eventsPerSecond", text(count * 1e9 / readNanos))
        .addKeyValue("findsPerSecondDescending", text(300_000 * 1e9 / findNanos))
        .log("Read");
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }
}
