package tr.emanet.backup.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;

class LimitedTargetTest {

  @TempDir Path place;

  @Test
  void holdsTheRateAfterTheBurstOfASecond() throws Exception {
    AtomicLong now = new AtomicLong(1_000);
    LocalTarget inner = new LocalTarget(place.resolve("d"));
    LimitedTarget target = new LimitedTarget(inner, 1_000, now::get, now::addAndGet);
    target.prepare();
    byte[] bytes = new byte[500];

    for (int i = 0; i < 21; i++) {
      target.write(ObjectKind.INDEX, "a".repeat(64), bytes, 0, bytes.length);
    }

    // 10,000 bytes were due before the last began; one second of them was free.
    long seconds = TimeUnit.NANOSECONDS.toSeconds(now.get());
    assertThat(seconds).isBetween(9L, 10L);
  }

  @Test
  void keepsNoMoreThanOneSecondForLater() throws Exception {
    AtomicLong now = new AtomicLong(0);
    LocalTarget inner = new LocalTarget(place.resolve("d"));
    LimitedTarget target = new LimitedTarget(inner, 1_000, now::get, now::addAndGet);
    target.prepare();
    now.set(TimeUnit.HOURS.toNanos(1));
    byte[] bytes = new byte[5_000];
    long before = now.get();

    target.write(ObjectKind.INDEX, "a".repeat(64), bytes, 0, bytes.length);
    target.write(ObjectKind.INDEX, "b".repeat(64), bytes, 0, bytes.length);

    assertThat(TimeUnit.NANOSECONDS.toSeconds(now.get() - before)).isEqualTo(4);
  }
}
