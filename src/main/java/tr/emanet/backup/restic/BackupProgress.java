package tr.emanet.backup.restic;

/**
 * Hears how far a backup is, about five times a second and at the end, one call at a time, and says
 * whether it is to stop. Threads of the run call it.
 */
public interface BackupProgress {

  /** Hears nothing, never stops. */
  BackupProgress NONE =
      new BackupProgress() {
        @Override
        public void at(Moment moment) {
          // Nobody wants to know.
        }

        @Override
        public boolean stopRequested() {
          return false;
        }
      };

  /**
   * How far it is.
   *
   * @param entries entries done, of every type
   * @param bytes bytes of the files done: read, or found unchanged
   * @param totalEntries what there is to do; -1 until it has been counted
   * @param totalBytes likewise
   * @param current the path that was begun last
   */
  record Moment(long entries, long bytes, long totalEntries, long totalBytes, String current) {}

  void at(Moment moment);

  /** True makes the run end with {@link BackupStopped}; asked before each entry. */
  boolean stopRequested();

  /** True when a quick scan beside the run is worth its price: it tells the totals. */
  default boolean wantsTotals() {
    return false;
  }
}
