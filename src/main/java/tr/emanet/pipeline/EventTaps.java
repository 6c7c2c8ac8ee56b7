package tr.emanet.pipeline;

import java.io.IOException;

/**
 * Makes the taps of the workers, and makes durable what they found. Replay begins where the index
 * was last committed, so nothing is lost as long as {@link #beforeCommit} keeps its promise.
 */
@FunctionalInterface
public interface EventTaps {

  /** Nobody listens. */
  EventTaps NONE = () -> (event, stream, sequence) -> {};

  /** A new tap for a worker that starts. */
  EventTap open();

  /**
   * Called while no event is under way, before the index is committed: returns when everything that
   * the taps found so far is durable.
   *
   * @throws IOException when it cannot be; the index is not committed, and the events come again
   */
  default void beforeCommit() throws IOException {}
}
