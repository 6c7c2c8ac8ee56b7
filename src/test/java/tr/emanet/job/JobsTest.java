package tr.emanet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/** Jobs run in turn, are watched and stopped, and outlive the process. */
class JobsTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_000));

  @TempDir Path state;
  private Database database;
  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void opens() throws StoreException {
    database = Database.open(state, List.of("job"));
  }

  @AfterEach
  void closes() {
    database.close();
  }

  private Jobs jobs(JobWork work) {
    Jobs jobs = new Jobs(database, CLOCK, 3);
    jobs.register("count", work);
    jobs.start();
    return jobs;
  }

  private static void awaitState(Jobs jobs, Job job, JobState state) {
    await().until(() -> jobs.find(job.id()).orElseThrow().state() == state);
  }

  @Test
  void runsOneAfterTheOtherInTheirOrder() {
    try (Jobs jobs = jobs(run -> said.add(run.job().input()))) {
      Job first = jobs.submit("count", "a", "ayse", "one");
      Job second = jobs.submit("count", "b", "-", "two");
      awaitState(jobs, second, JobState.DONE);

      assertThat(said).containsExactly("one", "two");
      Job ended = jobs.find(first.id()).orElseThrow();
      assertThat(ended.state()).isEqualTo(JobState.DONE);
      assertThat(ended.owner()).isEqualTo("ayse");
      assertThat(ended.endedAt()).isEqualTo(CLOCK.instant());
      assertThat(jobs.newest("count", 10)).extracting(Job::subject).containsExactly("b", "a");
      assertThat(jobs.unfinished("count")).isEmpty();
    }
  }

  @Test
  void saysWhyAJobFailedAndGoesOnWithTheNext() {
    try (Jobs jobs =
        jobs(
            run -> {
              if (run.job().input().equals("bad")) {
                throw new IOException("disk is gone");
              }
              if (run.job().input().equals("deep")) {
                throw new StackOverflowError("nested too deep");
              }
            })) {
      Job deep = jobs.submit("count", "", "-", "deep");
      Job bad = jobs.submit("count", "", "-", "bad");
      Job good = jobs.submit("count", "", "-", "good");
      awaitState(jobs, good, JobState.DONE);

      Job failed = jobs.find(bad.id()).orElseThrow();
      assertThat(failed.state()).isEqualTo(JobState.FAILED);
      assertThat(failed.problem()).isEqualTo("disk is gone");
      assertThat(jobs.find(deep.id()).orElseThrow().state()).isEqualTo(JobState.FAILED);
    }
  }

  @Test
  void showsProgressAndStopsWhatRuns() {
    CountDownLatch begun = new CountDownLatch(1);
    try (Jobs jobs =
        jobs(
            run -> {
              run.progress(new Progress(1, 4, "step"));
              begun.countDown();
              await().until(run::stopped);
            })) {
      Job job = jobs.submit("count", "", "-", "");
      Job waiting = jobs.submit("count", "", "-", "");
      await().until(() -> begun.getCount() == 0);

      assertThat(jobs.find(job.id()).orElseThrow().progress().percent()).isEqualTo(25);
      assertThat(jobs.running()).extracting(Job::id).containsExactly(job.id());
      assertThat(jobs.stop(waiting.id())).isTrue();
      assertThat(jobs.stop(job.id())).isTrue();
      awaitState(jobs, job, JobState.STOPPED);
      assertThat(jobs.find(waiting.id()).orElseThrow().state()).isEqualTo(JobState.STOPPED);
      assertThat(jobs.stop(job.id())).isFalse();
    }
  }

  @Test
  void goesOnAtItsTokenInTheNextProcess() {
    CountDownLatch kept = new CountDownLatch(1);
    Job job;
    try (Jobs jobs =
        jobs(
            run -> {
              run.keep("half", new Progress(1, 2, ""));
              kept.countDown();
              await().until(run::stopped);
            })) {
      job = jobs.submit("count", "", "-", "");
      await().until(() -> kept.getCount() == 0);
    }
    try (Jobs again = jobs(run -> said.add("from " + run.job().token()))) {
      awaitState(again, job, JobState.DONE);

      assertThat(said).containsExactly("from half");
    }
  }

  @Test
  void remembersOnlyTheNewestOfWhatHasEnded() {
    try (Jobs jobs = jobs(run -> {})) {
      Job last = jobs.submit("count", "0", "-", "");
      for (int i = 1; i < 6; i++) {
        last = jobs.submit("count", Integer.toString(i), "-", "");
      }
      awaitState(jobs, last, JobState.DONE);

      await().until(() -> jobs.newest("count", 10).size() == 3);
      assertThat(jobs.newest("count", 10)).extracting(Job::subject).containsExactly("5", "4", "3");
    }
  }
}
