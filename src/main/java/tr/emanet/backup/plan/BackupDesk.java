package tr.emanet.backup.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;

/** What people and the schedule do with backup jobs. Thread-safe; every act is audited. */
public final class BackupDesk {

  /** A run by schedule that begins later than this was missed. */
  private static final Duration LATE = Duration.ofMinutes(5);

  /** A question for a second person that nobody answered in this time is void. */
  static final Duration ASKED_FOR = Duration.ofHours(24);

  private final BackupWork.Parts parts;
  private final BackupStore store;
  private final Jobs jobs;
  private final SpecCheck check;
  private final Hooks hooks;

  /** What an act leads to. */
  public sealed interface Answer {

    /** It is done; the job as it is now. */
    record Done(BackupJob job) implements Answer {}

    /** A run is queued. */
    record Queued(Job run) implements Answer {}

    /**
     * It cannot be.
     *
     * @param reason last part of a text key
     */
    record Refused(String reason) implements Answer {}

    /** There is no such job. */
    record Unknown() implements Answer {}
  }

  /** Makes it; the runner's work is registered here and started by whoever made the runner. */
  public BackupDesk(BackupWork.Parts parts, Jobs jobs, SpecCheck check, Around around) {
    this.parts = parts;
    this.store = new BackupStore(parts.database());
    this.jobs = jobs;
    this.check = check;
    this.hooks = around.hooks();
    jobs.register(BackupWork.KIND, new BackupWork(parts, store, around));
  }

  /** A desk whose jobs run no commands. */
  public BackupDesk(BackupWork.Parts parts, Jobs jobs, SpecCheck check) {
    this(parts, jobs, check, new Around(new Hooks(List.of(), parts.database()), DeviceNews.NONE));
  }

  /** The commands of the configuration file, and what they did. */
  public Hooks hooks() {
    return hooks;
  }

  /** All jobs, the oldest first. */
  public List<BackupJob> jobs() {
    return store.jobs();
  }

  public Optional<BackupJob> job(long id) {
    return store.job(id);
  }

  /** Runs of a job, the newest first. */
  public List<RunRecord> runs(long job, int limit) {
    return store.runs(job, limit);
  }

  public Optional<RunRecord> run(long id) {
    return store.run(id);
  }

  /** The run of a job that is queued or running, if any. */
  public Optional<Job> current(long job) {
    return jobs.unfinished(BackupWork.KIND).stream()
        .filter(run -> run.subject().equals(subject(job)))
        .findFirst();
  }

  private static String subject(long job) {
    return "plan:" + job;
  }

  /**
   * Makes a job. Its retention rule waits for the second person; until then nothing expires.
   *
   * @param secrets passwords or private keys of the sources, in their order; empty: none
   */
  public Answer create(Principal who, BackupSpec spec, List<String> secrets) {
    String wrong = wrong(spec, secrets, -1);
    if (!wrong.isEmpty()) {
      return new Answer.Refused(wrong);
    }
    Instant now = parts.clock().instant();
    long id =
        parts
            .database()
            .transaction(
                () -> {
                  long made = store.add(spec, who.id(), now, next(spec, now));
                  store.asked(made, spec.keep(), who.id(), now);
                  audit(who, "backup.job-created", spec, Map.of("keep", spec.keep().text()));
                  return made;
                });
    keep(id, spec, secrets);
    return new Answer.Done(store.job(id).orElseThrow());
  }

  /** Changes a job; a secret that is empty stays as it was. */
  public Answer change(Principal who, long id, BackupSpec spec, List<String> secrets) {
    BackupJob before = store.job(id).orElse(null);
    if (before == null) {
      return new Answer.Unknown();
    }
    String wrong = wrong(spec, secrets, id);
    if (!wrong.isEmpty()) {
      return new Answer.Refused(wrong);
    }
    if (before.frozenAt() != null && !spec.repository().equals(before.spec().repository())) {
      return new Answer.Refused("frozen");
    }
    Instant now = parts.clock().instant();
    parts
        .database()
        .transaction(
            () -> {
              store.change(id, spec, now, next(spec, now));
              Keep approved = before.keepApproved();
              if (approved != null && spec.keep().atLeast(approved)) {
                store.approved(id, spec.keep());
              } else if (!spec.keep().equals(before.spec().keep())) {
                store.asked(id, spec.keep(), who.id(), now);
              }
              audit(who, "backup.job-changed", spec, Map.of("keep", spec.keep().text()));
              return id;
            });
    keep(id, spec, secrets);
    return new Answer.Done(store.job(id).orElseThrow());
  }

  private String wrong(BackupSpec spec, List<String> secrets, long id) {
    String wrong = check.wrong(spec, store.jobs(), id);
    return wrong.isEmpty() ? PassFiles.wrong(spec.sources(), secrets) : wrong;
  }

