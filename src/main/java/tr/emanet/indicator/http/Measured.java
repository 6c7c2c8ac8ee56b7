package tr.emanet.indicator.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known about measures taken, by the key that hits of an indicator carry. The root
 * implements it; safe for many threads.
 */
public interface Measured {

  /** No measures are recorded anywhere. */
  Measured NONE =
      new Measured() {
        @Override
        public boolean records() {
          return false;
        }

        @Override
        public Map<String, State> states(Collection<String> keys) {
          return Map.of();
        }

        @Override
        public List<String> missing(int limit) {
          return List.of();
        }
      };

  /** How far the measures of a key are. */
  enum State {
    /** Hit, and nothing is recorded. */
    MISSING,
    /** Something is recorded, not everything is done. */
    PARTIAL,
    /** Recorded and done. */
    TAKEN
  }

  /** Whether measures are recorded in this appliance at all. */
  boolean records();

  /** The states of those keys that were hit; others are absent. */
  Map<String, State> states(Collection<String> keys);

  /** Keys that were hit and have no measure yet, the newest first. */
  List<String> missing(int limit);
}
