package tr.emanet.backup.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.KeyedRepositories;
import tr.emanet.backup.plan.LockTurn;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.seal.SealedGone;
import tr.emanet.backup.target.LimitedTarget;
import tr.emanet.backup.target.Mirror;
import tr.emanet.backup.target.SideFiles;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.backup.target.Targets;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;
import tr.emanet.job.Progress;

/**
 * One copy of a job's repository to a place. What the end of the process breaks off is begun anew
 * at the next start; objects that were copied are found again.
 */
final class CopyWork implements JobWork {

  static final String KIND = "backup-copy";

  private static final long MEBIBYTE = 1 << 20;

  /** So many healed objects are named in the record of acts. */
  private static final int NAMED = 20;

  private final PlaceDesk.Parts parts;
  private final PlaceStore store;
  private final ReadStore readings;

  CopyWork(PlaceDesk.Parts parts, PlaceStore store) {
    this.parts = parts;
    this.store = store;
    this.readings = new ReadStore(parts.database());
  }

  static String input(long place, long plan) {
    return place + " " + plan;
  }

  @Override
  public void run(JobRun run) throws IOException {
    String[] input = run.job().input().split(" ", -1);
    Place place =
        store
            .place(Long.parseLong(input[0]))
            .orElseThrow(() -> new BackupException("the second place was removed"));
    BackupJob plan =
        parts
            .desk()
            .job(Long.parseLong(input[1]))
            .orElseThrow(() -> new BackupException("the backup job was removed"));
    String repository = plan.spec().repository();
    long id = store.begin(place.id(), plan.id(), repository, parts.clock().instant());
    long[] copied = new long[2];
    CopyHeal heal = new CopyHeal(readings, place, plan, parts.clock());
    CopyRecord.Followed followed = CopyRecord.Followed.NONE;
    try {
      Made made = copy(run, place, plan, heal, copied);
      followed = made.followed();
      Mirror.Result result = made.mirror();
      if (!result.complete()) {
        Mirror.Problem first = result.problems().getFirst();
        throw new BackupException(
            result.problems().size() + " objects, first " + first.object() + ": " + first.why());
      }
      end(id, CopyRecord.State.COMPLETE, copied, "");
      record(run, place, plan, copied, "complete", "");
    } catch (IOException | RuntimeException e) {
      String why = String.valueOf(e.getMessage());
      readings.tried(place.id(), plan.id(), now());
      CopyRecord.State state = run.stopped() ? CopyRecord.State.STOPPED : CopyRecord.State.FAILED;
      end(id, state, copied, why);
      record(run, place, plan, copied, state.id(), why);
      if (!run.stopped()) {
        throw e;
      }
    } finally {
      store.followed(id, followed.healing(heal.healed().size()));
      recordHealed(run, place, plan, heal.healed());
    }
  }

  private void end(long id, CopyRecord.State state, long[] copied, String why) {
    store.end(id, state, parts.clock().instant(), copied, why);
  }

  private void record(
      JobRun run, Place place, BackupJob plan, long[] copied, String state, String why) {
    parts
        .audit()
        .record(
            run.job().owner(),
            "backup.copied",
            Map.of(
                "place", place.spec().name(),
                "job", plan.spec().name(),
                "state", state,
                "objects", Long.toString(copied[0]),
                "bytes", Long.toString(copied[1]),
                "problem", why));
  }

  /** Where a repository lies at a place: every one has a directory of its own. */
  static TargetAddress below(Place place, String repository) throws IOException {
    String base = place.spec().target().text();
    String name = KeyedRepositories.name(repository);
    return TargetAddress.parse(base.endsWith("/") ? base + name : base + "/" + name);
  }

  /** Of a place on a disk: the disk must be there. */
  static void requireDisk(Place place) throws BackupException {
    if (place.spec().target() instanceof TargetAddress.Directory(Path disk)
        && !Files.isDirectory(disk)) {
      // Made here, it would lie on the disk below, and the copy on the disk of the original.
      throw new BackupException("'" + disk + "' is not there; connect and mount the disk");
    }
  }

  /** Of a disk with a copy: it must be there, not the empty directory that it is mounted on. */
  static void requireCopy(TargetAddress to, boolean copied) throws BackupException {
    if (copied
        && to instanceof TargetAddress.Directory(Path directory)
        && !Files.isDirectory(directory)) {
      throw new BackupException(
          "the earlier copy '"
              + directory
              + "' is not there; connect and mount the disk, or make this directory on a new one");
    }
  }

