package tr.emanet.job;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.store.Database;

/** Queues, runs and remembers jobs: one at a time of each kind. Safe for many threads. */
public final class Jobs implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final long LEAVE_MILLIS = 10_000;
  private static final long RETRY_SECONDS = 5;
  private static final int MAX_PROBLEM = 500;

  private final JobStore store;
  private final InstantSource clock;
  private final int kept;
  private final Map<String, JobWork> works = new LinkedHashMap<>();
  private final Map<String, Thread> threads = new LinkedHashMap<>();
  private final Map<String, JobRun> running = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private long told;
  private volatile boolean closing;

  /**
   * Makes a runner; nothing runs before {@link #start}.
   *
   * @param kept ended jobs of each kind that are remembered, at least 1
   */
  public Jobs(Database database, InstantSource clock, int kept) {
    this.store = new JobStore(database);
    this.clock = clock;
    this.kept = kept;
  }

  /** Says what jobs of a kind do; before {@link #start}. */
  public void register(String kind, JobWork work) {
    if (works.put(kind, work) != null) {
      throw new IllegalStateException("two works for jobs of kind " + kind);
    }
  }

  /** Begins to run what is queued, first of all what the last process left unfinished. */
  // The priority is honoured: the service runs with ThreadPriorityPolicy=1.
  @SuppressWarnings("ThreadPriorityCheck")
  public void start() {
    works.forEach(
        (kind, work) ->
            threads.put(
                kind,
                Thread.ofPlatform()
                    .daemon()
                    .name("job-" + kind)
                    .priority(Thread.MIN_PRIORITY)
                    .start(() -> serve(kind, work))));
  }

  /**
   * Queues a job; durable when this returns. Inside a transaction it begins up to some seconds
   * after the commit, because nobody is told of that: call {@link #wake} then.
   */
  public Job submit(String kind, String subject, String owner, String input) {
    long id = store.add(kind, subject, owner, input, clock.instant());
    wake();
    return store.find(id).orElseThrow();
  }

  /** Looks for queued jobs now: for who queued one inside a transaction that is committed. */
  public void wake() {
    lock.lock();
    try {
      told++;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One job; its progress is that of this moment. */
  public Optional<Job> find(long id) {
    return store.find(id).map(this::live);
  }

  /** Jobs of a kind, the newest first. */
  public List<Job> newest(String kind, int limit) {
    return store.newest(kind, limit).stream().map(this::live).toList();
  }

  /** Jobs of a kind that have not ended, the oldest first. */
  public List<Job> unfinished(String kind) {
    return store.unfinished(kind).stream().map(this::live).toList();
  }

  /** What runs now, for the top bar. */
  public List<Job> running() {
    lock.lock();
    try {
      return running.values().stream().map(run -> shown(run.job(), run.progress())).toList();
    } finally {
      lock.unlock();
    }
  }

  private Job live(Job job) {
    lock.lock();
    try {
      JobRun run = running.get(job.kind());
      return run != null && run.job().id() == job.id() && !job.state().ended()
          ? shown(job, run.progress())
          : job;
    } finally {
      lock.unlock();
    }
  }

  private static Job shown(Job job, Progress progress) {
    return new Job(
        job.id(),
        job.kind(),
        job.subject(),
        job.owner(),
        job.input(),
        JobState.RUNNING,
        progress,
        job.token(),
        job.queuedAt(),
        job.startedAt(),
        job.endedAt(),
        job.problem());
  }

  /** Ends a job that has not ended; a running one soon. False when there is none. */
  public boolean stop(long id) {
    Job job = store.find(id).orElse(null);
    if (job == null || job.state().ended()) {
      return false;
    }
    lock.lock();
    try {
      JobRun run = running.get(job.kind());
      if (run != null && run.job().id() == id) {
        run.stop();
        return true;
      }
    } finally {
      lock.unlock();
    }
    return store.end(id, JobState.STOPPED, job.progress(), "", clock.instant());
  }

  private void serve(String kind, JobWork work) {
    while (!closing) {
      try {
        JobRun run = next(kind);
        if (run != null) {
          run(run, work);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.atError().addKeyValue("kind", kind).setCause(e).log("Jobs cannot be read or written");
        if (!pause()) {
          return;
        }
      }
    }
  }

  /** Waits for news, which may also be none; false when it closes. */
  private boolean pause() {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(RETRY_SECONDS);
      while (!closing && left > 0) {
        left = news.awaitNanos(left);
      }
      return !closing;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the oldest job, waiting for one; null when the wait was in vain. The store is never asked
   * under the lock: whoever queues inside a transaction holds the store and wants the lock.
   */
  private @Nullable JobRun next(String kind) throws InterruptedException {
    long heard = told();
    List<Job> waiting = store.unfinished(kind);
    if (waiting.isEmpty()) {
      await(heard);
      waiting = store.unfinished(kind);
    }
    if (waiting.isEmpty() || closing) {
      return null;
    }
    long id = waiting.getFirst().id();
    store.started(id, clock.instant());
    JobRun run = new JobRun(store.find(id).orElseThrow(), store, () -> closing);
    lock.lock();
    try {
      running.put(kind, run);
    } finally {
      lock.unlock();
    }
    if (store.find(id).map(job -> job.state().ended()).orElse(true)) {
      forget(kind); // stopped just now
      return null;
    }
    return run;
  }

  private long told() {
    lock.lock();
    try {
      return told;
    } finally {
      lock.unlock();
    }
  }

  /** Waits some seconds at most for news that came after those that were heard. */
  private void await(long heard) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(RETRY_SECONDS);
      while (told == heard && !closing && left > 0) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void forget(String kind) {
    lock.lock();
    try {
      running.remove(kind);
    } finally {
      lock.unlock();
    }
  }

  private void run(JobRun run, JobWork work) throws InterruptedException {
    Job job = run.job();
    try {
      work.run(run);
      if (run.stoppedByPerson()) {
        end(run, JobState.STOPPED, "");
      } else if (!closing) {
        end(run, JobState.DONE, "");
      }
    } catch (IOException | RuntimeException | Error e) {
      // Boundary: one job that fails must not end the thread of its kind, nor stay "running" for
      // ever; input that nests too deep ends in an Error. Without memory the process ends itself.
      if (!closing) {
        LOG.atError()
            .addKeyValue("kind", job.kind())
            .addKeyValue("job", job.id())
            .setCause(e)
            .log("A job failed");
        end(run, JobState.FAILED, String.valueOf(e.getMessage()));
      }
    } finally {
      forget(job.kind());
    }
  }

  private void end(JobRun run, JobState state, String problem) {
    String cut = problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM);
    boolean ignored = store.end(run.job().id(), state, run.progress(), cut, clock.instant());
    store.trim(run.job().kind(), kept);
  }

  /** Lets running work return; what has not ended is taken up by the next process. */
  @Override
  public void close() {
    closing = true;
    // No interrupt: it would close the files that the work reads.
    wake();
    for (Thread thread : threads.values()) {
      try {
        thread.join(LEAVE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
