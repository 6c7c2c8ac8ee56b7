package tr.emanet.backup.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.document.PdfPrinter;
import tr.emanet.event.Principal;
import tr.emanet.job.Job;

/** What people and the schedule do with checks and drills. Thread-safe; every act is audited. */
public final class ProofDesk {

  /** A young snapshot is left in peace: its run may still be sealing or letting old ones go. */
  static final Duration SETTLED = Duration.ofMinutes(10);

  private static final int MAX_LESSON = 4000;

  private final ProofParts parts;
  private final ProofStore store;
  private final SnapshotStore snapshots;
  private final DrillPapers papers;
  private final ProofSchedule schedule;
  private final VerifyWork checks;

  /** What an act leads to. */
  public sealed interface Answer {

    /** It is done. */
    record Done() implements Answer {}

    /** It is queued. */
    record Queued(Job run) implements Answer {}

    /**
     * It cannot be.
     *
     * @param reason last part of a text key
     */
    record Refused(String reason) implements Answer {}

    /** There is no such thing. */
    record Unknown() implements Answer {}
  }

  /**
   * How a backup job stands.
   *
   * @param at when it was last proven that it can be restored; null: never
   * @param last how the newest drill ended; null: there was none
   * @param overdue whether the schedule is behind
   */
  public record Proof(
      @Nullable Instant at, Drill.@Nullable State last, boolean overdue, @Nullable Instant due) {

    /** Whether it is proven, and recently enough. */
    public boolean holds() {
      return !trouble();
    }

    /** Whether something is to be done about it. */
    public boolean trouble() {
      return at == null || overdue || last == Drill.State.FAILED || last == Drill.State.BROKEN;
    }
  }

  /** Makes it; both works are registered with the runner, which is started later. */
  public ProofDesk(ProofParts parts) {
    this.parts = parts;
    this.store = new ProofStore(parts.database());
    this.snapshots = new SnapshotStore(parts.database());
    this.papers = new DrillPapers(store, parts.seal(), new PdfPrinter());
    this.schedule = new ProofSchedule(parts, store, this);
    this.checks = new VerifyWork(parts, store);
    parts.jobs().register(VerifyWork.KIND, checks);
    parts.jobs().register(DrillWork.KIND, new DrillWork(parts, store));
  }

  public DrillPapers papers() {
    return papers;
  }

  /** The newest drills, the newest first. */
  public List<Drill> drills(int limit) {
    return store.drills(limit);
  }

  public Optional<Drill> drill(long id) {
    return store.drill(id);
  }

  /** When and how much of a backup job is drilled. */
  public DrillPlan plan(long job) {
    return store.plan(job);
  }

  /** The newest checks, the newest first. */
  public List<Verification> verifications(int limit) {
    return store.checks(limit);
  }

  /** The newest check of a rung that was good, or that ended at all. */
  public Optional<Verification> last(String repository, Rung rung, boolean good) {
    return store.lastCheck(repository, rung, good);
  }

  /**
   * The repositories that hold snapshots, by their address, in the order of their jobs; then those
   * of old eras that this machine can open.
   */
  public List<String> repositories() {
    Stream<String> used =
        parts.desk().jobs().stream()
            .filter(job -> firstGood(job).isPresent())
            .map(job -> job.spec().repository());
    Stream<String> old =
        new KeyActStore(parts.database())
            .eras().stream().filter(era -> era.closedAt() == null).map(Era::address);
    return Stream.concat(used, old).distinct().toList();
  }

  /** The check or drill that is queued or running for a repository or a backup job. */
  public Optional<Job> current(String subject) {
    List<Job> all = new ArrayList<>(parts.jobs().unfinished(DrillWork.KIND));
    all.addAll(parts.jobs().unfinished(VerifyWork.KIND));
    return all.stream().filter(run -> run.subject().equals(subject)).findFirst();
  }

  /** Names the drill of a backup job for {@link #current}. */
  public static String drillOf(long job) {
    return "drill:" + job;
  }

