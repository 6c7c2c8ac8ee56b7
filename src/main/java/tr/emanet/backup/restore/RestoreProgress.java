package tr.emanet.backup.restore;

/** Hears how far a restore is, and may stop it. Called by several threads; must return at once. */
public interface RestoreProgress {

  /** Nobody listens. */
  RestoreProgress NONE =
      new RestoreProgress() {
        @Override
        public void done(long bytes, long files, String current) {
          // that is what it is for
        }

        @Override
        public boolean stopped() {
          return false;
        }
      };

  /**
   * One more file is done, or a part of a large one.
   *
   * @param bytes all bytes so far, those that stood there already too
   * @param files files so far that have the content of the snapshot: written, or compared and equal
   * @param current the path of the last one
   */
  void done(long bytes, long files, String current);

  /** True when it shall end; what is done stays, the report says that it was stopped. */
  boolean stopped();

  /**
   * How many blobs were checked so far, and how many entries could not be restored.
   *
   * @param blobs whose SHA-256 was computed and right
   */
  default void verified(long blobs, long failed) {
    // only who shows it wants to know
  }
}
