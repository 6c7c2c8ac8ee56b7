package tr.emanet.audit;

/** What {@link AuditLog#verify} found. */
public sealed interface ChainCheck {

  /**
   * The chain is whole.
   *
   * @param entries how many there are
   * @param head hash of the last one, zeros when there is none: note it down elsewhere to compare
   */
  record Intact(long entries, String head) implements ChainCheck {}

  /**
   * The chain is broken.
   *
   * @param sequence of the first entry that is wrong or missing
   */
  record Broken(long sequence, Cause cause) implements ChainCheck {}

  /** How an entry is wrong. */
  enum Cause {
    /** Its content does not have the hash that stands in it. */
    EDITED,
    /** It is not there, although later ones are or the head says so. */
    MISSING,
    /** It does not name the hash of the entry before. */
    OUT_OF_ORDER,
    /** The chain does not end where the head says. */
    WRONG_HEAD
  }
}
