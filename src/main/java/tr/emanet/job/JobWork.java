package tr.emanet.job;

import java.io.IOException;

/** What jobs of one kind do. Called by one thread at a time. */
@FunctionalInterface
public interface JobWork {

  /**
   * Does the work, or the rest of it from {@link Job#token} on; returns early when {@link
   * JobRun#stopped}.
   *
   * @throws IOException when it cannot be done; the message is kept as the problem of the job
   */
  void run(JobRun run) throws IOException, InterruptedException;
}
