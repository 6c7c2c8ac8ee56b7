package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.restic.PruneCycle;
import tr.emanet.backup.restic.PruneRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealReport;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.seal.SealedRemoval;
import tr.emanet.job.Job;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;
import tr.emanet.job.Jobs;
import tr.emanet.job.Progress;
import tr.emanet.store.Database;

/**
 * Looks after every repository, once a day and at the start: makes good what was cut, closes and
 * stamps the days of its seals, frees the space that nothing uses (marked one day, swept the next),
 * and compares what is stored with the seals. Nothing is freed while a job of the repository is
 * frozen. One repository at a time, beside the runs of jobs.
 */
public final class Upkeep implements JobWork {

  /** The kind of its jobs. */
  public static final String KIND = "backup-upkeep";

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration AGAIN = Duration.ofHours(1);
  private static final int STEPS = 4;
  private static final String START = "start";
  private static final String DAILY = "daily";
  private static final String ADOPT = "adopt";

  private final Parts parts;
  private final Jobs jobs;
  private final BackupStore plans;
  private final RepositoryStore store;
  private final OldEras eras;
  private final RetiredStore retired;

  /** What it is made of. */
  public record Parts(
      Database database,
      AuditLog audit,
      Repositories repositories,
      SealedPlaces places,
      InstantSource clock) {}

  /** For a machine without old eras. */
  public Upkeep(Parts parts, Jobs jobs) {
    this(parts, jobs, OldEras.none());
  }

  /** Makes it; the runner's work is registered here and started by whoever made the runner. */
  public Upkeep(Parts parts, Jobs jobs, OldEras eras) {
    this.parts = parts;
    this.eras = eras;
    this.jobs = jobs;
    this.plans = new BackupStore(parts.database());
    this.store = parts.places().store();
    this.retired = new RetiredStore(parts.database());
    jobs.register(KIND, this);
  }

  /** How the repositories stood that are looked after, when they were last looked at. */
  public List<RepositoryState> states() {
    Set<String> givenUp = givenUp();
    return store.all().stream().filter(state -> !givenUp.contains(state.address())).toList();
  }

  /** How those stood that no job writes to any more, given up or not. */
  List<RepositoryState> unused() {
    Set<String> used = used();
    used.addAll(eras.addresses()); // jobs go on there by their rules; keys have acts to end that
    return store.all().stream()
        .filter(state -> !used.contains(state.address()) && plans.runsTo(state.address()) > 0)
        .toList();
  }

  /** How the repository at an address stood. */
  public Optional<RepositoryState> state(String address) {
    return store.find(address);
  }

  /** The look at a repository that is queued or running, if any. */
  public Optional<Job> current(String address) {
    return jobs.unfinished(KIND).stream()
        .filter(job -> job.subject().equals(subject(address)))
        .findFirst();
  }

  private static String subject(String address) {
    return "repository:" + KeyedRepositories.name(address);
  }

