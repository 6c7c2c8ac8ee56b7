package tr.emanet.intake.syslog;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.intake.Admission;
import tr.emanet.intake.Collector;
import tr.emanet.intake.Counters;
import tr.emanet.intake.DropReason;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RefusalReason;
import tr.emanet.intake.Trust;

/**
 * Reads one TCP or TLS connection on its own virtual thread. Holds a small buffer while the sender
 * is slow and up to 64 KiB while it is fast; batches belong to the shared {@link Collector}. The
 * listener's reaper closes the socket when {@link #deadline} has passed.
 */
final class TcpConnection implements Runnable, FrameCutter.Sink {

  private static final int SMALL = 4 * 1024;
  private static final int YIELD_EVERY = 16;
  private static final int TRICKLE_BYTES = 16 * 1024;
  private static final long TRICKLE_NANOS = 1_000_000;
  private static final long NAP_MILLIS = 2;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long HELD_NAP_MILLIS = 100;

  /** What all connections of a listener share. */
  record Shared(
      SyslogOptions options,
      Admission admission,
      Collector collector,
      Counters counters,
      MicroClock clock,
      TcpListener listener) {}

  private final Shared shared;
  private final Socket raw;
  private final @Nullable SSLSocket tls;
  private final Peers.Peer peer;
  private final FrameCutter cutter;
  private Attributes attributes = Attributes.NONE;
  private Trust trust = Trust.CONNECTED;
  private byte[] buffer = new byte[SMALL];
  private int from;
  private int to;
  private long micros;
  private long frames;
  private long frameBytes;
  private long failuresSeen = -1;
  private boolean cutting;
  private boolean spoken;

  /** {@link System#nanoTime} after which the reaper closes the socket. */
  private volatile long deadline;

  private volatile RefusalReason lateReason = RefusalReason.IDLE_TIMEOUT;
  private volatile boolean reaped;
  private volatile boolean stopping;

  TcpConnection(Shared shared, Socket raw, @Nullable SSLSocket tls) {
    this.shared = shared;
    this.raw = raw;
    this.tls = tls;
    this.peer =
        Peers.Peer.of(shared.options().name(), (InetSocketAddress) raw.getRemoteSocketAddress());
    this.cutter = new FrameCutter(shared.options().maxFrameBytes());
    // Counts before the thread has begun, which may take long on a busy or cold machine.
    Duration first = tls == null ? shared.options().idle() : shared.options().handshake();
    this.deadline = System.nanoTime() + first.toNanos();
  }

  Peers.Peer peer() {
    return peer;
  }

