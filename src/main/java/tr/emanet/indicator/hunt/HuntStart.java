package tr.emanet.indicator.hunt;

/** What became of the wish to hunt. */
public sealed interface HuntStart {

  /** It is queued. */
  record Started(Hunt hunt) implements HuntStart {}

  /**
   * A value is none.
   *
   * @param value as it was given
   * @param reason key of the sentence in the bundle of {@code indicator}, such as {@code
   *     indicator.hunt.refused.too-long}
   */
  record BadValue(String value, String reason) implements HuntStart {}

  /**
   * Refused for another reason.
   *
   * @param reason key of the sentence in the bundle of {@code indicator}
   */
  record Refused(String reason) implements HuntStart {}
}
