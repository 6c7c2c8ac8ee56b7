package tr.emanet.intake.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.Attributes;
import tr.emanet.event.RecordFlags;
import tr.emanet.intake.Admission;
import tr.emanet.intake.BatchOut;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Counters;
import tr.emanet.intake.DropReason;
import tr.emanet.intake.IntakeException;
import tr.emanet.intake.IntakeStatus.Bound;
import tr.emanet.intake.IntakeStatus.ListenerStatus;
import tr.emanet.intake.Listener;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RefusalReason;
import tr.emanet.intake.Trust;
import tr.emanet.journal.Batch;

/**
 * Syslog over UDP (RFC 5426): one datagram is one record, received straight into the batch. One
 * platform thread drains the socket without blocking; while packets come it naps a millisecond
 * between drains (the kernel's buffer holds 50 ms at 100,000/s), and only an idle socket is waited
 * for. A batch leaves when full or 20 ms after its first record. An empty pool means not reading:
 * the kernel's buffer keeps what it can until there is a batch again, and counts what it drops.
 */
public final class UdpListener implements Listener {

  private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
  private static final long NAP_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 20_000_000;

  /** What the kernel should grant; with less there is a warning. */
  static final int WANTED_BUFFER = 4 << 20;

  private static final int PEERS = 8_192;
  private static final int MAX_DRAIN = 100_000;

  private final SyslogOptions options;
  private final Batches batches;
  private final Admission admission;
  private final BatchOut out;
  private final Counters counters;
  private final MicroClock clock;
  private final Peers peers;
  private volatile boolean running;
  private volatile @Nullable Open open;

  /** No batch was free when one was needed. */
  private volatile boolean starved;

  private @Nullable Batch batch;
  private ByteBuffer view = ByteBuffer.allocate(0);
  private long openedNanos;

  /** What exists while the port is bound. */
  private record Open(
      DatagramChannel channel,
      Selector selector,
      Thread thread,
      InetSocketAddress local,
      int granted,
      KernelDrops drops) {}

  public UdpListener(
      SyslogOptions options,
      Batches batches,
      Admission admission,
      BatchOut out,
      Counters counters,
      MicroClock clock) {
    this.options = options;
    this.batches = batches;
    this.admission = admission;
    this.out = out;
    this.counters = counters;
    this.clock = clock;
    this.peers = new Peers(options.name(), PEERS);
  }

  @Override
  public void start() throws IntakeException {
    try {
      DatagramChannel channel = DatagramChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
        channel.bind(new InetSocketAddress(InetAddress.getByName(options.bind()), options.port()));
        channel.configureBlocking(false);
        int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        Selector selector = Selector.open();
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        if (granted < Math.min(options.receiveBufferBytes(), WANTED_BUFFER)) {
          LOG.atWarn()
              .addKeyValue("listener", options.name())
              .addKeyValue("granted", granted)
              .addKeyValue("wanted", WANTED_BUFFER)
              .log("UDP receive buffer is small; raise net.core.rmem_max");
        }
        Thread thread = receiver(() -> run(channel, key.selector()));
        open =
            new Open(
                channel,
                selector,
                thread,
                local,
                granted,
                new KernelDrops(local.getAddress(), local.getPort()));
        running = true;
        thread.start();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new IntakeException(
          "cannot listen on UDP "
              + options.bind()
              + ":"
              + options.port()
              + " ("
              + e.getMessage()
              + "); choose another port or stop the program that holds it",
          e);
    }
  }

  // The service runs with ThreadPriorityPolicy=1. Without the right to raise itself a thread keeps
  // its priority, and still stands above the indexing ones.
  @SuppressWarnings("ThreadPriorityCheck")
  private Thread receiver(Runnable loop) {
    return Thread.ofPlatform().name(options.name()).priority(Thread.MAX_PRIORITY).unstarted(loop);
  }

