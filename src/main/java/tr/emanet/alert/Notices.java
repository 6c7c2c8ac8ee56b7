package tr.emanet.alert;

/** Puts what should be told into the outbox, inside the transaction that made it happen. */
@FunctionalInterface
interface Notices {

  /** Nothing leaves the machine. */
  Notices NONE = (alert, step, atLeast) -> {};

  /**
   * Keeps a notification, once for each alert and step.
   *
   * @param step opened, reopened with a number, or raised with the severity
   * @param atLeast milder alerts are not told
   */
  void tell(Alert alert, String step, Severity atLeast);
}
