package tr.emanet.intake;

/** A listener could not begin; the message names the address and what to do. */
public final class IntakeException extends Exception {

  private static final long serialVersionUID = 1L;

  public IntakeException(String message) {
    super(message);
  }

  public IntakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
