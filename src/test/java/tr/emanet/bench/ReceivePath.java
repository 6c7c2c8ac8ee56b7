package tr.emanet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import tr.emanet.event.Event;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.route.IntakeContext;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.RecordBlock;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;

/**
 * The shipped listeners, journal and parser in a process of their own, without the index: records
 * are forced to disk, read back from the journal and parsed by two workers. This is what "durable
 * and parsed" means; in the service the index runs behind it and catches up. With {@code sealed} as
 * second argument the journal is sealed as in the service. Prints {@code port N}, then the number
 * of parsed records five times a second.
 */
public final class ReceivePath {

  private static final int WORKERS = 2;
  private static final int BATCHES = 64;
  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");

  private ReceivePath() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    FileJournal journal =
        FileJournal.open(
            JournalConfig.of(directory.resolve("journal"), ZONE),
            InstantSource.system(),
            new SecureRandom(),
            code -> Runtime.getRuntime().halt(code));
    SealedJournal seal =
        args.length > 1 && args[1].equals("sealed")
            ? SealedJournal.start(directory, journal, ZONE)
            : null;
    int port = Children.freePort();
    IntakeConfig.SyslogConfig tcpOnly =
        new IntakeConfig.SyslogConfig(
            null,
            null,
            new IntakeConfig.PortConfig(false, 0),
            new IntakeConfig.PortConfig(true, port),
            null,
            null,
            0,
            0,
            0,
            0,
            0);
    IntakeContext intake =
        new IntakeContext(
            new IntakeConfig(null, null, tcpOnly, null, null),
            journal,
            new BatchPool(BATCHES),
            () -> {
              throw new IllegalStateException("no TLS here");
            },
            InstantSource.system());
    intake.start();
    System.out.println("port " + port);
    LongAdder parsed = new LongAdder();
    BlockingQueue<RecordBlock> work = new ArrayBlockingQueue<>(WORKERS * 3);
    BlockingQueue<RecordBlock> free = new ArrayBlockingQueue<>(WORKERS * 3);
    for (int i = 0; i < WORKERS * 3; i++) {
      free.add(new RecordBlock());
    }
    for (int i = 0; i < WORKERS; i++) {
      Thread ignored =
          Thread.ofPlatform().daemon().name("parse-" + i).start(() -> parse(work, free, parsed));
    }
    Thread ignored =
        Thread.ofPlatform().daemon().name("feed").start(() -> feed(journal, work, free));
    while (System.in.available() == 0) {
      System.out.println(parsed.sum());
      TimeUnit.MILLISECONDS.sleep(200);
    }
    intake.close();
    journal.close();
    if (seal != null) {
      seal.close();
    }
    System.exit(0);
  }

  private static void feed(
      FileJournal journal, BlockingQueue<RecordBlock> work, BlockingQueue<RecordBlock> free) {
    try {
      while (journal.streams().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      String stream = journal.streams().getFirst();
      try (JournalReader reader = journal.read(stream, 1)) {
        while (true) {
          RecordBlock block = free.take();
          RecordBlock filled = reader.next(block, Duration.ofMillis(200));
          if (filled == null) {
            free.put(block);
          } else {
            work.put(filled);
          }
        }
      }
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void parse(
      BlockingQueue<RecordBlock> work, BlockingQueue<RecordBlock> free, LongAdder parsed) {
    EventParser parser = new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY));
    Event event = new Event();
    try {
      while (true) {
        RecordBlock block = work.take();
        for (int i = 0; i < block.count(); i++) {
          event.reset(
              block.bytes(),
              block.from(i),
              block.to(i),
              block.receivedMicros(i),
              block.source(i),
              block.attributes(i),
              block.flags(i));
          parser.parse(event);
        }
        parsed.add(block.count());
        free.put(block);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** That process, seen from outside. */
  static final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final int port;

    private Child(Process process) throws IOException {
      this.process = process;
      this.out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null || !line.startsWith("port ")) {
        Children.stop(process);
        throw new IOException("the receive path did not start: " + line);
      }
      this.port = Integer.parseInt(line.substring(5));
    }

    /** Processor time so far. */
    double cpuSeconds() throws IOException {
      return Children.cpuSeconds(process.pid());
    }

    /** Starts it with the heap and flags of the service. */
    static Child start(Path directory, String... options) throws IOException {
      Files.createDirectories(directory);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-Xms256m",
              "-Xmx1g",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "--add-modules",
              "jdk.incubator.vector",
              "-cp",
              System.getProperty("java.class.path"),
              ReceivePath.class.getName(),
              directory.toString()));
      command.addAll(List.of(options));
      return new Child(
          new ProcessBuilder(command)
              .redirectError(directory.resolveSibling("receive.log").toFile())
              .start());
    }

    int port() {
      return port;
    }

    long pid() {
      return process.pid();
    }

    /** Reads its counter until it has seen this many records. */
    void await(long records, Duration patience) throws IOException {
      long until = System.nanoTime() + patience.toNanos();
      String line = "";
      while (System.nanoTime() < until) {
        line = out.readLine();
        if (line == null) {
          throw new IOException("the receive path ended");
        }
        if (Character.isDigit(line.charAt(0)) && Long.parseLong(line) >= records) {
          return;
        }
      }
      throw new IOException("the receive path saw only " + line + " of " + records);
    }

    /** Lets it end by itself, which closes and seals what it has written. */
    void end() throws IOException, InterruptedException {
      try (OutputStream in = process.getOutputStream()) {
        in.write('\n');
      }
      out.transferTo(Writer.nullWriter());
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("the receive path did not end well");
      }
    }

    @Override
    public void close() {
      Children.stop(process);
    }
  }
}
