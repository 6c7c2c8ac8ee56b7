package tr.emanet.backup.place;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.seal.SealedGone;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;

/** Looks after copies between the copies: that their keys follow. Thread-safe. */
public final class CopyTending {

  private static final Duration AGAIN = Duration.ofMinutes(15);

  private final PlaceDesk.Parts parts;
  private final PlaceStore store;
  private final Jobs jobs;

  /** Makes it; the runner's works are registered here and started by whoever made the runner. */
  public CopyTending(PlaceDesk.Parts parts, Jobs jobs) {
    this.parts = parts;
    this.store = new PlaceStore(parts.database());
    this.jobs = jobs;
    jobs.register(KeysWork.KIND, new KeysWork(parts, store));
  }

  /** Begins what is due. Called every few seconds. */
  public void tick() {
    Instant now = parts.clock().instant();
    for (Place place : store.places()) {
      for (long id : place.spec().jobs()) {
        Optional<BackupJob> job = parts.desk().job(id);
        if (job.isPresent() && parts.files().ready(place)) {
          keys(place, job.get(), now);
        }
      }
    }
  }

  private void keys(Place place, BackupJob job, Instant now) {
    String address = job.spec().repository();
    if (store.lastGood(place.id(), job.id(), address).isEmpty()) {
      return;
    }
    PlaceStore.Keys known =
        store.keys(place.id(), job).orElse(new PlaceStore.Keys(0, Instant.EPOCH, ""));
    boolean rests = !known.problem().isEmpty() && known.triedAt().plus(AGAIN).isAfter(now);
    if (!rests && SealedGone.isNewer(parts.repositories().beside(address), known.head())) {
      submit(KeysWork.KIND, CopyWork.input(place.id(), job.id()));
    }
  }

  private void submit(String kind, String input) {
    if (jobs.unfinished(kind).stream().noneMatch(job -> job.input().equals(input))) {
      Job ignored = jobs.submit(kind, "tend:" + input, AuditLog.NOBODY, input);
    }
  }
}
