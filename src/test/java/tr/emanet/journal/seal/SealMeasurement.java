package tr.emanet.journal.seal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditHead;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/**
 * Measures what sealing costs while the journal takes what it can: rounds with and without the
 * sealer take turns. Run its {@code main} by hand. The journal alone is the hardest case: with
 * parser and index the same seal stands against several times the work.
 */
final class SealMeasurement {

  private static final Logger LOG = LoggerFactory.getLogger(SealMeasurement.class);
  private static final int CORPUS = 100_000;
  private static final int EVENTS = 2_000_000;
  private static final int ROUNDS = 8;

  /** Nanoseconds for all events; and of the processor for the sealer and everybody. */
  private record Round(long wall, long sealer, long all, long bytes) {}

  private SealMeasurement() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, StoreException, CryptoException {
    byte[][] corpus = corpus();
    Path directory = Files.createTempDirectory("seal-measurement");
    long[] wall = new long[2];
    try {
      for (int round = 0; round < ROUNDS; round++) {
        boolean sealed = round % 2 == 1;
        Round one = round(directory.resolve("r" + round), corpus, sealed);
        if (round > 1) {
          wall[round % 2] += one.wall();
        }
        LOG.atWarn()
            .addKeyValue("sealed", sealed)
            .addKeyValue("eventsPerSecond", EVENTS * 1_000_000_000L / one.wall())
            .addKeyValue("sealerCpuPercent", 100.0 * one.sealer() / one.all())
            .addKeyValue("storedMebibytes", one.bytes() >> 20)
            .log("Round");
        delete(directory.resolve("r" + round));
      }
      LOG.atWarn()
          .addKeyValue("costPercent", 100.0 * (wall[1] - wall[0]) / wall[1])
          .log("Throughput that sealing costs");
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static byte[][] corpus() {
    Random random = new Random(3);
    byte[][] lines = new byte[CORPUS][];
    for (int n = 0; n < CORPUS; n++) {
      String line =
          "<134>1 2026-11-22T12:00:10."
              + (100000 + random.nextInt(900000))
              + "+03:00 fw-"
              + n % 7
              + ".belediye.example FortiGate 1234 - - devname=\"FW-MERKEZ\" type=\"traffic\""
              + " srcip=10.20."
              + random.nextInt(256)
              + "."
              + random.nextInt(256)
              + " srcport="
              + random.nextInt(65536)
              + " dstip=93.184."
              + random.nextInt(16)
              + "."
              + random.nextInt(256)
              + " dstport=443 action=\"accept\" bytes="
              + random.nextInt(100000);
      lines[n] = line.getBytes(StandardCharsets.UTF_8);
    }
    return lines;
  }

  private static Round round(Path state, byte[][] corpus, boolean sealed)
      throws IOException, InterruptedException, StoreException, CryptoException {
    Files.createDirectories(state);
    InstantSource clock = InstantSource.system();
    SealPaths paths = new SealPaths(state.resolve("seals"), SealRig.ZONE);
    SecureRandom random = new SecureRandom();
    FileJournal journal =
        FileJournal.open(
            JournalConfig.of(state.resolve("journal"), SealRig.ZONE).withReserve(0),
            clock,
            random,
            code -> {});
    try (Database database = Database.open(state, List.of("journal/seal"));
        SealKey key = SealKey.openOrCreate(state.resolve("keys"), "bench", random, clock)) {
      Signer signer =
          new Signer() {
            @Override
            public String key() {
              return key.keyId();
            }

            @Override
            public byte[] sign(byte[] statement) throws IOException {
              try {
                return key.sign(statement);
              } catch (CryptoException e) {
                throw new IOException(e);
              }
            }
          };
      Seals seals =
          new Seals(
              new Seals.Parts(
                  paths,
                  journal,
                  database,
                  () -> new AuditHead(0, Checkpoint.ZEROS),
                  signer,
                  () -> Instant.MAX,
                  null,
                  List.of(),
                  Destructions.NONE,
                  clock,
                  System::nanoTime));
      if (sealed) {
        seals.start();
      }
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long cpu = cpu(threads, "");
      long begun = System.nanoTime();
      feed(journal, corpus);
      long wall = System.nanoTime() - begun;
      Round out =
          new Round(
              wall, cpu(threads, "sealer"), cpu(threads, "") - cpu, journal.status().storedBytes());
      journal.close();
      if (sealed) {
        seals.close();
      }
      return out;
    }
  }

  private static long cpu(ThreadMXBean threads, String name) {
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().contains(name)) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum;
  }

  private static void feed(FileJournal journal, byte[][] corpus) throws InterruptedException {
    BatchPool pool = new BatchPool(48);
    SourceAddress source = new SourceAddress("test", new byte[16], 514);
    long micros = System.currentTimeMillis() * 1000;
    Batch batch = pool.take();
    for (int n = 0; n < EVENTS; n++) {
      byte[] line = corpus[n % CORPUS];
      if (!batch.hasRoomFor(line.length)) {
        journal.append("a", batch);
        batch = pool.take();
      }
      batch.add(line, 0, line.length, micros + n / 8, source, Attributes.NONE, 0);
    }
    journal.append("a", batch);
    while (pool.free() < pool.size()) {
      Thread.onSpinWait();
    }
  }
}
