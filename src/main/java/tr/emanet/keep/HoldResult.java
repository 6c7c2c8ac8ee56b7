package tr.emanet.keep;

/** What came of setting or ending a hold. */
public sealed interface HoldResult {

  /** It is so now. */
  record Done(LegalHold hold) implements HoldResult {}

  /** Another administrator has to say so, too, within 24 hours. */
  record Waiting(LegalHold hold) implements HoldResult {}

  /**
   * Nothing changed.
   *
   * @param reason key of a text
   */
  record Refused(String reason) implements HoldResult {}

  /** There is no such hold. */
  record Unknown() implements HoldResult {}
}
