package tr.emanet.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A process that appends, and notes what was acknowledged, until it dies at its crash point. Run by
 * {@link JournalCrashIT}.
 */
final class CrashingJournal {

  static final int BATCH = 25;

  private CrashingJournal() {}

  /** Arguments: journal directory, file of acknowledged numbers, first number, batches. */
  public static void main(String[] args) throws IOException, InterruptedException {
    run(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
  }

  /** Appends to the journal and closes it. */
  static void run(Path directory, Path noted, int from, int batches)
      throws IOException, InterruptedException {
    JournalConfig config =
        TestJournals.config(directory).withSegments(16 * 1024, Duration.ofHours(1));
    BatchPool pool = new BatchPool(4);
    try (FileChannel acknowledged =
            FileChannel.open(noted, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        FileJournal journal = TestJournals.open(config)) {
      for (int k = 0; k < batches; k++) {
        int n = from + k * BATCH;
        Batch batch = Lines.batch(pool, n, BATCH);
        batch.onDurable(() -> note(acknowledged, n));
        journal.append(k % 3 == 0 ? "b" : "a", batch);
      }
    }
  }

  private static void note(FileChannel file, int n) {
    try {
      file.write(ByteBuffer.wrap((n + "\n").getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
