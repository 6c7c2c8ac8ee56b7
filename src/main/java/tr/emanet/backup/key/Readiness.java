package tr.emanet.backup.key;

/** Whether a job may run on a repository, as far as its keys go. */
public sealed interface Readiness {

  /**
   * It may.
   *
   * @param era the era whose password is handed out
   */
  record Ready(int era) implements Readiness {}

  /** Nobody made keys for this repository. */
  record NoKeys(String remedy) implements Readiness {}

  /** The password is on this machine alone: no job may run, the loss of it would lose all. */
  record EscrowMissing(String remedy) implements Readiness {}

  /** The operations key of this machine is not there or does not open the envelope. */
  record OperationsKeyMissing(String remedy) implements Readiness {}

  /** A file of the keys is damaged; the message names it. */
  record Damaged(String what) implements Readiness {}
}
