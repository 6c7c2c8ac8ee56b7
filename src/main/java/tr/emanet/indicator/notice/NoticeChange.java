package tr.emanet.indicator.notice;

/** What became of an act. */
public sealed interface NoticeChange {

  /**
   * It is done, audited and durable.
   *
   * @param task number of the task that the act made or changed, empty for none
   */
  record Done(NoticeKey notice, String task) implements NoticeChange {}

  /** There is no such notice, match or task. */
  record Unknown() implements NoticeChange {}

  /**
   * It does not fit; nothing was changed.
   *
   * @param code last part of the text key {@code notice.problem.<code>}
   */
  record Refused(String code) implements NoticeChange {}
}