  /** What a copy led to. */
  private record Made(Mirror.Result mirror, CopyRecord.Followed followed) {}

  private Made copy(JobRun run, Place place, BackupJob plan, CopyHeal heal, long[] copied)
      throws IOException {
    String address = plan.spec().repository();
    TargetAddress to = below(place, address);
    requireDisk(place);
    requireCopy(to, store.lastGood(place.id(), plan.id(), address).isPresent());
    try (Repository repository = parts.repositories().existing(address);
        RepositoryLock lock = LockTurn.take(repository, parts.clock(), run);
        Targets.OpenTarget open = Targets.open(to, parts.files().access(place))) {
      Target target = limited(open.target(), place.spec().mebibytesPerSecond());
      Target from = repository.target();
      heal.before(from, target);
      long total = missing(from, target);
      Mirror.Result result =
          new Mirror(
                  from,
                  target,
                  (object, objects, bytes) -> {
                    copied[0] = objects;
                    copied[1] = bytes;
                    run.progress(new Progress(bytes, Math.max(bytes, total), object));
                  },
                  run::stopped)
              .run();
      lock.held();
      Path here = from.beside();
      if (here != null) {
        long ignored =
            to instanceof TargetAddress.Directory(Path there)
                ? SideFiles.copy(here, there)
                : SideFiles.copy(here, target);
      }
      CopyRecord.Followed followed = CopyRecord.Followed.NONE;
      if (result.complete()) {
        followed = follow(run, new Copied(place, plan), repository, target);
      }
      heal.after(from, target);
      return new Made(result, followed);
    }
  }

  /** The copy that is being made. */
  private record Copied(Place place, BackupJob plan) {}

  /** What was removed here under seal goes there, too; a copy that cannot is whole all the same. */
  private CopyRecord.Followed follow(JobRun run, Copied what, Repository repository, Target target)
      throws IOException {
    String address = what.plan().spec().repository();
    SealedGone gone = null;
    CopyFollow.Result done = CopyFollow.Result.NONE;
    String held = "";
    try {
      gone = parts.chains().gone(repository, address);
    } catch (BackupException e) {
      held = String.valueOf(e.getMessage());
    }
    SealedGone away = gone;
    target.extendLocks(
        (kind, name) ->
            away == null || !away.removed().getOrDefault(kind, Map.of()).containsKey(name));
    if (gone != null) {
      try {
        done =
            new CopyFollow(
                    target, () -> parts.repositories().copy(address, target), gone, parts.clock())
                .run(true);
        store.keysFollowed(what.place().id(), what.plan(), gone.head().sequence(), now());
      } catch (IOException e) {
        held = String.valueOf(e.getMessage());
      }
    }
    if (done.removed() > 0) {
      parts
          .audit()
          .record(
              run.job().owner(),
              "backup.copy-followed",
              Map.of(
                  "place", what.place().spec().name(),
                  "job", what.plan().spec().name(),
                  "objects", Long.toString(done.removed()),
                  "bytes", Long.toString(done.freed()),
                  "keys", String.join(" ", done.keys())));
    }
    return new CopyRecord.Followed(done.removed(), done.freed(), done.locked(), 0, held);
  }

  private void recordHealed(JobRun run, Place place, BackupJob plan, List<String> healed) {
    if (healed.isEmpty()) {
      return;
    }
    parts
        .audit()
        .record(
            run.job().owner(),
            "backup.copy-healed",
            Map.of(
                "place", place.spec().name(),
                "job", plan.spec().name(),
                "count", Integer.toString(healed.size()),
                "objects", String.join(", ", healed.stream().limit(NAMED).toList())));
  }

  private Instant now() {
    return parts.clock().instant();
  }

  static Target limited(Target target, int mebibytesPerSecond) {
    return mebibytesPerSecond == 0
        ? target
        : new LimitedTarget(target, mebibytesPerSecond * MEBIBYTE);
  }

  /** Bytes of packs that are only here; all else is small beside them. */
  private static long missing(Target from, Target to) throws IOException {
    List<Target.Entry> there =
        to.list(ObjectKind.CONFIG).isEmpty() ? List.of() : to.list(ObjectKind.DATA);
    Set<Target.Entry> known = there.stream().collect(Collectors.toCollection(HashSet::new));
    return from.list(ObjectKind.DATA).stream()
        .filter(entry -> !known.contains(entry))
        .mapToLong(Target.Entry::size)
        .sum();
  }
}
