package tr.emanet.intake.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.intake.BatchOut;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeException;
import tr.emanet.intake.IntakeStatus.ListenerStatus;
import tr.emanet.intake.Listener;

/**
 * Every listener that ran in this process, by name. Counters and a port that was chosen by the
 * system outlive a reload of the route. Safe for many threads.
 */
final class Listeners {

  /** Makes a listener that sends to a route. */
  interface Maker {
    Listener make(int port, Counters counters, BatchOut out);
  }

  /**
   * A listener that is to be.
   *
   * @param port 0 takes a free one
   */
  record Planned(String name, int port, Counters counters, Maker maker) {}

  private final Map<String, Counters> counters = new LinkedHashMap<>();
  private final Map<String, Listener> running = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  /** Plans a listener with the counters of its predecessor of the same name. */
  synchronized Planned plan(String name, int port, Maker maker) {
    return new Planned(name, port, counters.computeIfAbsent(name, n -> new Counters()), maker);
  }

  /** Starts one. */
  Listener begin(Planned planned, BatchOut out) throws IntakeException {
    int port;
    synchronized (this) {
      Listener before = running.get(planned.name());
      if (before != null && before.status().port() > 0) {
        throw new IntakeException(
            "a listener named '"
                + planned.name()
                + "' runs already; give this one another option 'name'");
      }
      port = planned.port() > 0 ? planned.port() : ports.getOrDefault(planned.name(), 0);
    }
    Listener listener = planned.maker().make(port, planned.counters(), out);
    listener.start();
    synchronized (this) {
      running.put(planned.name(), listener);
      ports.put(planned.name(), listener.status().port());
    }
    return listener;
  }

  /** Stops all: no more accepting, everything read is delivered. */
  void stopAll() {
    List<Listener> all;
    synchronized (this) {
      all = new ArrayList<>(running.values());
    }
    all.forEach(Listener::stop);
  }

  List<ListenerStatus> status() {
    List<Listener> all;
    synchronized (this) {
      all = new ArrayList<>(running.values());
    }
    return all.stream().map(Listener::status).toList();
  }

  /** A listener by name, or null. */
  synchronized @Nullable Listener find(String name) {
    return running.get(name);
  }
}
