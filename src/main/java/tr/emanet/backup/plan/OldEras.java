package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.Removal;
import tr.emanet.backup.seal.SealedRemoval;

/**
 * Repositories that jobs have left for a new era. No run comes to them any more, so the daily
 * {@link Upkeep} lets go there what the approved rule of the job lets go: the rule counts all
 * snapshots of a job, wherever they are, and those of a frozen job stay. One thread for an address.
 */
public final class OldEras {

  private static final Logger LOG = LoggerFactory.getLogger(OldEras.class);

  private final Supplier<List<String>> open;
  private final ZoneId zone;

  /**
   * Makes it.
   *
   * @param open addresses of old eras that this machine can open
   * @param zone of days and months in the rules
   */
  public OldEras(Supplier<List<String>> open, ZoneId zone) {
    this.open = open;
    this.zone = zone;
  }

  /** For a machine without any. */
  static OldEras none() {
    return new OldEras(List::of, ZoneId.of("UTC"));
  }

  Set<String> addresses() {
    return Set.copyOf(open.get());
  }

  /** Whether a job has left snapshots at an address. */
  static boolean leftBy(BackupStore plans, BackupJob job, String address) {
    return plans.standing(job.id()).stream().anyMatch(run -> run.repository().equals(address));
  }

  /** Removes what may go from a repository of an old era; the caller has its turn. */
  void expire(Upkeep.Parts parts, Repository repository, String address) {
    if (!addresses().contains(address)) {
      return;
    }
    BackupStore plans = new BackupStore(parts.database());
    for (BackupJob job : plans.jobs()) {
      Keep keep = job.keepApproved();
      if (keep == null || job.frozenAt() != null || job.spec().repository().equals(address)) {
        continue;
      }
      List<RunRecord> old =
          KeepRule.expired(plans.standing(job.id()), keep, parts.clock().instant(), zone).stream()
              .filter(run -> run.repository().equals(address))
              .toList();
      if (!old.isEmpty()) {
        expire(parts, repository, job, keep, old);
      }
    }
  }

  private static void expire(
      Upkeep.Parts parts, Repository repository, BackupJob job, Keep keep, List<RunRecord> old) {
    String address = old.getFirst().repository();
    Expiry expiry = new Expiry(parts.database(), parts.audit(), parts.clock());
    List<RunRecord> going = expiry.going(old);
    try {
      SealedRemoval removal = parts.places().removal(repository, address, job.spec().name());
      List<Removal> removals = SignedRuns.removals(going, keep);
      removal.snapshots(removals, () -> expiry.forget(repository, going));
      parts.places().keep(repository, address);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("repository", address)
          .addKeyValue("reason", e.getMessage())
          .log("Old snapshots of an old era cannot be removed now; trying again tomorrow");
      return;
    }
    expiry.expired(job, keep, old, going);
  }
}