  private void keep(long id, BackupSpec spec, List<String> secrets) {
    try {
      parts.passFiles().keepAll(id, spec.sources(), secrets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether anybody but this machine will be able to open what is backed up. */
  public boolean escrowed() {
    return parts.repositories().escrowed();
  }

  /**
   * Adds somebody who will be able to open the repositories; gives why not, English, or nothing.
   *
   * @param pem a certificate, never a private key
   */
  public String addEscrow(Principal who, String name, String pem) {
    try {
      parts.repositories().addEscrow(name, pem.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    parts.audit().record(who, "backup-key.escrow-added", Map.of("name", name));
    return "";
  }

  /** Queues a run now. */
  public Answer runNow(Principal who, long id) {
    BackupJob job = store.job(id).orElse(null);
    if (job == null) {
      return new Answer.Unknown();
    }
    if (current(id).isPresent()) {
      return new Answer.Refused("running");
    }
    String notReady = parts.repositories().notReady(job.spec().repository());
    if (!notReady.isEmpty()) {
      return new Answer.Refused("keys-" + notReady);
    }
    Job queued =
        parts
            .database()
            .transaction(
                () -> {
                  audit(who, "backup.run-asked", job.spec(), Map.of());
                  return submit(id, RunRecord.Cause.PERSON, who.id());
                });
    jobs.wake(); // it could not see the row before the commit
    return new Answer.Queued(queued);
  }

  private Job submit(long id, RunRecord.Cause cause, String owner) {
    return jobs.submit(BackupWork.KIND, subject(id), owner, id + " " + cause.id());
  }

  /** Ends the run that is queued or running. */
  public Answer stop(Principal who, long id) {
    BackupJob job = store.job(id).orElse(null);
    if (job == null) {
      return new Answer.Unknown();
    }
    Optional<Job> run = current(id);
    if (run.isEmpty() || !jobs.stop(run.get().id())) {
      return new Answer.Refused("not-running");
    }
    audit(who, "backup.run-stopped", job.spec(), Map.of());
    return new Answer.Done(job);
  }

  /** Takes a job out of the schedule, or puts it back. */
  public Answer pause(Principal who, long id, boolean paused) {
    return act(
        who,
        id,
        paused ? "backup.job-paused" : "backup.job-resumed",
        job -> {
          store.paused(id, paused);
          store.next(id, next(job.spec(), parts.clock().instant()));
          return "";
        });
  }

  /** Lets retention go on after a person looked at what froze it. */
  public Answer thaw(Principal who, long id) {
    return act(
        who,
        id,
        "backup.retention-thawed",
        job -> {
          if (job.frozenAt() == null) {
            return "not-frozen";
          }
          store.frozen(id, null, "");
          return "";
        });
  }

  /** Approves the retention rule that waits; another person than the one who asked. */
  public Answer approve(Principal who, long id) {
    return act(
        who,
        id,
        "backup.retention-approved",
        job -> {
          BackupJob.AskedKeep asked = job.asked();
          String wrong = wrong(who, asked);
          if (wrong.isEmpty() && asked != null) {
            store.approved(id, asked.keep());
          }
          return wrong;
        });
  }

  private static String wrong(Principal who, BackupJob.@Nullable AskedKeep asked) {
    if (asked == null) {
      return "nothing-asked";
    }
    if (!who.has(Role.ADMINISTRATOR)) {
      return "role";
    }
    return asked.by().equals(who.id()) ? "same-person" : "";
  }

  /** Refuses the rule that waits; what is in force stays. */
  public Answer reject(Principal who, long id) {
    return act(
        who,
        id,
        "backup.retention-rejected",
        job -> {
          if (job.asked() == null) {
            return "nothing-asked";
          }
          store.asked(id, null, "", parts.clock().instant());
          return "";
        });
  }

  /** Removes a job from the list; its snapshots and the record of its runs stay. */
  public Answer remove(Principal who, long id) {
    if (current(id).isPresent()) {
      return new Answer.Refused("running");
    }
    return act(
        who,
        id,
        "backup.job-removed",
        job -> {
          if (job.frozenAt() != null) {
            return "frozen";
          }
          store.removed(id, parts.clock().instant());
          parts.passFiles().forget(id);
          return "";
        });
  }

  /** Does something with a job; gives why not, or nothing. */
  @FunctionalInterface
  private interface Act {
    String on(BackupJob job);
  }

  private Answer act(Principal who, long id, String action, Act act) {
    return parts
        .database()
        .transaction(
            () -> {
              BackupJob job = store.job(id).orElse(null);
              if (job == null) {
                return new Answer.Unknown();
              }
              String wrong = act.on(job);
              if (!wrong.isEmpty()) {
                return new Answer.Refused(wrong);
              }
              audit(who, action, job.spec(), Map.of());
              return new Answer.Done(store.job(id).orElse(job));
            });
  }

  private void audit(Principal who, String action, BackupSpec spec, Map<String, String> more) {
    Map<String, String> details = new java.util.LinkedHashMap<>();
    details.put("job", spec.name());
    details.put("repository", spec.repository());
    details.put("sources", String.join(", ", spec.addresses()));
    details.putAll(more);
    parts.audit().record(who, action, details);
  }

  /** Begins what is due; a run that was missed is made up once. Called every few seconds. */
  public void tick() {
    Instant now = parts.clock().instant();
    for (BackupJob job : store.jobs()) {
      Instant due = job.nextRun();
      if (due != null && due.isAfter(now)) {
        Instant wanted = next(job.spec(), now);
        if (wanted != null && due.isAfter(wanted)) {
          store.next(job.id(), wanted); // it was planned while the clock was ahead
        }
        continue;
      }
      if (due == null || job.paused() || Timetable.quiet(job.spec(), now, parts.zone())) {
        continue;
      }
      parts
          .database()
          .transaction(
              () -> {
                if (current(job.id()).isEmpty()) {
                  boolean late = due.plus(LATE).isBefore(now);
                  Job ignored =
                      submit(
                          job.id(), late ? RunRecord.Cause.MISSED : RunRecord.Cause.SCHEDULE, "-");
                }
                store.next(job.id(), next(job.spec(), now));
                return job.id();
              });
    }
  }

  private @Nullable Instant next(BackupSpec spec, Instant now) {
    return Timetable.next(spec, now, parts.zone());
  }

  /** What runs, for the top bar. */
  public Optional<Job> running() {
    return jobs.running().stream().filter(j -> j.kind().equals(BackupWork.KIND)).findFirst();
  }
}
