package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamLogTest {

  private static final int ROUNDS = 50_000;

  /** A reader that began one too late would never show the first record of a new stream. */
  @Test
  void neverNamesAFirstSequenceAboveTheFirstRecordOfANewStream() throws Exception {
    StreamLog[] logs = new StreamLog[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      logs[i] = new StreamLog("new");
    }
    Segment segment = new Segment(Path.of("1.emj"), "new", 1, 1, 0, 0);
    CyclicBarrier start = new CyclicBarrier(2);
    AtomicLong highest = new AtomicLong();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    start.await();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  for (StreamLog log : logs) {
                    log.add(segment);
                    log.commit(1);
                  }
                });

    start.await();
    for (StreamLog log : logs) {
      for (long first = log.first(); log.committed() == 0; first = log.first()) {
        highest.accumulateAndGet(first, Math::max);
      }
      highest.accumulateAndGet(log.first(), Math::max);
    }
    writer.join();

    assertThat(highest).hasValue(1);
  }
}
