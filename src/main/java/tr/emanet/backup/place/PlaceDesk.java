package tr.emanet.backup.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.Copies;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SealedChains;
import tr.emanet.backup.target.SshDoor;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.backup.target.Targets;
import tr.emanet.event.Principal;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** What people and the schedule do with second places. Thread-safe; every act is audited. */
public final class PlaceDesk {

  private static final int RUNS = 60;
  private static final Duration AGAIN = Duration.ofMinutes(15);

  private final Parts parts;
  private final PlaceStore store;
  private final Jobs jobs;

  /** What it is made of. */
  public record Parts(
      Database database,
      AuditLog audit,
      Repositories repositories,
      BackupDesk desk,
      PlaceFiles files,
      SealedChains chains,
      ZoneId zone,
      java.time.InstantSource clock) {}

  /** What an act leads to. */
  public sealed interface Answer {

    /** It is done; the place as it is now. */
    record Done(Place place) implements Answer {}

    /**
     * It cannot be.
     *
     * @param reason last part of a text key
     * @param detail English, what the other side said; may be empty
     */
    record Refused(String reason, String detail) implements Answer {}

    /** There is no such place. */
    record Unknown() implements Answer {}
  }

  /**
   * Secrets that come with a form; empty ones stay as they were.
   *
   * @param password of REST, or the secret access key of S3
   * @param authorities PEM
   */
  public record Secrets(String password, String authorities) {

    public static final Secrets NONE = new Secrets("", "");
  }

  /** Makes it; the runner's work is registered here and started by whoever made the runner. */
  public PlaceDesk(Parts parts, Jobs jobs) {
    this.parts = parts;
    this.store = new PlaceStore(parts.database());
    this.jobs = jobs;
    jobs.register(CopyWork.KIND, new CopyWork(parts, store));
  }

  /** All places, the oldest first. */
  public List<Place> places() {
    return store.places();
  }

  public Optional<Place> place(long id) {
    return store.place(id);
  }

  /** Copies to a place, the newest first. */
  public List<CopyRecord> copies(long place, int limit) {
    return store.copies(place, 0, limit);
  }

  /** The newest good copy of a job's repository at a place. */
  public Optional<CopyRecord> lastGood(Place place, BackupJob job) {
    return store.lastGood(place.id(), job.id(), job.spec().repository());
  }

  /** The good copies of a job's repository, whatever their age; a lag is an alarm of its own. */
  public List<Copies.Second> seconds(BackupJob job) {
    List<Place> places = store.places();
    return places.stream()
        .filter(place -> place.spec().jobs().contains(job.id()))
        .filter(place -> lastGood(place, job).isPresent())
        .map(
            place ->
                new Copies.Second(
                    place.spec().elsewhere(),
                    lastGood(place, job).orElseThrow().locks(place.spec(), parts.clock().instant()),
                    Primaries.otherDisk(places, place, job.spec().repository())))
        .toList();
  }

  /** Whether a job's own repository is at a target in another building. */
  public boolean isElsewhere(BackupJob job) {
    return Primaries.of(store.places(), job.spec().repository())
        .filter(place -> place.spec().elsewhere())
        .isPresent();
  }