  /** Names a check for {@link #current}. */
  public static String checkOf(String repository, Rung rung) {
    return "verify:" + rung.id() + ":" + repository;
  }

  /** What runs, for the top bar. */
  public Optional<Job> running() {
    return parts.jobs().running().stream()
        .filter(j -> j.kind().equals(DrillWork.KIND) || j.kind().equals(VerifyWork.KIND))
        .findFirst();
  }

  /** When it was last proven that a job can be restored. */
  public Proof proof(BackupJob job) {
    Optional<Drill> passed = store.lastDrill(job.id(), true);
    Optional<Drill> last = store.lastDrill(job.id(), false);
    DrillPlan plan = store.plan(job.id());
    Instant at = passed.map(Drill::startedAt).orElse(null);
    Optional<Instant> first = firstGood(job);
    Instant base = at != null ? at : first.isEmpty() ? null : job.createdAt();
    boolean overdue =
        plan.days() > 0
            && base != null
            && parts.clock().instant().isAfter(base.plus(plan.period()).plus(grace(plan)));
    Instant due =
        plan.days() == 0 || first.isEmpty()
            ? null
            : at == null ? first.get().plus(SETTLED) : at.plus(plan.period());
    return new Proof(at, last.map(Drill::state).orElse(null), overdue, due);
  }

  /** A quarter of the period more, since heavy work waits for the night. */
  private static Duration grace(DrillPlan plan) {
    return plan.period().dividedBy(4).plus(Duration.ofDays(1));
  }

  /** Whether a rung was not climbed well for much longer than its period. */
  public boolean overdue(String repository, Rung rung) {
    Instant base =
        store
            .lastCheck(repository, rung, true)
            .map(Verification::startedAt)
            .or(
                () ->
                    parts.desk().jobs().stream()
                        .filter(job -> job.spec().repository().equals(repository))
                        .filter(job -> firstGood(job).isPresent())
                        .map(BackupJob::createdAt)
                        .min(Instant::compareTo))
            .orElse(null);
    return base != null
        && parts
            .clock()
            .instant()
            .isAfter(
                base.plus(rung.period().multipliedBy(5).dividedBy(4)).plus(Duration.ofDays(1)));
  }

  Optional<Instant> firstOf(String repository) {
    return parts.desk().jobs().stream()
        .filter(job -> job.spec().repository().equals(repository))
        .flatMap(job -> firstGood(job).stream())
        .min(Instant::compareTo);
  }

  /** The end of the oldest run with a snapshot that stands. */
  private Optional<Instant> firstGood(BackupJob job) {
    return snapshots.good(job.id(), job.spec().repository(), false).map(RunRecord::endedAt);
  }

  /**
   * Queues a drill.
   *
   * @param snapshot first digits of its id; empty for the newest good one
   * @param whole whether all of it is restored, whatever the job's plan says
   */
  public Answer drillNow(Principal who, long id, String snapshot, boolean whole) {
    BackupJob job = parts.desk().job(id).orElse(null);
    if (job == null) {
      return new Answer.Unknown();
    }
    if (!snapshot.matches("[0-9a-f]{0,64}")) {
      return new Answer.Refused("snapshot");
    }
    if (firstGood(job).isEmpty()) {
      return new Answer.Refused("nothing");
    }
    if (current(drillOf(id)).isPresent()) {
      return new Answer.Refused("running");
    }
    DrillScope scope = whole ? DrillScope.ALL : store.plan(id).scope();
    return queued(
        who.id(),
        DrillWork.KIND,
        drillOf(id),
        DrillWork.input(id, snapshot.isEmpty() ? DrillWork.NEWEST : snapshot, scope),
        "backup.drill-asked",
        job.spec().name());
  }

