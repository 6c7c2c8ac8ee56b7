package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.List;
import tr.emanet.backup.restic.Repository;

/** Makes what a job did to its repository provable. Called by one thread at a time. */
public interface RunSeal {

  /** Begins to watch a repository; what is there before is not sealed as ours. */
  Watch watch(Repository repository, BackupJob job, RunRecord run) throws IOException;

  /** One run on one repository. */
  interface Watch {

    /** Seals the snapshot of the run; gives the name of the seal, empty when nothing seals. */
    String sealed(RunRecord done) throws IOException;

    /** Seals that snapshots were removed under a rule that people approved. */
    void removed(List<RunRecord> runs, Keep rule) throws IOException;
  }
}
