package tr.emanet.backup.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.job.JobRun;
import tr.emanet.store.Database;

/**
 * The commands of the configuration file around a run, and the record of what they did. A failing
 * one before the backup fails the run; the one after it runs always, and its failure is recorded.
 * Thread-safe.
 */
public final class Hooks {

  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

  private final Map<String, HookSpec> known = new HashMap<>();
  private final HookStore store;

  /** Makes it of what the configuration file names; checked before. */
  public Hooks(List<HookSpec> hooks, Database database) {
    hooks.forEach(hook -> known.put(hook.name(), hook));
    this.store = new HookStore(database);
  }

  /** The names that a job may choose. */
  public Set<String> names() {
    return Set.copyOf(known.keySet());
  }

  /** What the commands of a run did, in their order. */
  public List<HookRun> of(long run) {
    return store.of(run);
  }

  void before(BackupJob job, RunRecord run, JobRun work)
      throws BackupException, InterruptedException {
    String name = job.spec().hooks().before();
    if (name.isEmpty()) {
      return;
    }
    HookRun done = run(HookRun.Moment.BEFORE, name, job, run, work::stopped);
    if (!done.well()) {
      throw new BackupException(
          "the command '" + name + "' before the backup failed: " + done.said());
    }
  }

  /** The command after the newest run that ended, when it failed: what was stopped may stand. */
  public Optional<HookRun> failedAfter(List<RunRecord> runs) {
    return runs.stream()
        .filter(run -> run.state() != RunRecord.State.RUNNING)
        .findFirst()
        .flatMap(
            run ->
                of(run.id()).stream()
                    .filter(done -> done.moment() == HookRun.Moment.AFTER && !done.well())
                    .findFirst());
  }

  /**
   * Runs the command after the backup, if the job has one.
   *
   * @param run as far as it is known, {@code RUNNING} when it made no snapshot
   */
  void after(BackupJob job, RunRecord run) throws InterruptedException {
    String name = job.spec().hooks().after();
    if (!name.isEmpty()) {
      // Whatever stopped the run: what the first command shut down must come up again.
      HookRun ignored = run(HookRun.Moment.AFTER, name, job, run, () -> false);
    }
  }

  private HookRun run(
      HookRun.Moment moment,
      String name,
      BackupJob job,
      RunRecord run,
      java.util.function.BooleanSupplier stopped)
      throws InterruptedException {
    HookSpec hook = known.get(name);
    HookRun done =
        hook == null
            ? new HookRun(
                moment, name, HookRun.NO_CODE, "it is not in the configuration file any more")
            : HookRun.of(moment, hook, facts(moment, job, run), stopped);
    store.add(run.id(), done);
    if (!done.well()) {
      LOG.atWarn()
          .addKeyValue("job", job.spec().name())
          .addKeyValue("hook", name)
          .addKeyValue("code", done.code())
          .log("A command around a backup failed");
    }
    return done;
  }

  /** What a command may read from its environment; documented in operations.md. */
  private static Map<String, String> facts(HookRun.Moment moment, BackupJob job, RunRecord run) {
    Map<String, String> facts = new HashMap<>();
    facts.put("EMANET_JOB", job.spec().name());
    facts.put("EMANET_RUN", Long.toString(run.id()));
    facts.put("EMANET_REPOSITORY", job.spec().repository());
    facts.put("EMANET_MOMENT", moment.name().toLowerCase(Locale.ROOT));
    if (moment == HookRun.Moment.AFTER) {
      boolean made = run.state() != RunRecord.State.RUNNING;
      facts.put("EMANET_STATE", made ? run.state().id() : "failed");
      facts.put("EMANET_SNAPSHOT", run.snapshot());
      facts.put("EMANET_FILES", Long.toString(run.figures().files()));
      facts.put("EMANET_BYTES", Long.toString(run.figures().bytes()));
      facts.put("EMANET_UNREAD", Long.toString(run.unread()));
    }
    return facts;
  }
}
