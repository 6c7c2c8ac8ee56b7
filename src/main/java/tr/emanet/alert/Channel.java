package tr.emanet.alert;

import java.io.IOException;

/** A way out of the machine. Called by one thread; may take as long as its own time-outs. */
public interface Channel {

  /** Name in the outbox, such as {@code mail:some@bel.example}; stable over restarts. */
  String name();

  /**
   * Whether this is to be told here.
   *
   * @param atLeast what the policy tells; milder alerts stay on the screen
   */
  default boolean wants(Alert alert, Severity atLeast) {
    return alert.severity().compareTo(atLeast) >= 0;
  }

  /**
   * Sends; returns when the other side has taken it.
   *
   * @throws Rejected when trying again cannot help
   * @throws IOException when it may; the message names the other side and the cause
   */
  void send(Notification notification) throws IOException, InterruptedException;

  /** The other side will never take it, or the address is not allowed. */
  final class Rejected extends IOException {
    private static final long serialVersionUID = 1L;

    public Rejected(String message) {
      super(message);
    }
  }
}
