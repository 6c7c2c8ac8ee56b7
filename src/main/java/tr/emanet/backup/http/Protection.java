package tr.emanet.backup.http;

import java.util.List;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.Copies;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.proof.ProofDesk;
import tr.emanet.backup.recover.RestoreDesk;

/**
 * How well a job's data are kept: the copies that there are, whether a restore was proven, and what
 * is coming back just now.
 */
public record Protection(ProofDesk proofs, PlaceDesk places, RestoreDesk restores) {

  Copies copies(BackupJob job, List<RunRecord> runs) {
    return Copies.of(job, runs, places.isElsewhere(job))
        .and(places.seconds(job))
        .proven(proofs.proof(job).holds());
  }
}
