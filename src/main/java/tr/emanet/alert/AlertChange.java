package tr.emanet.alert;

/** What became of a person's act. */
public sealed interface AlertChange {

  /** It was done and is in history and audit chain. */
  record Done(Alert alert) implements AlertChange {}

  /** There is no such alert. */
  record Unknown() implements AlertChange {}

  /**
   * It does not fit.
   *
   * @param code last part of the text key: closed, not-new, no-reason, no-text, long-text, person
   */
  record Refused(String code) implements AlertChange {}
}
