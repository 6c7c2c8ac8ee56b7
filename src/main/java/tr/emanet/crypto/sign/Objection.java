package tr.emanet.crypto.sign;

/** What speaks against a signature; ends its check. Never leaves this package. */
final class Objection extends Exception {

  private static final long serialVersionUID = 1L;

  private final SignatureResult.Cause cause;

  Objection(SignatureResult.Cause cause, String reason) {
    super(reason);
    this.cause = cause;
  }

  SignatureResult.Refused refused() {
    return new SignatureResult.Refused(cause, String.valueOf(getMessage()));
  }
}
