package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.List;
import tr.emanet.backup.restic.Repository;

/** Makes what a job did to its repository provable. Called by one thread at a time. */
public interface RunSeal {

  /**
   * Seals a run.
   *
   * @return the name of the seal; empty when nothing seals
   */
  String sealed(Repository repository, BackupJob job, RunRecord run) throws IOException;

  /** Seals that snapshots were removed, and who allowed it. */
  void removed(Repository repository, BackupJob job, List<RunRecord> runs) throws IOException;
}
