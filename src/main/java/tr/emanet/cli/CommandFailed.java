package tr.emanet.cli;

/** Ends a command with a message for people and an exit code. */
final class CommandFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailed(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
