package tr.emanet.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the system page and the balance test see of intake at one moment.
 *
 * @param listeners one line a bound port or subscription, in route order
 * @param routes one line a route file, by name
 * @param sources the heaviest sources first, at most 500
 * @param gate whether records are accepted now
 * @param freeBatches batches nobody uses now
 * @param batches all batches
 */
public record IntakeStatus(
    List<ListenerStatus> listeners,
    List<RouteFile> routes,
    List<SourceStatus> sources,
    Gate gate,
    int freeBatches,
    int batches) {

  public IntakeStatus {
    listeners = List.copyOf(listeners);
    routes = List.copyOf(routes);
    sources = List.copyOf(sources);
  }

  /** How freely intake accepts. */
  public enum Gate {
    OPEN,
    /** Space is scarce: the heaviest unauthenticated sources are refused. */
    PRESSURE,
    /** Only authenticated sources are accepted. */
    RESERVED,
    /** The disk guard accepts nothing. */
    CLOSED
  }

  public long received() {
    return listeners.stream().mapToLong(ListenerStatus::received).sum();
  }

  public long journaled() {
    return listeners.stream().mapToLong(ListenerStatus::journaled).sum();
  }

  /** Dropped records of all listeners by reason. */
  public Map<DropReason, Long> dropped() {
    Map<DropReason, Long> out = new LinkedHashMap<>();
    listeners.forEach(l -> l.dropped().forEach((reason, n) -> out.merge(reason, n, Long::sum)));
    return out;
  }

  /** Records read and on their way to the journal: received - journaled - dropped. */
  public long inFlight() {
    return received() - journaled() - dropped().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Endpoint name to {@code host:port} of everything bound. */
  public Map<String, String> endpoints() {
    Map<String, String> out = new LinkedHashMap<>();
    listeners.forEach(
        l -> {
          if (l.port() > 0) {
            out.put(
                l.name(),
                (l.host().contains(":") ? "[" + l.host() + "]" : l.host()) + ":" + l.port());
          }
        });
    return out;
  }

  /**
   * One listener.
   *
   * @param name endpoint name, such as {@code syslog_udp}
   * @param kind {@code udp}, {@code tcp}, {@code tls} or {@code mqtt}
   * @param host bound address, or the broker's name
   * @param port bound port, or the broker's; 0 when not bound
   * @param state in words: {@code listening}, {@code stopped}; MQTT: {@code subscribed}, {@code
   *     connecting} ...
   * @param connections open now
   * @param received records since the start, each counted once
   * @param receiveBufferAsked bytes; 0 when it does not apply
   * @param receiveBufferGranted bytes; 0 when it does not apply
   * @param kernelDrops datagrams the kernel dropped for this socket; -1 when unknown
   * @param note remark for the operator, empty when all is well (English)
   * @param settings settings of the other side that decide about loss
   */
  public record ListenerStatus(
      String name,
      String kind,
      String host,
      int port,
      String state,
      int connections,
      long received,
      long receivedBytes,
      long journaled,
      long truncated,
      long incomplete,
      long redelivered,
      long receiveBufferAsked,
      long receiveBufferGranted,
      long kernelDrops,
      Map<DropReason, Long> dropped,
      Map<RefusalReason, Long> refused,
      String note,
      List<PeerSetting> settings) {

    public ListenerStatus {
      dropped = Map.copyOf(dropped);
      refused = Map.copyOf(refused);
      settings = List.copyOf(settings);
    }

    /** Fills the counts from {@code counters}. */
    public static ListenerStatus of(
        String name, String kind, Bound bound, int connections, Counters c, String note) {
      return new ListenerStatus(
          name,
          kind,
          bound.host(),
          bound.port(),
          bound.state(),
          connections,
          c.received(),
          c.receivedBytes(),
          c.journaled(),
          c.truncated(),
          c.incomplete(),
          c.redelivered(),
          bound.receiveBufferAsked(),
          bound.receiveBufferGranted(),
          bound.kernelDrops(),
          c.dropped(),
          c.refused(),
          note,
          bound.settings());
    }
  }

  /** The socket's half of a {@link ListenerStatus}. */
  public record Bound(
      String host,
      int port,
      String state,
      long receiveBufferAsked,
      long receiveBufferGranted,
      long kernelDrops,
      List<PeerSetting> settings) {

    public Bound {
      settings = List.copyOf(settings);
    }

    public static Bound of(String host, int port, String state) {
      return new Bound(host, port, state, 0, 0, -1, List.of());
    }
  }

  /**
   * A setting of a broker that decides about loss.
   *
   * @param name as in the broker's configuration file
   * @param wanted value that loses nothing
   * @param textKey explanation in the text bundles
   */
  public record PeerSetting(String name, String wanted, String textKey) {}

  /**
   * One route file.
   *
   * @param name file name
   * @param problems empty when it runs
   */
  public record RouteFile(String name, RouteState state, List<RouteProblem> problems) {
    public RouteFile {
      problems = List.copyOf(problems);
    }
  }

  /** What became of a route file. */
  public enum RouteState {
    RUNNING,
    /** The file has problems; its last good version still runs. */
    OUTDATED,
    /** Nothing of the file runs. */
    BROKEN
  }

  /**
   * What is wrong in a route file and how to put it right.
   *
   * @param line 1-based; 0 when it concerns the whole file
   */
  public record RouteProblem(String file, int line, String problem, String remedy) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + problem + "; " + remedy;
    }
  }

  /**
   * One transport source.
   *
   * @param address text form; {@code *} stands for all unknown sources of a flood together
   * @param bytesToday raw bytes accepted on this calendar day
   * @param refused records refused by reason
   */
  public record SourceStatus(
      String address, Trust trust, long records, long bytesToday, Map<DropReason, Long> refused) {
    public SourceStatus {
      refused = Map.copyOf(refused);
    }
  }
}
