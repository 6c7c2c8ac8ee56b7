package tr.emanet.backup.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.QuietHours;
import tr.emanet.job.Job;

/**
 * Begins the checks and drills that are due, one of each kind at a time, and the heavy ones outside
 * of the quiet hours of the jobs concerned. One thread.
 */
final class ProofSchedule {

  private static final Duration LOOK = Duration.ofMinutes(1);

  /** Whoever ended a check wants it not at once again. */
  private static final Duration AGAIN_AFTER_STOP = Duration.ofDays(1);

  private static final Duration AGAIN_AFTER_FAILURE = Duration.ofHours(1);
  private static final Duration AGAIN_AFTER_DAMAGE = Duration.ofDays(1);
  private static final LocalTime WORK_BEGINS = LocalTime.of(8, 0);
  private static final LocalTime WORK_ENDS = LocalTime.of(18, 0);

  private final ProofParts parts;
  private final ProofStore store;
  private final ProofDesk desk;
  private @Nullable Instant looked;

  ProofSchedule(ProofParts parts, ProofStore store, ProofDesk desk) {
    this.parts = parts;
    this.store = store;
    this.desk = desk;
  }

  /** Begins what is due, once a minute. */
  void tick() {
    Instant now = parts.clock().instant();
    Instant before = looked;
    if (before != null && now.isBefore(before.plus(LOOK)) && !now.isBefore(before)) {
      return;
    }
    looked = now;
    if (parts.jobs().unfinished(VerifyWork.KIND).isEmpty()) {
      nextCheck(now);
    }
    if (parts.jobs().unfinished(DrillWork.KIND).isEmpty()) {
      nextDrill(now);
    }
  }

  private void nextCheck(Instant now) {
    for (String repository : desk.repositories()) {
      if (VerifyWork.busy(parts.desk(), repository)) {
        continue;
      }
      for (Rung rung : Rung.values()) {
        if (due(repository, rung, now) && !(rung.heavy() && busyHours(repository, now))) {
          Job ignored =
              parts
                  .jobs()
                  .submit(
                      VerifyWork.KIND,
                      ProofDesk.checkOf(repository, rung),
                      "-",
                      VerifyWork.input(repository, rung));
          return;
        }
      }
    }
  }

  private boolean due(String repository, Rung rung, Instant now) {
    Instant stopped = store.stopped(repository, rung).orElse(null);
    if (stopped != null && now.isBefore(stopped.plus(AGAIN_AFTER_STOP))) {
      return false;
    }
    Verification last = store.lastCheck(repository, rung, false).orElse(null);
    if (last == null) {
      return desk.firstOf(repository)
          .filter(at -> !now.isBefore(at.plus(ProofDesk.SETTLED)))
          .isPresent();
    }
    Duration wait =
        switch (last.state()) {
          case FAILED -> AGAIN_AFTER_FAILURE;
          case DAMAGED ->
              rung.period().compareTo(AGAIN_AFTER_DAMAGE) < 0 ? rung.period() : AGAIN_AFTER_DAMAGE;
          case GOOD, RUNNING, STOPPED -> rung.period();
        };
    return !now.isBefore(last.startedAt().plus(wait));
  }

  private void nextDrill(Instant now) {
    for (BackupJob job : parts.desk().jobs()) {
      Instant due = desk.proof(job).due();
      String repository = job.spec().repository();
      if (due == null
          || now.isBefore(due)
          || busyHours(repository, now)
          || VerifyWork.busy(parts.desk(), repository)
          || tooSoon(job, now)) {
        continue;
      }
      Job ignored =
          parts
              .jobs()
              .submit(
                  DrillWork.KIND,
                  ProofDesk.drillOf(job.id()),
                  "-",
                  DrillWork.input(job.id(), DrillWork.NEWEST, store.plan(job.id()).scope()));
      return;
    }
  }

  private boolean tooSoon(BackupJob job, Instant now) {
    return store
        .lastDrill(job.id(), false)
        .filter(drill -> drill.state() != Drill.State.PASSED)
        .filter(drill -> now.isBefore(drill.startedAt().plus(AGAIN_AFTER_DAMAGE)))
        .isPresent();
  }

  /** The quiet hours of a job that writes there; without any, the working hours. */
  private boolean busyHours(String repository, Instant now) {
    LocalTime time = now.atZone(parts.zone()).toLocalTime();
    boolean named = false;
    for (BackupJob job : parts.desk().jobs()) {
      if (job.spec().repository().equals(repository) && !job.spec().quiet().isEmpty()) {
        named = true;
        if (QuietHours.parse(job.spec().quiet()).filter(h -> h.covers(time)).isPresent()) {
          return true;
        }
      }
    }
    return !named && !time.isBefore(WORK_BEGINS) && time.isBefore(WORK_ENDS);
  }
}
