package tr.emanet.alert.measure;

/** What became of an act on measures. */
public sealed interface MeasureChange {

  /** It is written, audited and final. */
  record Done(Measure measure) implements MeasureChange {}

  /** There is no such measure. */
  record Unknown() implements MeasureChange {}

  /**
   * It does not fit; nothing was written.
   *
   * @param code last part of the text key {@code alert.measure.problem.}: no-text, long-text,
   *     long-owner, past-due, too-many, completed
   */
  record Refused(String code) implements MeasureChange {}
}
