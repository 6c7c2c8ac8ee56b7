package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryBusyException;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.job.JobRun;
import tr.emanet.job.Progress;

/**
 * Takes the lock of a repository for a job, and waits while another has it alone, as a sweep or a
 * stock prune does. The job says for whom it waits and can be stopped. Who has shown no sign of
 * life for thirty minutes is not waited for: the message says how such a lock is removed.
 */
public final class LockTurn {

  private static final Logger LOG = LoggerFactory.getLogger(LockTurn.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long STEP_MILLIS = 100;

  private LockTurn() {}

  /**
   * The lock, shared with others.
   *
   * @throws BackupException when the job was stopped meanwhile, or the other is silent
   */
  public static RepositoryLock take(Repository repository, InstantSource clock, JobRun run)
      throws IOException {
    return take(repository, clock, run, wait -> {});
  }

  /** The same; the listener hears once of each for whom it waits. */
  public static RepositoryLock take(
      Repository repository, InstantSource clock, JobRun run, Consumer<LockWait> listener)
      throws IOException {
    return take(repository, clock, run, listener, false);
  }

  /** The lock that nobody shares. */
  public static RepositoryLock alone(Repository repository, InstantSource clock, JobRun run)
      throws IOException {
    return take(repository, clock, run, wait -> {}, true);
  }

  private static RepositoryLock take(
      Repository repository,
      InstantSource clock,
      JobRun run,
      Consumer<LockWait> listener,
      boolean alone)
      throws IOException {
    LockWait before = null;
    while (true) {
      try {
        RepositoryLock lock = RepositoryLock.take(repository, alone, clock);
        if (before != null) {
          run.progress(Progress.NONE);
        }
        return lock;
      } catch (RepositoryBusyException e) {
        if (e.silent()) {
          throw e;
        }
        LockWait now = told(before, e, run);
        if (before == null || before.pid() != now.pid() || !before.host().equals(now.host())) {
          listener.accept(now);
        }
        before = now;
        pause(run, before);
      }
    }
  }

  /** Says for whom it waits; a lock that was only written anew began when it was first seen. */
  private static LockWait told(@Nullable LockWait before, RepositoryBusyException e, JobRun run) {
    Instant since = e.since();
    if (before != null && before.host().equals(e.host()) && before.pid() == e.pid()) {
      since = before.since().isBefore(since) ? before.since() : since;
    } else {
      LOG.atInfo()
          .addKeyValue("job", run.job().id())
          .addKeyValue("kind", run.job().kind())
          .addKeyValue("host", e.host())
          .addKeyValue("process", e.pid())
          .log("A job waits for the lock of another");
    }
    LockWait now = new LockWait(e.host(), e.pid(), since);
    run.progress(now.progress());
    return now;
  }

  private static void pause(JobRun run, LockWait wait) throws BackupException {
    try {
      for (long at = 0; at < LOOK.toMillis(); at += STEP_MILLIS) {
        if (run.stopped()) {
          throw new BackupException(
              "stopped while it waited for the lock of process "
                  + wait.pid()
                  + " on "
                  + wait.host());
        }
        Thread.sleep(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException("interrupted while waiting for a lock", e);
    }
  }
}
