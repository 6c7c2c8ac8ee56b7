package tr.emanet.intake.syslog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tr.emanet.intake.RefusalReason;

/**
 * Open connections with a limit in all and one for each source address. Connections that never sent
 * a record are kept in order of arrival, the candidates to give way. Safe for many threads.
 */
final class ConnectionTable {

  private final int max;
  private final int maxPerSource;
  private final Set<TcpConnection> all = new HashSet<>();
  private final LinkedHashSet<TcpConnection> mute = new LinkedHashSet<>();
  private final Map<Source, LinkedHashSet<TcpConnection>> bySource = new HashMap<>();

  private record Source(long high, long low) {}

  /**
   * Answer to a new connection.
   *
   * @param refused why it must go, or null
   * @param evicted who must go in its place, or null
   */
  record Admitted(@Nullable RefusalReason refused, @Nullable TcpConnection evicted) {}

  ConnectionTable(int max, int maxPerSource) {
    this.max = max;
    this.maxPerSource = maxPerSource;
  }

  synchronized Admitted admit(TcpConnection connection) {
    Source source = source(connection);
    Set<TcpConnection> same = bySource.getOrDefault(source, new LinkedHashSet<>());
    TcpConnection evicted = null;
    if (same.size() >= maxPerSource) {
      evicted = same.stream().filter(mute::contains).findFirst().orElse(null);
      if (evicted == null) {
        return new Admitted(RefusalReason.SOURCE_CONNECTION_LIMIT, null);
      }
    } else if (all.size() >= max) {
      evicted = mute.isEmpty() ? null : mute.getFirst();
      if (evicted == null) {
        return new Admitted(RefusalReason.CONNECTION_LIMIT, null);
      }
    }
    if (evicted != null) {
      remove(evicted);
    }
    all.add(connection);
    mute.add(connection);
    bySource.computeIfAbsent(source, s -> new LinkedHashSet<>()).add(connection);
    return new Admitted(null, evicted);
  }

  synchronized void spoke(TcpConnection connection) {
    mute.remove(connection);
  }

  synchronized void remove(TcpConnection connection) {
    if (all.remove(connection)) {
      mute.remove(connection);
      Source source = source(connection);
      Set<TcpConnection> same = bySource.get(source);
      if (same != null) {
        same.remove(connection);
        if (same.isEmpty()) {
          bySource.remove(source);
        }
      }
    }
  }

  synchronized int size() {
    return all.size();
  }

  /** Runs on a copy, without the lock. */
  void forEach(Consumer<TcpConnection> action) {
    List<TcpConnection> copy;
    synchronized (this) {
      copy = new ArrayList<>(all);
    }
    copy.forEach(action);
  }

  private static Source source(TcpConnection connection) {
    return new Source(connection.peer().high(), connection.peer().low());
  }
}
