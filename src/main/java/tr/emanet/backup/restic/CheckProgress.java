package tr.emanet.backup.restic;

/**
 * Hears how far a check is, and may stop it. Asked between objects by every thread of the check, so
 * it must return at once. A check that was stopped returns what it has seen until then; only who
 * stopped it knows that this is not all.
 */
public interface CheckProgress {

  /** Nobody listens. */
  CheckProgress NONE =
      new CheckProgress() {
        @Override
        public void at(Step step, long done, long total, String current) {
          // that is what it is for
        }

        @Override
        public boolean stopped() {
          return false;
        }
      };

  /** What is being read. */
  enum Step {
    /** Index files. */
    INDEXES,
    /** Directories; the total may count some that no snapshot uses. */
    TREES,
    /** Bytes of packs. */
    DATA
  }

  /**
   * Some more is done.
   *
   * @param done files, directories or bytes, by the step
   * @param total of the same
   * @param current what is being read
   */
  void at(Step step, long done, long total, String current);

  /** True when it shall end. */
  boolean stopped();
}