  @Override
  public void run() {
    try (Socket closing = tls == null ? raw : tls) {
      if (tls != null && !handshake(tls)) {
        return;
      }
      try {
        read(closing.getInputStream());
      } finally {
        deadline = NEVER;
        keepHalfFrame();
      }
    } catch (IOException e) {
      if (!reaped && !stopping) {
        shared.counters().refused(RefusalReason.CONNECTION_BROKEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      shared.listener().gone(this);
    }
  }

  private boolean handshake(SSLSocket socket) {
    lateReason = RefusalReason.HANDSHAKE_TIMEOUT;
    try {
      socket.startHandshake();
    } catch (IOException e) {
      if (!reaped && !stopping) {
        shared.counters().refused(TlsRules.reason(e));
      }
      return false;
    }
    identify(socket.getSession());
    return true;
  }

  /** Notes the client's certificate; the trust manager has already checked it. */
  private void identify(SSLSession session) {
    try {
      Certificate first = session.getPeerCertificates()[0];
      Attributes.Builder out = Attributes.builder();
      out.put(
          Attributes.Key.TLS_PEER, MessageDigest.getInstance("SHA-256").digest(first.getEncoded()));
      if (first instanceof X509Certificate x509) {
        out.put(Attributes.Key.TLS_SUBJECT, x509.getSubjectX500Principal().getName());
      }
      attributes = out.build();
      trust = Trust.AUTHENTICATED;
    } catch (SSLPeerUnverifiedException e) {
      // The client showed no certificate, which its listener allows: it stays unauthenticated.
      trust = Trust.CONNECTED;
    } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // Virtual threads have no time slices: a sender that never pauses must not starve the others.
  @SuppressWarnings("ThreadPriorityCheck")
  private void read(InputStream in) throws IOException, InterruptedException {
    int busy = 0;
    boolean inside = false;
    long before = System.nanoTime();
    while (!stopping) {
      if (!inside) {
        waitFor(shared.options().idle().toNanos(), RefusalReason.IDLE_TIMEOUT);
      }
      int n = in.read(buffer, to, buffer.length - to);
      if (n < 0) {
        return;
      }
      to += n;
      boolean full = to == buffer.length;
      awaitAdmission();
      micros = shared.clock().micros();
      cutAll();
      boolean still = cutter.inside(to - from);
      if (still && (!inside || frames > 0)) {
        waitFor(shared.options().frame().toNanos(), RefusalReason.FRAME_TIMEOUT);
      }
      inside = still;
      makeRoom(full);
      if (full && ++busy % YIELD_EVERY == 0) {
        Thread.yield();
      }
      if (!full && n < TRICKLE_BYTES && System.nanoTime() - before < TRICKLE_NANOS) {
        // Being woken for each line costs as much as indexing it; the next ones wait together.
        Thread.sleep(NAP_MILLIS);
      }
      before = System.nanoTime();
    }
  }

  private void waitFor(long nanos, RefusalReason reason) {
    lateReason = reason;
    deadline = System.nanoTime() + nanos;
  }

  /** Holds the bytes while admission says no: TCP then stops reading. */
  private void awaitAdmission() throws InterruptedException {
    boolean held = false;
    while (!stopping) {
      DropReason no = shared.admission().mayRead(peer.high(), peer.low(), trust, System.nanoTime());
      if (no == null) {
        break;
      }
      held = true;
      deadline = NEVER;
      shared.listener().held(no);
      Thread.sleep(HELD_NAP_MILLIS);
    }
    if (held) {
      waitFor(shared.options().frame().toNanos(), RefusalReason.FRAME_TIMEOUT);
    }
  }

  private void cutAll() throws IOException, InterruptedException {
    Collector collector = shared.collector();
    frames = 0;
    frameBytes = 0;
    cutting = true;
    collector.lock();
    try {
      long failures = collector.failures();
      boolean lost = failuresSeen >= 0 && failures != failuresSeen;
      if (!lost) {
        from = cutter.cut(buffer, from, to, this);
        lost = collector.failures() != failures;
      }
      if (lost) {
        // A gap inside a connection would be silent; a broken connection is not.
        throw new IOException("records of this connection were lost in the route");
      }
      failuresSeen = failures;
    } finally {
      collector.unlock();
    }
    cutting = false;
    if (frames > 0) {
      if (!spoken) {
        spoken = true;
        shared.listener().spoke(this);
      }
      shared
          .admission()
          .charge(peer.high(), peer.low(), trust, frames, frameBytes, System.nanoTime());
    }
  }

  @Override
  public void frame(byte[] bytes, int at, int length, int flags) throws InterruptedException {
    frames++;
    frameBytes += length;
    shared.collector().add(bytes, at, length, micros, peer.source(), attributes, flags);
  }

  @Override
  public void empty() {
    shared.counters().refused(RefusalReason.EMPTY_FRAME);
  }

  private void makeRoom(boolean wasFull) {
    int rest = to - from;
    int most = shared.options().maxFrameBytes() + FrameCutter.SLACK;
    int wanted =
        wasFull ? Math.min(most, buffer.length * 4) : rest < SMALL / 2 ? SMALL : buffer.length;
    if (wanted != buffer.length && wanted > rest) {
      byte[] other = new byte[wanted];
      System.arraycopy(buffer, from, other, 0, rest);
      buffer = other;
    } else if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, rest);
    }
    from = 0;
    to = rest;
  }

  private void keepHalfFrame() throws InterruptedException {
    if (from >= to || cutting) {
      return;
    }
    shared.collector().lock();
    try {
      micros = shared.clock().micros();
      cutter.end(buffer, from, to, this);
    } finally {
      shared.collector().unlock();
    }
    from = to;
  }

  /** Closes the socket if it is late. Called by the reaper. */
  void reap(long now) {
    if (now - deadline > 0 && deadline != NEVER && !reaped) {
      reaped = true;
      shared.counters().refused(lateReason);
      closeQuietly();
    }
  }

  /** Ends reading; what was read is still delivered. */
  void stop() {
    stopping = true;
    closeQuietly();
  }

  /** Gives way to a new connection. */
  void evict() {
    reaped = true;
    closeQuietly();
  }

  private void closeQuietly() {
    try {
      // Not the TLS socket: its close may wait to send a farewell.
      raw.close();
    } catch (IOException e) {
      shared.counters().refused(RefusalReason.CONNECTION_BROKEN);
    }
  }
}
