package tr.emanet.job;

import java.util.function.BooleanSupplier;

/** A job while it runs. The work's thread reports; any thread may look. */
public final class JobRun {

  private final Job job;
  private final JobStore store;
  private final BooleanSupplier closing;
  private volatile boolean stopped;
  private volatile Progress progress;

  JobRun(Job job, JobStore store, BooleanSupplier closing) {
    this.job = job;
    this.store = store;
    this.closing = closing;
    this.progress = job.progress();
  }

  /** The job as it was when it began; its token says where. */
  public Job job() {
    return job;
  }

  /** Whether the work must return soon: somebody stopped it, or the process ends. */
  public boolean stopped() {
    return stopped || closing.getAsBoolean();
  }

  /** Says how far it is; only in memory, so it may be called often. */
  public void progress(Progress now) {
    progress = now;
  }

  /** Keeps where to go on, and how far it is. Durable when this returns. */
  public void keep(String token, Progress now) {
    progress = now;
    store.keep(job.id(), token, now);
  }

  Progress progress() {
    return progress;
  }

  /** Whether a person asked for the end. */
  public boolean stoppedByPerson() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }
}
