package tr.emanet.backup.place;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.SealedGone;
import tr.emanet.backup.target.Targets;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;

/**
 * Takes the key files of a copy after those of its repository, at once and whatever the hours: a
 * password that was changed or withdrawn here must not open the copy. Moves some kilobytes, and
 * asks the place nothing when no key has changed since the last time.
 */
final class KeysWork implements JobWork {

  static final String KIND = "backup-copy-keys";

  private final PlaceDesk.Parts parts;
  private final PlaceStore store;

  KeysWork(PlaceDesk.Parts parts, PlaceStore store) {
    this.parts = parts;
    this.store = store;
  }

  @Override
  public void run(JobRun run) throws IOException {
    String[] input = run.job().input().split(" ", -1);
    Place place = store.place(Long.parseLong(input[0])).orElse(null);
    BackupJob plan = parts.desk().job(Long.parseLong(input[1])).orElse(null);
    if (place == null || plan == null) {
      return; // removed meanwhile
    }
    try {
      long head = follow(run, place, plan);
      store.keysFollowed(place.id(), plan, head, parts.clock().instant());
    } catch (IOException e) {
      store.keysTried(place.id(), plan, 0, parts.clock().instant(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private long follow(JobRun run, Place place, BackupJob plan) throws IOException {
    String address = plan.spec().repository();
    long before = store.keys(place.id(), plan).map(PlaceStore.Keys::head).orElse(0L);
    try (Repository repository = parts.repositories().existing(address)) {
      SealedGone seen =
          SealedGone.of(repository.target(), repository.id(), null, null, parts.clock().instant());
      if (seen.keysAt() <= before) {
        return seen.head().sequence();
      }
      SealedGone gone = parts.chains().gone(repository, address);
      CopyWork.requireDisk(place);
      CopyWork.requireCopy(CopyWork.below(place, address), true);
      try (Targets.OpenTarget open =
          Targets.open(CopyWork.below(place, address), parts.files().access(place))) {
        bring(gone, repository.target(), open.target());
        CopyFollow.Result done =
            new CopyFollow(
                    open.target(),
                    () -> parts.repositories().copy(address, open.target()),
                    gone,
                    parts.clock())
                .run(false);
        record(run, place, plan, done);
      }
      return gone.head().sequence();
    }
  }

  /** The new ones first: at no moment the copy opens with none. */
  private static void bring(SealedGone gone, Target from, Target copy) throws IOException {
    Set<String> there = new HashSet<>();
    copy.list(ObjectKind.KEY).forEach(entry -> there.add(entry.name()));
    for (String name : gone.standing().getOrDefault(ObjectKind.KEY, Map.of()).keySet()) {
      if (there.contains(name)) {
        continue;
      }
      byte[] key = CopyReader.sound(from, new CopyReader.Item(ObjectKind.KEY, name, 0));
      if (key == null) {
        throw new BackupException("key " + name + " is damaged here; heal the repository first");
      }
      copy.write(ObjectKind.KEY, name, key, 0, key.length);
    }
  }

  private void record(JobRun run, Place place, BackupJob plan, CopyFollow.Result done) {
    if (done.removed() > 0 || done.locked() > 0) {
      parts
          .audit()
          .record(
              run.job().owner(),
              "backup.copy-keys-removed",
              Map.of(
                  "place", place.spec().name(),
                  "job", plan.spec().name(),
                  "locked", Long.toString(done.locked()),
                  "keys", String.join(" ", done.keys())));
    }
  }
}
