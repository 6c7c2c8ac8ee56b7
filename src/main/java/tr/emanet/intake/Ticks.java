package tr.emanet.intake;

/**
 * What routes with a timer may tick. Called on a route's thread, must return at once and decide by
 * itself what is due: a tick carries nothing but the name of the runner.
 */
@FunctionalInterface
public interface Ticks {

  /** The runner of the feeds of indicators. */
  String FEEDS = "feeds";

  /** Nobody waits for a tick. */
  Ticks NONE = runner -> {};

  /**
   * Looks what is due.
   *
   * @param runner such as {@link #FEEDS}
   */
  void tick(String runner);
}
