package tr.emanet.intake.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.Admission;
import tr.emanet.intake.BatchOut;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Collector;
import tr.emanet.intake.Counters;
import tr.emanet.intake.DropReason;
import tr.emanet.intake.IntakeException;
import tr.emanet.intake.IntakeStatus.Bound;
import tr.emanet.intake.IntakeStatus.ListenerStatus;
import tr.emanet.intake.Listener;
import tr.emanet.intake.MicroClock;
import tr.emanet.intake.RefusalReason;
import tr.emanet.intake.Trust;

/**
 * Syslog over TCP (RFC 6587) and TLS (RFC 5425): one virtual thread a connection, one collector for
 * all. At the limit the connection that has been silent since it came, the oldest first, gives way
 * to the new one, so that idle connections cannot lock senders out. Safe for many threads.
 */
public final class TcpListener implements Listener {

  private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
  private static final int BACKLOG = 1024;
  private static final Duration PATIENCE = Duration.ofMillis(20);
  private static final Duration REAP_EVERY = Duration.ofMillis(500);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final SyslogOptions options;
  private final Admission admission;
  private final Counters counters;
  private final Supplier<SSLContext> tls;
  private final TcpConnection.Shared shared;
  private final Collector collector;
  private final int maxConnections;
  private final ConnectionTable connections;
  private final Map<DropReason, LongAdder> holds = new EnumMap<>(DropReason.class);
  private final Map<TcpConnection, Thread> threads = new ConcurrentHashMap<>();
  private volatile @Nullable Open open;

  /** What exists while the port is bound. */
  private record Open(
      ServerSocket server, Thread acceptor, Thread reaper, ExecutorService workers) {}

  /**
   * @param tls asked once for each connection, so a renewed certificate is used at once; not called
   *     for plain TCP
   */
  public TcpListener(
      SyslogOptions options,
      Batches batches,
      Admission admission,
      BatchOut out,
      Counters counters,
      MicroClock clock,
      Supplier<SSLContext> tls) {
    this.options = options;
    this.admission = admission;
    this.counters = counters;
    this.tls = tls;
    boolean certain = options.clientAuth() == SyslogOptions.ClientAuth.REQUIRED && isTls();
    Trust trust = certain ? Trust.AUTHENTICATED : Trust.CONNECTED;
    this.collector = new Collector(options.name(), batches, trust, out, counters, PATIENCE);
    this.shared = new TcpConnection.Shared(options, admission, collector, counters, clock, this);
    this.maxConnections = Math.min(options.maxConnections(), OpenFiles.limit() / 2);
    this.connections = new ConnectionTable(maxConnections, options.maxConnectionsPerSource());
    for (DropReason reason : DropReason.values()) {
      holds.put(reason, new LongAdder());
    }
  }

  private boolean isTls() {
    return options.transport() == SyslogOptions.Transport.TLS;
  }

  @Override
  public void start() throws IntakeException {
    try {
      ServerSocket server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(
            new InetSocketAddress(InetAddress.getByName(options.bind()), options.port()), BACKLOG);
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
      ExecutorService workers =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name(options.name() + "-", 0).factory());
      Thread acceptor =
          Thread.ofPlatform()
              .daemon()
              .name(options.name())
              .unstarted(() -> accept(server, workers));
      Thread reaper =
          Thread.ofPlatform().daemon().name("reap-" + options.name()).unstarted(this::reap);
      open = new Open(server, acceptor, reaper, workers);
      collector.start();
      acceptor.start();
      reaper.start();
    } catch (IOException e) {
      throw new IntakeException(
          "cannot listen on TCP "
              + options.bind()
              + ":"
              + options.port()
              + " ("
              + e.getMessage()
              + "); choose another port or stop the program that holds it",
          e);
    }
  }

  private void accept(ServerSocket server, ExecutorService workers) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        try {
          begin(socket, workers);
        } catch (IOException e) {
          counters.refused(RefusalReason.CONNECTION_BROKEN);
          socket.close();
        } catch (RuntimeException e) {
          // Boundary: a certificate file that cannot be read must not end the listener.
          socket.close();
          pauseAfter(e);
        }
      } catch (SocketException e) {
        if (!server.isClosed()) {
          pauseAfter(e);
        }
      } catch (IOException e) {
        pauseAfter(e);
      }
    }
  }

  /** Most often the process has run out of files: others must end before accepting helps. */
  private void pauseAfter(Exception e) {
    counters.refused(RefusalReason.ACCEPT_FAILED);
    LOG.atWarn().setCause(e).addKeyValue("listener", options.name()).log("Accept failed");
    try {
      Thread.sleep(Duration.ofMillis(200));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Socket socket, ExecutorService workers) throws IOException {
    socket.setKeepAlive(true);
    SSLSocket secure = isTls() ? secure(socket) : null;
    TcpConnection connection = new TcpConnection(shared, socket, secure);
    ConnectionTable.Admitted answer = connections.admit(connection);
    if (answer.refused() != null) {
      counters.refused(answer.refused());
      socket.close();
      return;
    }
    TcpConnection evicted = answer.evicted();
    if (evicted != null) {
      counters.refused(RefusalReason.MUTE_CONNECTION);
      evicted.evict();
    }
    workers.execute(
        () -> {
          threads.put(connection, Thread.currentThread());
          connection.run();
        });
  }

  private SSLSocket secure(Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            tls.get()
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secure.setUseClientMode(false);
    TlsRules.apply(secure, options.clientAuth());
    return secure;
  }

  private void reap() {
    try {
      while (open != null) {
        Thread.sleep(REAP_EVERY);
        long now = System.nanoTime();
        connections.forEach(c -> c.reap(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A connection sent its first record. */
  void spoke(TcpConnection connection) {
    connections.spoke(connection);
  }

  /** A connection ended. */
  void gone(TcpConnection connection) {
    connections.remove(connection);
    threads.remove(connection);
  }

  /** A connection waits for admission; counts tenths of a second. */
  void held(DropReason reason) {
    LongAdder adder = holds.get(reason);
    if (adder != null) {
      adder.increment();
    }
  }

  @Override
  public void stop() {
    Open was = open;
    if (was == null) {
      return;
    }
    open = null;
    try {
      was.server().close();
      was.acceptor().join();
      was.reaper().interrupt();
      connections.forEach(TcpConnection::stop);
      was.workers().shutdown();
      if (!was.workers().awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        // Only a connection that waits for a batch or a lock can still be here.
        threads.values().forEach(Thread::interrupt);
        was.workers().awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("listener", options.name()).log("TCP port not closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      collector.close();
    }
  }

  @Override
  public ListenerStatus status() {
    Open now = open;
    Bound bound =
        now == null
            ? Bound.of(options.bind(), 0, "stopped")
            : Bound.of(
                now.server().getInetAddress().getHostAddress(),
                now.server().getLocalPort(),
                "listening");
    StringBuilder note = new StringBuilder();
    if (maxConnections < options.maxConnections()) {
      note.append("connections limited to ")
          .append(maxConnections)
          .append(" by the process's open files");
    }
    holds.forEach(
        (reason, adder) -> {
          if (adder.sum() > 0 && admission.gate() != tr.emanet.intake.IntakeStatus.Gate.OPEN) {
            note.append(note.isEmpty() ? "" : "; ").append("senders wait: ").append(reason);
          }
        });
    return ListenerStatus.of(
        options.name(),
        isTls() ? "tls" : "tcp",
        bound,
        connections.size(),
        counters,
        note.toString());
  }
}