  /** Where jobs write. */
  private Set<String> used() {
    return plans.jobs().stream()
        .map(job -> job.spec().repository())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What people gave up; a job that writes there again makes that void. */
  private Set<String> givenUp() {
    Set<String> all = new TreeSet<>(retired.all().keySet());
    all.removeAll(used());
    return all;
  }

  /** What is looked after: where jobs write or wrote, and nobody has given it up. */
  private Set<String> addresses() {
    Set<String> all = used();
    all.addAll(eras.addresses());
    unused().forEach(state -> all.add(state.address()));
    all.removeAll(givenUp());
    return all;
  }

  /** Without a job nobody misses keys that are gone; what alarms there are stay as they are. */
  private boolean isShut(String address) {
    return !used().contains(address) && !parts.repositories().notReady(address).isEmpty();
  }

  /** Looks at every repository soon, and ends runs that say they run and do not. At the start. */
  public void begin() {
    Set<Long> alive =
        jobs.unfinished(BackupWork.KIND).stream().map(Job::id).collect(Collectors.toSet());
    for (RunRecord run : plans.running()) {
      if (!alive.contains(run.job())) {
        plans.end(
            new Ending(run, RunRecord.State.FAILED)
                .with("the program ended during this run", parts.clock().instant()));
      }
    }
    addresses().forEach(address -> submit(START, address));
  }

  /** Begins what is due. Called every few seconds. */
  public void tick() {
    Instant now = parts.clock().instant();
    retired.forget(used());
    for (String address : addresses()) {
      Instant next = store.find(address).map(RepositoryState::nextUpkeep).orElse(null);
      if (next == null || next.isAfter(now.plus(EVERY))) { // the clock was ahead
        store.next(address, now.plus(EVERY));
      } else if (!next.isAfter(now)) {
        store.next(address, now.plus(EVERY));
        submit(DAILY, address);
      }
    }
  }

  /** Looks at a repository now. */
  public void now(String address) {
    submit(DAILY, address);
  }

  /** Takes over what another tool has changed, after reading every byte. */
  void adopt(String address, String asker, String approver) {
    submit(ADOPT + " " + asker + " " + approver, address);
  }

  private void submit(String cause, String address) {
    if (current(address).isEmpty()) {
      Job ignored = jobs.submit(KIND, subject(address), AuditLog.NOBODY, cause + " " + address);
    }
  }

  @Override
  public void run(JobRun run) throws IOException, InterruptedException {
    String[] input = run.job().input().split(" ", 2);
    boolean adopt = input[0].equals(ADOPT);
    String[] asked = adopt ? input[1].split(" ", 3) : new String[] {"", "", input[1]};
    String address = asked[2];
    if (plans.runsTo(address) == 0 || givenUp().contains(address) || isShut(address)) {
      return; // no run has made it yet, or nobody wants it looked after
    }
    try (Repository repository = parts.repositories().existing(address)) {
      if (adopt) {
        adopt(run, repository, address, "asked by " + asked[0] + ", approved by " + asked[1]);
      }
      look(run, repository, address, input[0].equals(DAILY));
    } catch (IOException | RuntimeException e) {
      if (run.stopped()) {
        return;
      }
      Instant now = parts.clock().instant();
      store.failed(address, String.valueOf(e.getMessage()), now);
      store.next(address, now.plus(AGAIN));
      LOG.atWarn()
          .addKeyValue("repository", address)
          .addKeyValue("reason", e.getMessage())
          .log("A repository cannot be looked after now; trying again in an hour");
      throw e;
    }
  }

  private void look(JobRun run, Repository repository, String address, boolean prune)
      throws IOException, InterruptedException {
    BackupSeals seals = parts.places().seals();
    run.progress(new Progress(0, STEPS, "recovering"));
    try (Turns.Turn turn = parts.places().turns().take(address, run::stopped)) {
      new Recovery(parts.places(), new CutStore(parts.database()))
          .recover(repository, address, parts.clock().instant());
    }
    run.progress(new Progress(1, STEPS, "closing days"));
    List<String> unstamped = seals.closeDays(repository);
    run.progress(new Progress(2, STEPS, "freeing space"));
    if (prune) {
      try {
        free(run, repository, address);
      } catch (IOException e) {
        damaged(repository, address, String.join("\n", unstamped));
        throw e;
      }
    }
    run.progress(new Progress(3, STEPS, "comparing with the seals"));
    parts.places().keep(repository, address);
    compare(repository, address, String.join("\n", unstamped));
    run.progress(new Progress(STEPS, STEPS, ""));
  }

  /** What stops the freeing is often damage, which is to be told by its name at once. */
  private void damaged(Repository repository, String address, String unstamped) throws IOException {
    Instant since = store.find(address).map(RepositoryState::failedSince).orElse(null);
    compare(repository, address, unstamped);
    if (since != null) {
      store.failed(address, "", since); // that the comparison came to its end mends no freeing
    }
  }

  /** After it the newest seal that is there is the one that counts, wherever it was put back. */
  private void adopt(JobRun run, Repository repository, String address, String approval)
      throws IOException, InterruptedException {
    run.progress(new Progress(0, STEPS, "reading every byte"));
    BackupSeals seals = parts.places().seals();
    try (Turns.Turn turn = parts.places().turns().take(address, run::stopped)) {
      String seal = SignedRuns.name(seals.adopt(repository, approval));
      store.head(address, seals.head(repository));
      store.rolledBack(address, null);
      parts
          .audit()
          .record(
              AuditLog.NOBODY,
              "backup.adopted",
              Map.of("repository", address, "seal", seal, "approval", approval));
    }
  }

  /** Whether a job of a repository looks like an attack. */
  boolean frozen(String address) {
    return plans.jobs().stream()
        .filter(job -> job.frozenAt() != null)
        .anyMatch(
            job -> job.spec().repository().equals(address) || OldEras.leftBy(plans, job, address));
  }

  /** Takes the next step of the prune; after a sweep the next mark is made at once. */
  private void free(JobRun run, Repository repository, String address)
      throws IOException, InterruptedException {
    SealedRemoval removal = parts.places().removal(repository, address, "");
    PruneCycle.Step step;
    try (Turns.Turn turn = parts.places().turns().take(address, run::stopped)) {
      // Asked in our turn: the run that we have waited for may be the one that looks like an
      // attack.
      if (frozen(address) || !parts.places().isWhereItWas(repository, address)) {
        return;
      }
      eras.expire(parts, repository, address);
      step = step(repository, address, removal);
      parts.places().keep(repository, address);
    }
    if (step instanceof PruneCycle.Swept swept) {
      PruneRun.Result result = swept.result();
      store.swept(address, result.removedBytes(), parts.clock().instant());
      parts
          .audit()
          .record(
              AuditLog.NOBODY,
              "backup.pruned",
              Map.of(
                  "repository", address,
                  "packs", Integer.toString(result.removedPacks().size()),
                  "bytes", Long.toString(result.removedBytes())));
      step = step(repository, address, removal);
    }
    switch (step) {
      case PruneCycle.Marked marked ->
          store.marked(address, marked.unusedBlobs() == 0 ? null : marked.sweepAfter());
      case PruneCycle.Waiting waiting -> store.marked(address, waiting.sweepAfter());
      case PruneCycle.Swept ignored -> store.marked(address, null);
    }
  }

  private PruneCycle.Step step(Repository repository, String address, SealedRemoval removal)
      throws IOException {
    return PruneCycle.step(
        repository, parts.places().mark(address), parts.clock(), PruneRun.GRACE, removal);
  }

  /** Keeps what does not fit the seals; the caller has the repository's turn, or only looks. */
  void compare(Repository repository, String address, String unstamped) throws IOException {
    SealTrust trust = new SealTrust(parts.places().certificates(), List.of());
    SealReport report =
        parts.places().seals().verify(repository, trust, false, store.head(address));
    List<RepositoryState.Found> found =
        report.findings().stream()
            .filter(finding -> !finding.isNote())
            .map(f -> new RepositoryState.Found(RepositoryState.Kind.of(f), f.object(), f.text()))
            .toList();
    store.looked(address, found, unstamped, parts.clock().instant());
    for (RepositoryState.Found one : found.stream().limit(20).toList()) {
      LOG.atWarn()
          .addKeyValue("repository", address)
          .addKeyValue("object", one.object())
          .addKeyValue("finding", one.text())
          .log("A repository does not fit its seals");
    }
  }
}