  private void run(DatagramChannel channel, Selector selector) {
    long lastPacket = System.nanoTime();
    try {
      while (running) {
        int got = drain(channel);
        long now = System.nanoTime();
        if (got > 0) {
          lastPacket = now;
        }
        if (now - openedNanos >= PATIENCE_NANOS) {
          flush();
        }
        if (starved || now - lastPacket < PATIENCE_NANOS) {
          // A starved socket is readable all the time: waiting for it would be spinning.
          LockSupport.parkNanos(NAP_NANOS);
        } else {
          putBack();
          selector.select();
          selector.selectedKeys().clear();
        }
      }
      // What the kernel already holds was sent before the stop: take it, once.
      drain(channel);
    } catch (IOException e) {
      LOG.atError().setCause(e).addKeyValue("listener", options.name()).log("UDP port failed");
    } finally {
      flush();
      putBack();
    }
  }

  /** Receives until the socket is empty, or the pool; returns the number of datagrams. */
  private int drain(DatagramChannel channel) throws IOException {
    int got = 0;
    int room = options.maxFrameBytes() + 1;
    long micros = clock.micros();
    long now = System.nanoTime();
    while (got < MAX_DRAIN) {
      Batch into = batch;
      if (into != null && (into.remaining() < room || !into.hasRoomFor(0))) {
        flush();
        into = null;
      }
      if (into == null) {
        into = batches.poll(Trust.FORGEABLE);
        starved = into == null;
        if (into == null) {
          return got;
        }
        batch = into;
        view = ByteBuffer.wrap(into.bytes());
      }
      view.limit(into.size() + room).position(into.size());
      InetSocketAddress from = (InetSocketAddress) channel.receive(view);
      if (from == null) {
        return got;
      }
      if ((++got & 63) == 0) {
        micros = clock.micros();
        now = System.nanoTime();
        if (into.count() > 0 && now - openedNanos >= PATIENCE_NANOS) {
          accept(into, from, micros, now);
          flush();
          continue;
        }
      }
      accept(into, from, micros, now);
    }
    return got;
  }

  private void accept(Batch into, InetSocketAddress from, long micros, long now) {
    int length = view.position() - into.size();
    if (length == 0) {
      counters.refused(RefusalReason.EMPTY_FRAME);
      return;
    }
    Peers.Peer peer = peers.of(from);
    int flags = 0;
    if (length > options.maxFrameBytes()) {
      length = options.maxFrameBytes();
      flags = RecordFlags.TRUNCATED;
    }
    counters.received(length, flags);
    DropReason no = admission.offer(peer.high(), peer.low(), length, now);
    if (no != null) {
      counters.dropped(no, 1);
      return;
    }
    if (into.count() == 0) {
      openedNanos = now;
    }
    into.close(length, micros, peer.source(), Attributes.NONE, flags);
  }

  private void flush() {
    Batch full = batch;
    if (full != null && full.count() > 0) {
      batch = null;
      out.deliver(full);
    }
  }

  private void putBack() {
    Batch empty = batch;
    if (empty != null) {
      batch = null;
      if (empty.count() > 0) {
        out.deliver(empty);
      } else {
        empty.release();
      }
    }
  }

  @Override
  public void stop() {
    Open was = open;
    if (was == null) {
      return;
    }
    open = null;
    running = false;
    was.selector().wakeup();
    try {
      was.thread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      was.selector().close();
      was.channel().close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("listener", options.name()).log("UDP port not closed");
    }
  }

  @Override
  public ListenerStatus status() {
    Open now = open;
    Bound bound =
        now == null
            ? Bound.of(options.bind(), 0, "stopped")
            : new Bound(
                now.local().getAddress().getHostAddress(),
                now.local().getPort(),
                "listening",
                options.receiveBufferBytes(),
                now.granted(),
                now.drops().read(),
                List.of());
    String note =
        starved
            ? "the journal does not keep up: datagrams wait in the kernel"
            : now != null && now.granted() < Math.min(options.receiveBufferBytes(), WANTED_BUFFER)
                ? "receive buffer is small: set net.core.rmem_max to "
                    + options.receiveBufferBytes()
                : "";
    return ListenerStatus.of(options.name(), "udp", bound, 0, counters, note);
  }
}
