package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import tr.emanet.backup.restic.Repository;

/** Makes what a job did to its repository provable. Called by one thread at a time. */
public interface RunSeal {

  /**
   * Begins to watch a repository; what is there before is not sealed as ours. Waits while the
   * upkeep removes something there.
   *
   * @param stopped whether to wait no longer
   */
  Watch watch(Repository repository, BackupJob job, RunRecord run, BooleanSupplier stopped)
      throws IOException, InterruptedException;

  /** One run on one repository; closing it lets others remove things there. */
  interface Watch extends AutoCloseable {

    /** Seals the snapshot of the run; gives the name of the seal, empty when nothing seals. */
    String sealed(RunRecord done) throws IOException;

    /**
     * Removes snapshots under a rule that people approved, and seals that.
     *
     * @param act removes them, under an exclusive lock
     */
    void removed(List<RunRecord> runs, Keep rule, Removing act) throws IOException;

    @Override
    void close();
  }

  /** Removes. */
  @FunctionalInterface
  interface Removing {
    void run() throws IOException;
  }
}
