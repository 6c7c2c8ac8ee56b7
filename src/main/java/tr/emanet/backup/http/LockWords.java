package tr.emanet.backup.http;

import tr.emanet.backup.plan.LockWait;
import tr.emanet.job.Job;
import tr.emanet.web.Shell;

/** Says for whose lock a job waits. */
final class LockWords {

  private LockWords() {}

  /** What a job says of itself: for whom it waits, or what it works at. */
  static String note(Job job, Shell shell) {
    return LockWait.of(job.progress()).map(wait -> of(wait, shell)).orElse(job.progress().note());
  }

  static String of(LockWait wait, Shell shell) {
    return shell.t(
        "backup.waits",
        wait.host(),
        Long.toString(wait.pid()),
        shell.formats().shortMoment(wait.since()));
  }
}
