package tr.emanet.intake.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.Admission;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeConfig.AdmissionConfig;
import tr.emanet.intake.IntakeException;
import tr.emanet.intake.MicroClock;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.MemoryJournal;

/**
 * Runs the code that receives datagrams before the real port is bound, because a cold JVM loses
 * most in its first seconds and UDP has nobody who sends again. A listener of the same class on a
 * private loopback port gets a few thousand made-up lines; its batches go to {@code sink} and then
 * back to a pool of their own. Nothing reaches the journal or any counter that is shown. Start
 * once, on any thread; runs beside the rest of the start for at most {@code longest}.
 */
public final class UdpWarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(UdpWarmUp.class);
  private static final int DATAGRAMS = 12_000;

  /** Few enough for the smallest receive buffer that a kernel grants. */
  private static final int BURST = 64;

  private static final long PAUSE_NANOS = 200_000;
  private static final int BATCHES = 4;

  private static final List<String> LINES =
      List.of(
          "<34>Oct 11 22:14:15 sw-1 sshd[4721]: Failed password for invalid user ali from"
              + " 192.0.2.7 port 50122 ssh2",
          "<134>1 2026-02-03T04:05:06.789+03:00 web-1 nginx 911 - - 198.51.100.4 - -"
              + " [03/Feb/2026:04:05:06 +0300] \"GET /giriş HTTP/1.1\" 200 512 \"-\" \"curl/8\"",
          "<165>1 2026-02-03T04:05:06Z fw-1 kernel - - [m@1 k=\"v\"] SRC=192.0.2.1 DST=192.0.2.2"
              + " PROTO=TCP SPT=5123 DPT=443",
          "<189>date=2026-02-03 time=04:05:06 devname=\"fg-1\" type=\"traffic\" srcip=192.0.2.9"
              + " srcport=4000 dstip=198.51.100.9 dstport=53 action=\"accept\" service=\"DNS\"",
          "<13>Feb  3 04:05:06 app-1 CEF:0|maker|product|1|100|blocked|7|src=192.0.2.3"
              + " dst=192.0.2.4 suser=ayşe act=deny",
          "<14>Feb  3 04:05:06 app-2 service: {\"user\":\"veli\",\"result\":\"ok\",\"ms\":12}");

  private final Consumer<Batch> sink;
  private final Duration longest;
  private final Thread thread;

  /**
   * @param sink looks at each batch and keeps nothing of it; called on one thread
   */
  public UdpWarmUp(Consumer<Batch> sink, Duration longest) {
    this.sink = sink;
    this.longest = longest;
    this.thread = quiet(this::run);
  }

  // The rest of the start comes first; the service runs with ThreadPriorityPolicy=1.
  @SuppressWarnings("ThreadPriorityCheck")
  private static Thread quiet(Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("warm-up")
        .priority(Thread.MIN_PRIORITY)
        .unstarted(work);
  }

  /** Begins; returns at once. */
  public void start() {
    thread.start();
  }

  /** Waits until it is done, at most {@code longest}; returns at once if it never began. */
  public void await() throws InterruptedException {
    if (thread.isAlive() && !thread.join(longest)) {
      LOG.atInfo().log("The first datagrams may find slow code: warming up took too long");
    }
  }

  private void run() {
    long end = System.nanoTime() + longest.toNanos();
    BatchPool pool = new BatchPool(BATCHES);
    Counters counters = new Counters();
    // Never started, so it watches no disk: it only does what it does for each datagram.
    try (Admission admission =
        new Admission(
            new MemoryJournal(),
            AdmissionConfig.defaults(),
            InstantSource.system(),
            ZoneOffset.UTC)) {
      UdpListener listener =
          new UdpListener(
              options(),
              new Batches(pool),
              admission,
              this::look,
              counters,
              MicroClock.of(InstantSource.system()));
      listener.start();
      try {
        send(listener.status().port(), end);
      } finally {
        listener.stop();
      }
      LOG.atDebug().addKeyValue("datagrams", counters.received()).log("Warmed up");
    } catch (IOException | IntakeException e) {
      // Only slower, not worse: the service starts without it.
      LOG.atInfo().addKeyValue("problem", e.getMessage()).log("No warm-up");
    }
  }

  private static SyslogOptions options() {
    return new SyslogOptions(
        "warm-up",
        SyslogOptions.Transport.UDP,
        InetAddress.getLoopbackAddress().getHostAddress(),
        0,
        SyslogOptions.MAX_FRAME_BYTES,
        UdpListener.WANTED_BUFFER,
        0,
        0,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        SyslogOptions.ClientAuth.NONE);
  }

  private boolean look(Batch batch) {
    try {
      sink.accept(batch);
    } finally {
      batch.release();
    }
    return true;
  }

  private static void send(int port, long end) throws IOException {
    List<ByteBuffer> lines =
        LINES.stream().map(l -> ByteBuffer.wrap(l.getBytes(StandardCharsets.UTF_8))).toList();
    try (DatagramChannel to = DatagramChannel.open()) {
      to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      for (int sent = 0; sent < DATAGRAMS && System.nanoTime() < end; sent += BURST) {
        for (int i = 0; i < BURST; i++) {
          int ignored = to.write(lines.get(i % lines.size()).rewind());
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
