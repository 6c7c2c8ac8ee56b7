package tr.emanet.backup.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.seal.SealedGone;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;

/**
 * Looks after copies between the copies: their keys follow at once, a sample of each is read back
 * every day, and what is damaged is healed from the repository. Thread-safe.
 */
public final class CopyTending {

  private static final Duration AGAIN = Duration.ofMinutes(15);

  /** What a copy could not heal, the next may: the repository may have been healed meanwhile. */
  private static final Duration HEAL_AGAIN = Duration.ofHours(6);

  /** So long damage is an alarm although it is healed: the medium may fail. */
  private static final Duration ALARM = Duration.ofDays(1);

  private final PlaceDesk.Parts parts;
  private final PlaceStore store;
  private final ReadStore readings;
  private final Jobs jobs;

  /** Makes it; the runner's works are registered here and started by whoever made the runner. */
  public CopyTending(PlaceDesk.Parts parts, Jobs jobs) {
    this.parts = parts;
    this.store = new PlaceStore(parts.database());
    this.readings = new ReadStore(parts.database());
    this.jobs = jobs;
    jobs.register(KeysWork.KIND, new KeysWork(parts, store));
    jobs.register(ReadWork.KIND, new ReadWork(parts, store, readings));
  }

  /** Begins what is due. Called every few seconds. */
  public void tick() {
    Instant now = parts.clock().instant();
    for (Place place : store.places()) {
      for (long id : place.spec().jobs()) {
        Optional<BackupJob> job = parts.desk().job(id);
        boolean copied =
            job.isPresent()
                && store.lastGood(place.id(), id, job.get().spec().repository()).isPresent();
        if (copied && parts.files().ready(place) && isThere(place, job.get())) {
          keys(place, job.get(), now);
          read(place, job.get(), now);
        }
      }
    }
  }

  /** A disk that is put away is no failure; what is due waits until it is back. */
  private static boolean isThere(Place place, BackupJob job) {
    try {
      return !(CopyWork.below(place, job.spec().repository())
              instanceof TargetAddress.Directory(Path copy))
          || Files.isDirectory(copy);
    } catch (IOException e) {
      return false;
    }
  }

  private void keys(Place place, BackupJob job, Instant now) {
    String address = job.spec().repository();
    PlaceStore.Keys known =
        store.keys(place.id(), job).orElse(new PlaceStore.Keys(0, Instant.EPOCH, null, ""));
    boolean rests = !known.problem().isEmpty() && known.triedAt().plus(AGAIN).isAfter(now);
    if (!rests && SealedGone.isNewer(parts.repositories().beside(address), known.head())) {
      submit(KeysWork.KIND, place, job);
    }
  }

  /** Reads when a sample is due, and copies anew when something is damaged; not in quiet hours. */
  private void read(Place place, BackupJob job, Instant now) {
    if (place.spec().quietAt(now.atZone(parts.zone()).toLocalTime())) {
      return;
    }
    if (readings.reading(place.id(), job).map(reading -> reading.due(now)).orElse(true)) {
      submit(ReadWork.KIND, place, job);
    }
    boolean heals =
        readings.open(place.id(), job).stream()
            .map(Damage::triedAt)
            .anyMatch(tried -> tried == null || !tried.plus(HEAL_AGAIN).isAfter(now));
    if (heals) {
      submit(CopyWork.KIND, place, job);
    }
  }

  /** A copy whose key files cannot follow: a withdrawn password opens it still. */
  public record KeysBehind(Instant since, String problem) {}

  /** Why the keys of a job's copy cannot follow; empty: they do. */
  public Optional<KeysBehind> keysBehind(Place place, BackupJob job) {
    return store
        .keys(place.id(), job)
        .flatMap(
            keys ->
                Optional.ofNullable(keys.failingSince())
                    .map(since -> new KeysBehind(since, keys.problem())));
  }

  /** Whether something at a place is damaged now. */
  public boolean isDamaged(Place place) {
    return place.spec().jobs().stream()
        .flatMap(job -> parts.desk().job(job).stream())
        .anyMatch(job -> !readings.open(place.id(), job).isEmpty());
  }

  /** How far the reading of a job's copy is; empty before the first. */
  public Optional<Reading> reading(Place place, BackupJob job) {
    return readings.reading(place.id(), job);
  }

  /** What was found damaged at a place, healed or not; the newest first. */
  public List<Damage> damage(long place, int limit) {
    return readings.newest(place, limit);
  }

  /** What is damaged at any place still, or was found not long ago; the oldest first. */
  public List<Damage> alarming(Instant now) {
    return readings.since(now.minus(ALARM));
  }

  private void submit(String kind, Place place, BackupJob job) {
    String input = CopyWork.input(place.id(), job.id());
    if (jobs.unfinished(kind).stream().noneMatch(other -> other.input().equals(input))) {
      String subject = "copy:" + place.id() + ":" + job.id();
      Job ignored = jobs.submit(kind, subject, AuditLog.NOBODY, input);
    }
  }
}
