package tr.emanet.cli;

/** Exit codes that scripts rely on; documented in {@code src/docs/operations.md}. */
final class ExitCode {

  static final int OK = 0;

  /** The command could not do what it should; the message says why. */
  static final int FAILED = 1;

  /** Wrong use of the command line or an invalid configuration. */
  static final int USAGE = 2;

  /** The state directory is in use, or the service that the command needs does not run. */
  static final int NOT_AVAILABLE = 3;

  /** {@code journal verify} or {@code repo check} found damage. */
  static final int DAMAGED = 4;

  /**
   * {@code search} reached the time limit, {@code hunt} its own: what was printed is not all;
   * {@code backup run} or {@code restore} left something out.
   */
  static final int INCOMPLETE = 5;

  /** {@code lookup5651} found several possibilities. */
  static final int AMBIGUOUS = 6;

  /** The disk failed under the journal; the supervisor should start the service again. */
  static final int DISK = 74;

  private ExitCode() {}
}
