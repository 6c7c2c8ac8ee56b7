package tr.emanet.backup.proof;

import tr.emanet.backup.restic.CheckProgress;

/** Hears how far a check or a drill is, and may stop it. Must return at once. */
public interface ProofWatch {

  /** Nobody listens. */
  ProofWatch NONE =
      new ProofWatch() {
        @Override
        public void at(long bytes, long total, String current) {
          // that is what it is for
        }

        @Override
        public boolean stopped() {
          return false;
        }
      };

  /**
   * Some more is done.
   *
   * @param total all bytes, 0 while nobody knows
   * @param current what is being read
   */
  void at(long bytes, long total, String current);

  /** The same of a check, in the units of its step. */
  default void step(CheckProgress.Step step, long done, long total, String current) {
    at(done, total, current);
  }

  /** True when it shall end. */
  boolean stopped();
}
