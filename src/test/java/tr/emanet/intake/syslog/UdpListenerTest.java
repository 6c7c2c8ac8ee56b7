package tr.emanet.intake.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tr.emanet.intake.Admission;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeConfig.AdmissionConfig;
import tr.emanet.intake.IntakeException;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RecordingJournal;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;

final class UdpListenerTest {

  private static final String NAME = "udp-under-test";

  private final BatchPool pool = new BatchPool(4);
  private final Counters counters = new Counters();
  private final AtomicLong delivered = new AtomicLong();
  private final Admission admission =
      new Admission(
          new RecordingJournal(),
          AdmissionConfig.defaults(),
          InstantSource.system(),
          ZoneOffset.UTC);
  private final UdpListener listener =
      new UdpListener(
          new SyslogOptions(
              NAME,
              SyslogOptions.Transport.UDP,
              InetAddress.getLoopbackAddress().getHostAddress(),
              0,
              SyslogOptions.MAX_FRAME_BYTES,
              1 << 20,
              0,
              0,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              SyslogOptions.ClientAuth.NONE),
          new Batches(pool),
          admission,
          batch -> {
            delivered.addAndGet(batch.count());
            batch.release();
            return true;
          },
          counters,
          MicroClock.of(InstantSource.system()));

  @AfterEach
  void stop() {
    listener.stop();
    admission.close();
  }

  private void send(int count) throws IOException {
    try (DatagramChannel to = DatagramChannel.open()) {
      to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.status().port()));
      for (int i = 0; i < count; i++) {
        int ignored = to.write(ByteBuffer.wrap(("<13>line " + i).getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadName().equals(NAME)) {
        return threads.getThreadCpuTime(info.getThreadId());
      }
    }
    throw new AssertionError("no receiving thread");
  }

  @Test
  void leavesDatagramsInTheKernelWhileNoBatchIsFreeAndTakesThemLater()
      throws IOException, IntakeException, InterruptedException {
    List<Batch> held = new ArrayList<>();
    while (pool.free() > 0) {
      held.add(pool.take());
    }
    listener.start();

    send(200);
    await().until(() -> listener.status().note().contains("journal"));
    assertThat(counters.received()).isZero();
    held.forEach(Batch::release);

    await().until(() -> delivered.get() == 200);
    assertThat(counters.received()).isEqualTo(200);
    assertThat(listener.status().kernelDrops()).isLessThanOrEqualTo(0);
    await().until(() -> listener.status().note().isEmpty());
  }

  @Test
  void doesNotSpinWhileNoBatchIsFree() throws IOException, IntakeException, InterruptedException {
    List<Batch> held = new ArrayList<>();
    while (pool.free() > 0) {
      held.add(pool.take());
    }
    listener.start();
    send(1);
    await().until(() -> listener.status().note().contains("journal"));

    long before = cpuNanos();
    await().pollDelay(Duration.ofMillis(400)).until(() -> true);

    assertThat(Duration.ofNanos(cpuNanos() - before)).isLessThan(Duration.ofMillis(200));
    held.forEach(Batch::release);
  }

  @Test
  void warmsUpWithTheRealListenerAndTellsNobody() throws InterruptedException {
    AtomicLong seen = new AtomicLong();
    UdpWarmUp warm = new UdpWarmUp(batch -> seen.addAndGet(batch.count()), Duration.ofSeconds(20));

    warm.start();
    warm.await();

    assertThat(seen.get()).isGreaterThan(1_000);
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("warm-up"));
  }
}