  /** Queues a check. */
  public Answer verifyNow(Principal who, String repository, Rung rung) {
    if (!repositories().contains(repository)) {
      return new Answer.Unknown();
    }
    String subject = checkOf(repository, rung);
    if (current(subject).isPresent()) {
      return new Answer.Refused("running");
    }
    return queued(
        who.id(),
        VerifyWork.KIND,
        subject,
        VerifyWork.input(repository, rung),
        "backup.verify-asked",
        repository);
  }

  /** Checks again what the last check of a rung found damaged, because it was healed. */
  public void again(String repository) {
    for (Rung rung : Rung.values()) {
      boolean damaged =
          last(repository, rung, false)
              .filter(check -> check.state() == Verification.State.DAMAGED)
              .isPresent();
      if (damaged && current(checkOf(repository, rung)).isEmpty()) {
        Answer ignored =
            queued(
                AuditLog.NOBODY,
                VerifyWork.KIND,
                checkOf(repository, rung),
                VerifyWork.input(repository, rung),
                "backup.verify-asked",
                repository);
      }
    }
  }

  private Answer queued(
      String owner, String kind, String subject, String input, String action, String about) {
    Job run =
        parts
            .database()
            .transaction(
                () -> {
                  parts.audit().record(owner, action, Map.of("about", about, "subject", subject));
                  return parts.jobs().submit(kind, subject, owner, input);
                });
    parts.jobs().wake();
    return new Answer.Queued(run);
  }

  /** Ends the drill of a job that is queued or running. */
  public Answer stop(Principal who, long id) {
    return stop(who, drillOf(id), "backup.drill-stopped");
  }

  /** Ends a check that is queued or running. */
  public Answer stopCheck(Principal who, String repository, Rung rung) {
    return stop(who, checkOf(repository, rung), "backup.verify-stopped");
  }

  private Answer stop(Principal who, String subject, String action) {
    Job run = current(subject).orElse(null);
    if (run == null || !parts.jobs().stop(run.id())) {
      return new Answer.Refused("not-running");
    }
    parts.audit().record(who, action, Map.of("subject", subject));
    return new Answer.Done();
  }

  /** How far a check is; empty when it does not run, or has not read anything yet. */
  public Optional<Pace> pace(String repository, Rung rung) {
    return current(checkOf(repository, rung)).flatMap(run -> checks.pace(run.id()));
  }

  /** Says when and how much of a backup job is drilled. */
  public Answer plan(Principal who, long id, DrillPlan plan) {
    BackupJob job = parts.desk().job(id).orElse(null);
    if (job == null) {
      return new Answer.Unknown();
    }
    return parts
        .database()
        .transaction(
            () -> {
              store.plan(id, plan);
              parts
                  .audit()
                  .record(
                      who,
                      "backup.drill-planned",
                      Map.of(
                          "job",
                          job.spec().name(),
                          "days",
                          Integer.toString(plan.days()),
                          "files",
                          Long.toString(plan.scope().files()),
                          "bytes",
                          Long.toString(plan.scope().bytes())));
              return new Answer.Done();
            });
  }

  /** Adds what somebody learned from a drill; it stands with the name and cannot be taken back. */
  public Answer lesson(Principal who, long drill, String text) {
    Drill found = store.drill(drill).orElse(null);
    if (found == null) {
      return new Answer.Unknown();
    }
    String clean = text.strip();
    if (clean.isEmpty() || clean.length() > MAX_LESSON) {
      return new Answer.Refused("lesson");
    }
    if (found.record() == null) {
      return new Answer.Refused("no-record");
    }
    return parts
        .database()
        .transaction(
            () -> {
              store.lesson(
                  drill,
                  new Drill.Lesson(who.id(), who.displayName(), parts.clock().instant(), clean));
              parts
                  .audit()
                  .record(
                      who,
                      "backup.drill-lesson",
                      Map.of("drill", Long.toString(drill), "text", clean));
              return new Answer.Done();
            });
  }

  /** Begins what is due, one of each at a time; called every few seconds. */
  public void tick() {
    schedule.tick();
  }
}
