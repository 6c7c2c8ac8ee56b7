package tr.emanet.overview;

/** Where the system page gets its facts; the root implements it. Safe for many threads. */
@FunctionalInterface
public interface SystemFacts {

  /**
   * Reads all counters at about one moment: first what comes late (pipeline), then the journal,
   * then intake, so that nothing is counted as done before it was received.
   */
  SystemSnapshot take();
}
