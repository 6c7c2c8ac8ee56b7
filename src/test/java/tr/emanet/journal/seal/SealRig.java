package tr.emanet.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditHead;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/** A journal with small segments, a database and a sealer, all with a clock that a test turns. */
final class SealRig implements Closeable {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final Instant BEGIN = Instant.parse("2026-11-22T18:00:00Z");
  static final String KEY = "ab".repeat(32);

  /** Not a signature, but as long as one is wanted. */
  static final Signer SIGNER =
      new Signer() {
        @Override
        public String key() {
          return KEY;
        }

        @Override
        public byte[] sign(byte[] statement) {
          return ("signed " + statement.length).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] signRoot(byte[] root) {
          return ("signed root " + root.length).getBytes(StandardCharsets.US_ASCII);
        }
      };

  final Path state;
  final AtomicLong micros;
  final AtomicLong nanos = new AtomicLong();
  final List<Checkpoint.Destroyed> untold = new ArrayList<>();
  final BatchPool pool = new BatchPool(8);
  Consumer<String> step = name -> {};
  final Database database;
  @Nullable FileJournal journal;
  @Nullable Sealer sealer;

  SealRig(Path state) throws IOException, StoreException {
    this.state = state;
    this.micros = new AtomicLong(ChronoUnit.MICROS.between(Instant.EPOCH, BEGIN));
    this.database = Database.open(state, List.of("journal/seal"));
  }

  Instant now() {
    return Instant.EPOCH.plus(micros.get(), ChronoUnit.MICROS);
  }

  /** Lets both clocks run. */
  void pass(Duration time) {
    micros.addAndGet(time.toNanos() / 1000);
    nanos.addAndGet(time.toNanos());
  }

  SealPaths paths() {
    return new SealPaths(state.resolve("seals"), ZONE);
  }

  FileJournal journal() throws IOException {
    FileJournal there = journal;
    if (there == null) {
      there =
          FileJournal.open(
              JournalConfig.of(state.resolve("journal"), ZONE)
                  .withReserve(0)
                  .withSegments(8192, Duration.ofHours(1)),
              this::now,
              new SecureRandom(),
              code -> {},
              () -> Long.MAX_VALUE);
      journal = there;
    }
    return there;
  }

  SealStore store() {
    return new SealStore(database);
  }

  Sealer sealer() throws IOException {
    Sealer there = sealer;
    if (there == null) {
      Durable durable = new Durable(paths().root(), name -> step.accept(name));
      there =
          new Sealer(
              new Sealer.Parts(
                  new Journals.Files(journal()),
                  paths(),
                  store(),
                  SIGNER,
                  durable,
                  () -> new AuditHead(0, Checkpoint.ZEROS),
                  new Destructions() {
                    @Override
                    public List<Checkpoint.Destroyed> untold() {
                      return List.copyOf(untold);
                    }

                    @Override
                    public void told(List<Checkpoint.Destroyed> gone, long checkpoint) {
                      untold.removeAll(gone);
                    }

                    @Override
                    public void between(Roots work) throws IOException {
                      work.make();
                    }
                  },
                  SealConfig.DEFAULT,
                  this::now,
                  nanos::get));
      sealer = there;
    }
    return there;
  }

  /** Appends records and waits until they are durable. */
  void append(String stream, int records, int length) throws IOException, InterruptedException {
    Batch batch = pool.take();
    byte[] line = new byte[length];
    SourceAddress source = new SourceAddress("test", new byte[16], 514);
    for (int i = 0; i < records; i++) {
      new java.util.Random(i * 7L + length).nextBytes(line);
      batch.add(line, 0, length, micros.get(), source, Attributes.NONE, 0);
    }
    CountDownLatch durable = new CountDownLatch(1);
    batch.onDurable(durable::countDown);
    journal().append(stream, batch);
    if (!durable.await(30, TimeUnit.SECONDS)) {
      throw new IOException("not durable");
    }
    // Acknowledged is before published: the next commit would publish it too.
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (pool.free() < pool.size() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  /** Ends the sealer alone, without a last checkpoint. */
  void forgetSealer() {
    Sealer there = sealer;
    if (there != null) {
      there.close();
      sealer = null;
    }
  }

  /** Ends the process, so to speak, without a last checkpoint. */
  void crash() throws IOException {
    forgetSealer();
    FileJournal open = journal;
    if (open != null) {
      open.close();
      journal = null;
    }
  }

  @Override
  public void close() throws IOException {
    crash();
    database.close();
  }
}
