package tr.emanet.backup.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.DiskReserve;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/**
 * What the proof is made of.
 *
 * @param sandbox directory below which drills restore; only ours
 * @param reserve what drills leave free
 * @param machine name of this machine, for records
 */
public record ProofParts(
    Database database,
    AuditLog audit,
    Jobs jobs,
    BackupDesk desk,
    Repositories repositories,
    Machine seal,
    DatabaseProof databases,
    Path sandbox,
    DiskReserve reserve,
    String machine,
    ZoneId zone,
    SecureRandom random,
    InstantSource clock) {

  /** The seal of the machine, which may still be made when the service starts. */
  public interface Machine {

    /** Signs records; waits while it is made. */
    MachineSeal seal() throws IOException;

    /** Checks repositories against their seals. */
    BackupSeals seals() throws IOException;

    /** Whose seals count. */
    SealTrust trust() throws IOException;
  }
}