  /** The line that the administrator of an SFTP server puts into {@code authorized_keys}. */
  public String publicKey(long place) {
    try {
      return parts.files().publicKey(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key that an SFTP server shows, for a person to compare; empty for other addresses. */
  public String offeredKey(String address) throws IOException {
    return TargetAddress.parse(address) instanceof TargetAddress.Sftp sftp
        ? SshDoor.offered(sftp.host(), sftp.port())
        : "";
  }

  /** Copies to a place that are queued or running. */
  public List<Job> current(long place) {
    return jobs.unfinished(CopyWork.KIND).stream()
        .filter(job -> job.input().startsWith(place + " "))
        .toList();
  }

  /** What runs, for the top bar. */
  public Optional<Job> running() {
    return jobs.running().stream().filter(j -> j.kind().equals(CopyWork.KIND)).findFirst();
  }

  /** Makes a place. */
  public Answer create(Principal who, PlaceSpec spec, Secrets secrets) {
    String wrong = wrong(spec, secrets, -1);
    if (!wrong.isEmpty()) {
      return new Answer.Refused(wrong, "");
    }
    Instant now = parts.clock().instant();
    long id =
        parts
            .database()
            .transaction(
                () -> {
                  long made = store.add(spec, who.id(), now);
                  audit(who, "backup.place-created", spec);
                  return made;
                });
    keep(id, spec, secrets);
    return new Answer.Done(store.place(id).orElseThrow());
  }

  /** Changes a place. */
  public Answer change(Principal who, long id, PlaceSpec spec, Secrets secrets) {
    if (store.place(id).isEmpty()) {
      return new Answer.Unknown();
    }
    String wrong = wrong(spec, secrets, id);
    if (!wrong.isEmpty()) {
      return new Answer.Refused(wrong, "");
    }
    parts
        .database()
        .transaction(
            () -> {
              store.change(id, spec);
              audit(who, "backup.place-changed", spec);
              return id;
            });
    keep(id, spec, secrets);
    return new Answer.Done(store.place(id).orElseThrow());
  }

  private String wrong(PlaceSpec spec, Secrets secrets, long id) {
    String wrong = spec.wrong();
    if (!wrong.isEmpty()) {
      return wrong;
    }
    if (!secrets.authorities().isBlank() && !PlaceFiles.certificates(secrets.authorities())) {
      return "authorities";
    }
    for (Place other : store.places()) {
      if (other.id() != id && other.spec().name().equals(spec.name())) {
        return "name-taken";
      }
    }
    for (BackupJob job : parts.desk().jobs()) {
      // A copy inside of what it copies, or of what is backed up, would grow by itself.
      boolean inside =
          spec.target() instanceof TargetAddress.Directory(var path)
              && Stream.concat(Stream.of(job.spec().repository()), job.spec().paths().stream())
                  .anyMatch(source -> source.startsWith("/") && path.startsWith(source));
      if (inside) {
        return "inside";
      }
    }
    return "";
  }

  private void keep(long id, PlaceSpec spec, Secrets secrets) {
    try {
      if (spec.kind().equals("sftp")) {
        parts.files().makeKey(id);
      }
      if (!secrets.password().isEmpty()) {
        parts.files().secret(id, secrets.password());
      }
      if (!secrets.authorities().isBlank()) {
        parts.files().authorities(id, secrets.authorities());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects and looks, and changes nothing. */
  public Answer test(Principal who, long id) {
    Place place = store.place(id).orElse(null);
    if (place == null) {
      return new Answer.Unknown();
    }
    String problem = "";
    try (Targets.OpenTarget open = open(place)) {
      List<tr.emanet.backup.Target.Entry> ignored = open.target().list(ObjectKind.KEY);
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    parts
        .audit()
        .record(
            who, "backup.place-tested", Map.of("place", place.spec().name(), "problem", problem));
    return problem.isEmpty() ? new Answer.Done(place) : new Answer.Refused("reach", problem);
  }

  private Targets.OpenTarget open(Place place) throws IOException {
    CopyWork.requireDisk(place);
    return Targets.open(place.spec().target(), parts.files().access(place));
  }

  /** Queues a copy of every job of a place that has none, whatever the hours. */
  public Answer copyNow(Principal who, long id) {
    Place place = store.place(id).orElse(null);
    if (place == null) {
      return new Answer.Unknown();
    }
    if (place.spec().jobs().isEmpty()) {
      return new Answer.Refused("no-jobs", "");
    }
    List<String> going = current(id).stream().map(Job::input).toList();
    parts
        .database()
        .transaction(
            () -> {
              audit(who, "backup.copy-asked", place.spec());
              place.spec().jobs().stream()
                  .filter(plan -> !going.contains(CopyWork.input(id, plan)))
                  .forEach(plan -> submit(place, plan, who.id()));
              return id;
            });
    jobs.wake(); // it could not see the rows before the commit
    return new Answer.Done(place);
  }

  private void submit(Place place, long plan, String owner) {
    if (parts.desk().job(plan).isPresent()) {
      Job ignored =
          jobs.submit(
              CopyWork.KIND,
              "copy:" + place.id() + ":" + plan,
              owner,
              CopyWork.input(place.id(), plan));
    }
  }

  /** Ends the copies to a place that are queued or running. */
  public Answer stop(Principal who, long id) {
    Place place = store.place(id).orElse(null);
    if (place == null) {
      return new Answer.Unknown();
    }
    List<Job> found = current(id);
    if (found.isEmpty()) {
      return new Answer.Refused("not-running", "");
    }
    found.forEach(job -> jobs.stop(job.id()));
    audit(who, "backup.copy-stopped", place.spec());
    return new Answer.Done(place);
  }

  /** Forgets a place and its secrets; what was copied stays there. */
  public Answer remove(Principal who, long id) {
    Place place = store.place(id).orElse(null);
    if (place == null) {
      return new Answer.Unknown();
    }
    if (!current(id).isEmpty()) {
      return new Answer.Refused("running", "");
    }
    for (BackupJob job : parts.desk().jobs()) {
      // Its host key and its secrets go with it: the job could not reach its repository any more.
      if (PlaceDoors.isBelow(place, job.spec().repository())) {
        return new Answer.Refused("holds", job.spec().name());
      }
    }
    parts
        .database()
        .transaction(
            () -> {
              store.removed(id, parts.clock().instant());
              audit(who, "backup.place-removed", place.spec());
              return id;
            });
    try {
      parts.files().remove(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer.Done(place);
  }

  private void audit(Principal who, String action, PlaceSpec spec) {
    parts.audit().record(who, action, Map.of("place", spec.name(), "address", spec.address()));
  }

  /** What lies here and is not copied yet, or was never. */
  public List<Due> due() {
    return store.places().stream()
        .flatMap(place -> place.spec().jobs().stream().flatMap(plan -> due(place, plan).stream()))
        .toList();
  }

  private Optional<Due> due(Place place, long plan) {
    return parts
        .desk()
        .job(plan)
        .flatMap(
            job -> {
              List<RunRecord> runs = parts.desk().runs(plan, RUNS);
              return Due.since(runs, runs.size() < RUNS, lastGood(place, job))
                  .map(since -> new Due(place, job, since));
            });
  }

  /** Begins what is due. Called every few seconds. */
  public void tick() {
    Instant now = parts.clock().instant();
    for (Due due : due()) {
      boolean quiet = due.place().spec().quietAt(now.atZone(parts.zone()).toLocalTime());
      List<RunRecord> runs = parts.desk().runs(due.job().id(), RUNS);
      Optional<CopyRecord> last =
          store.copies(due.place().id(), due.job().id(), 1).stream().findFirst();
      boolean rests = Due.rests(last, runs, now, AGAIN);
      boolean queued =
          current(due.place().id()).stream()
              .anyMatch(
                  job -> job.input().equals(CopyWork.input(due.place().id(), due.job().id())));
      if (!quiet && !rests && !queued && parts.files().ready(due.place())) {
        submit(due.place(), due.job().id(), AuditLog.NOBODY);
      }
    }
  }
}
