package tr.emanet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;

/** What is in force while feeds load and events are compared at the same time. */
class InForceTest {

  private static final long SECONDS = 20;

  private static Optional<Indicator> row(long id, String description) {
    Instant at = Instant.EPOCH;
    return Optional.of(
        new Indicator(
            id,
            "usom",
            "1",
            "kotu.example",
            Optional.of(CanonicalValue.of(IndicatorKind.DOMAIN, "kotu.example")),
            "",
            "",
            new Codes("domain", description, "SB", "PH", 5),
            null,
            null,
            at,
            at,
            null,
            at,
            1));
  }

  private static void values(IndicatorStore.ValueSink sink, int count) {
    for (int i = 0; i < count; i++) {
      CanonicalValue value = CanonicalValue.of(IndicatorKind.DOMAIN, "kotu" + i + ".example");
      sink.accept(i, value, Long.MAX_VALUE);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aReadingThatTookLongerDoesNotReplaceANewerOne() throws Exception {
    AtomicInteger listed = new AtomicInteger(1);
    AtomicInteger readings = new AtomicInteger();
    CountDownLatch oldIsRead = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InForce inForce =
        new InForce(
            sink -> {
              values(sink, listed.get());
              if (readings.incrementAndGet() == 1) {
                oldIsRead.countDown();
                await(goOn);
              }
            },
            id -> Optional.empty(),
            () -> 1);
    Thread slow = Thread.ofVirtual().start(inForce::load);
    await(oldIsRead);

    listed.set(2);
    Thread newer = Thread.ofPlatform().start(inForce::load);
    while (newer.isAlive() && newer.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    slow.join();
    newer.join();

    assertThat(inForce.size()).isEqualTo(2);
  }

  @Test
  void aRowThatWasReadBeforeALoadEndedIsNotRememberedAfterIt() throws Exception {
    AtomicReference<String> text = new AtomicReference<>("old");
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InForce inForce =
        new InForce(
            sink -> values(sink, 1),
            id -> {
              Optional<Indicator> found = row(id, text.get());
              if (reading.getCount() > 0) {
                reading.countDown();
                await(goOn);
              }
              return found;
            },
            () -> 1);
    Thread match = Thread.ofVirtual().start(() -> inForce.find(7));
    await(reading);

    text.set("new");
    Thread load = Thread.ofPlatform().start(inForce::load);
    while (load.isAlive() && load.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    match.join();
    load.join();

    assertThat(requireNonNull(inForce.find(7)).codes().description()).isEqualTo("new");
  }

  @Test
  void rowsAreReadOnceBetweenTwoLoads() {
    AtomicInteger reads = new AtomicInteger();
    InForce inForce =
        new InForce(
            sink -> values(sink, 1), id -> row(id, "row " + reads.incrementAndGet()), () -> 1);

    inForce.load();
    assertThat(requireNonNull(inForce.find(7)).codes().description()).isEqualTo("row 1");
    assertThat(requireNonNull(inForce.find(7)).codes().description()).isEqualTo("row 1");
    inForce.load();

    assertThat(requireNonNull(inForce.find(7)).codes().description()).isEqualTo("row 2");
  }
}
