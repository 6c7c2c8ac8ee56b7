package tr.emanet.backup.key;

/** What came of a drill. */
public sealed interface DrillResult {

  /** The escrow works; it is on record. */
  record Proven(Drill drill) implements DrillResult {}

  /** It does not; nothing is on record as proven. */
  record Failed(String why) implements DrillResult {}
}
