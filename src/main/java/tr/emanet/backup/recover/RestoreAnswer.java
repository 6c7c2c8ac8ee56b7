package tr.emanet.backup.recover;

/** What became of an act on a restore. */
public sealed interface RestoreAnswer {

  /** It is done; the request as it is now. */
  record Done(RestoreOrder order) implements RestoreAnswer {}

  /**
   * It cannot be.
   *
   * @param reason last part of a text key
   */
  record Refused(String reason) implements RestoreAnswer {}

  /** There is no such request. */
  record Unknown() implements RestoreAnswer {}
}
