package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.UnlockRun;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;

/**
 * What people do with the repository of a job: look at it now, remove locks that nobody holds, take
 * over what another tool has changed. Every act is audited. Thread-safe.
 */
public final class RepositoryDesk {

  /** The message of a lock whose holder is silent has this. */
  private static final String STALE = "no sign of life";

  private final Upkeep upkeep;
  private final Upkeep.Parts parts;
  private final BackupStore plans;
  private final RepositoryStore store;
  private final Retirement retirement;

  /** What an act leads to. */
  public sealed interface Answer {

    /** It is done; {@code said} is English, a line each, and may be empty. */
    record Done(List<String> said) implements Answer {
      public Done {
        said = List.copyOf(said);
      }
    }

    /**
     * It cannot be.
     *
     * @param reason last part of a text key
     * @param detail English, may be empty
     */
    record Refused(String reason, String detail) implements Answer {}

    /** There is no such job. */
    record Unknown() implements Answer {}
  }

  public RepositoryDesk(Upkeep upkeep, Upkeep.Parts parts) {
    this.upkeep = upkeep;
    this.parts = parts;
    this.plans = new BackupStore(parts.database());
    this.store = new RepositoryStore(parts.database());
    this.retirement = new Retirement(upkeep, parts);
  }

  /** Repositories without a job, and what people do with them. */
  public Retirement retirement() {
    return retirement;
  }

  /** How the repository of a job stood; empty when it was not looked at yet. */
  public Optional<RepositoryState> state(long job) {
    return plans.job(job).flatMap(j -> store.find(j.spec().repository())).map(this::current);
  }

  /** A question that nobody answered in its time is void. */
  private RepositoryState current(RepositoryState state) {
    RepositoryState.Adoption asked = state.adoption();
    if (asked == null || asked.at().plus(BackupDesk.ASKED_FOR).isAfter(parts.clock().instant())) {
      return state;
    }
    store.asked(state.address(), null);
    return store.find(state.address()).orElse(state);
  }

  /** What a job has left in repositories of old eras, or wherever it was before. */
  public LeftStore.Left left(long job) {
    LeftStore left = new LeftStore(parts.database());
    return plans
        .job(job)
        .map(j -> left.elsewhere(job, j.spec().repository()))
        .orElse(new LeftStore.Left(0, null));
  }

  /** Whether the repository of a job is being looked at. */
  public boolean isLooking(long job) {
    return plans.job(job).flatMap(j -> upkeep.current(j.spec().repository())).isPresent();
  }

  /** The message of a job's last run when the lock of somebody silent stopped it; else empty. */
  public String staleLock(long job) {
    return plans.runs(job, 1).stream()
        .filter(run -> run.state() == RunRecord.State.FAILED && run.problem().contains(STALE))
        .map(RunRecord::problem)
        .findFirst()
        .orElse("");
  }

  /** Looks at the repository soon. */
  public Answer look(Principal who, long job) {
    return on(
        job,
        plan -> {
          String address = plan.spec().repository();
          if (upkeep.current(address).isPresent()) {
            return new Answer.Refused("looking", "");
          }
          audit(who, "backup.repository-look-asked", plan, Map.of());
          upkeep.now(address);
          return new Answer.Done(List.of());
        });
  }

  /** Removes the locks that nobody holds; those of living processes stay and are named. */
  public Answer unlock(Principal who, long job) {
    return on(
        job,
        plan -> {
          try (Repository repository = parts.repositories().existing(plan.spec().repository())) {
            UnlockRun.Result result =
                UnlockRun.stale(
                    repository,
                    parts.clock(),
                    (lock, description) ->
                        audit(
                            who,
                            "backup.unlocked",
                            plan,
                            Map.of("lock", lock, "description", description)));
            if (result.removed().isEmpty() && !result.kept().isEmpty()) {
              return new Answer.Refused("lock-alive", String.join("; ", result.kept()));
            }
            return new Answer.Done(result.removed());
          } catch (IOException e) {
            return new Answer.Refused("unreachable", String.valueOf(e.getMessage()));
          }
        });
  }

  /** Asks that what another tool has changed be taken over; another person approves. */
  public Answer askAdoption(Principal who, long job, String why) {
    return on(
        job,
        plan -> {
          String address = plan.spec().repository();
          boolean nothing =
              state(job).filter(s -> !s.findings().isEmpty() || s.rolledBackAt() != null).isEmpty();
          if (nothing) {
            return new Answer.Refused("no-changes", "");
          }
          if (why.isBlank()) {
            return new Answer.Refused("why", "");
          }
          Instant now = parts.clock().instant();
          store.asked(address, new RepositoryState.Adoption(who.id(), now, why.strip()));
          audit(who, "backup.adoption-asked", plan, Map.of("why", why.strip()));
          return new Answer.Done(List.of());
        });
  }

  /** Approves it: every byte is read, then the repository is sealed as it is. */
  public Answer approveAdoption(Principal who, long job) {
    return on(
        job,
        plan -> {
          RepositoryState.Adoption asked = state(job).map(RepositoryState::adoption).orElse(null);
          if (asked == null) {
            return new Answer.Refused("nothing-asked", "");
          }
          if (!who.has(Role.ADMINISTRATOR)) {
            return new Answer.Refused("role", "");
          }
          if (asked.by().equals(who.id())) {
            return new Answer.Refused("same-person", "");
          }
          String address = plan.spec().repository();
          if (upkeep.current(address).isPresent()) {
            return new Answer.Refused("looking", "");
          }
          audit(
              who,
              "backup.adoption-approved",
              plan,
              Map.of("asked", asked.by(), "why", asked.why()));
          store.asked(address, null);
          upkeep.adopt(address, asked.by(), who.id());
          return new Answer.Done(List.of());
        });
  }

  /** Refuses it; the changes stay what they are. */
  public Answer rejectAdoption(Principal who, long job) {
    return on(
        job,
        plan -> {
          if (state(job).map(RepositoryState::adoption).isEmpty()) {
            return new Answer.Refused("nothing-asked", "");
          }
          audit(who, "backup.adoption-rejected", plan, Map.of());
          store.asked(plan.spec().repository(), null);
          return new Answer.Done(List.of());
        });
  }

  /** Does something with the plan of a job. */
  @FunctionalInterface
  private interface Act {
    Answer on(BackupJob plan);
  }

  private Answer on(long job, Act act) {
    return plans.job(job).map(act::on).orElseGet(Answer.Unknown::new);
  }

  private void audit(Principal who, String action, BackupJob plan, Map<String, String> more) {
    Map<String, String> details = new java.util.LinkedHashMap<>();
    details.put("job", plan.spec().name());
    details.put("repository", plan.spec().repository());
    details.putAll(more);
    parts.audit().record(who, action, details);
  }
}
