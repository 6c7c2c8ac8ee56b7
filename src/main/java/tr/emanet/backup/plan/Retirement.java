package tr.emanet.backup.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;

/**
 * Repositories without a job. They hold what may still be restored, so they are looked after as
 * before and their alarms stay; an administrator who knows better, because the disk is scrap for
 * instance, gives one up, and takes that back. Nothing that is stored changes by it. Every act is
 * audited. Thread-safe.
 */
public final class Retirement {

  private static final int MAX_WHY = 300;

  private final Upkeep upkeep;
  private final Upkeep.Parts parts;
  private final RetiredStore retired;
  private final LeftStore left;

  Retirement(Upkeep upkeep, Upkeep.Parts parts) {
    this.upkeep = upkeep;
    this.parts = parts;
    this.retired = new RetiredStore(parts.database());
    this.left = new LeftStore(parts.database());
  }

  /** All repositories without a job, by address. */
  public List<UnusedRepository> unused() {
    Map<String, UnusedRepository.Retired> given = retired.all();
    return upkeep.unused().stream()
        .map(
            state ->
                new UnusedRepository(state, left.at(state.address()), given.get(state.address())))
        .toList();
  }

  /** Gives a repository up: no look, no alarm. Its snapshots stay where they are. */
  public RepositoryDesk.Answer retire(Principal who, String address, String why) {
    return on(
        who,
        address,
        found -> {
          String reason = why.strip();
          if (found.retired() != null) {
            return new RepositoryDesk.Answer.Refused("retired", "");
          }
          if (reason.isEmpty() || reason.length() > MAX_WHY) {
            return new RepositoryDesk.Answer.Refused("why", "");
          }
          retired.retired(
              address, new UnusedRepository.Retired(who.id(), parts.clock().instant(), reason));
          parts
              .audit()
              .record(
                  who,
                  "backup.repository-retired",
                  Map.of("repository", address, "why", reason, "alarms", alarms(found.state())));
          return new RepositoryDesk.Answer.Done(List.of());
        });
  }

  /** What was wrong when its alarms ended, so that the record of the act says it. */
  private static String alarms(RepositoryState state) {
    StringBuilder text = new StringBuilder(state.problem());
    if (state.rolledBackAt() != null) {
      text.append(text.isEmpty() ? "" : "; ").append("put back at ").append(state.rolledBackAt());
    }
    if (!state.findings().isEmpty()) {
      text.append(text.isEmpty() ? "" : "; ")
          .append(state.findings().size())
          .append(" findings, the first: ")
          .append(state.findings().getFirst().object());
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  /** Has it looked after again, and looks at once. */
  public RepositoryDesk.Answer watch(Principal who, String address) {
    RepositoryDesk.Answer answer =
        on(
            who,
            address,
            found -> {
              if (found.retired() == null) {
                return new RepositoryDesk.Answer.Refused("not-retired", "");
              }
              retired.forget(List.of(address));
              parts.audit().record(who, "backup.repository-watched", Map.of("repository", address));
              return new RepositoryDesk.Answer.Done(List.of());
            });
    if (answer instanceof RepositoryDesk.Answer.Done) {
      upkeep.now(address);
    }
    return answer;
  }

  /** Does something with a repository without a job. */
  @FunctionalInterface
  private interface Act {
    RepositoryDesk.Answer on(UnusedRepository found);
  }

  private RepositoryDesk.Answer on(Principal who, String address, Act act) {
    if (!who.has(Role.ADMINISTRATOR)) {
      return new RepositoryDesk.Answer.Refused("role", "");
    }
    return parts
        .database()
        .transaction(
            () -> {
              Optional<UnusedRepository> found =
                  unused().stream().filter(u -> u.state().address().equals(address)).findFirst();
              return found.map(act::on).orElseGet(RepositoryDesk.Answer.Unknown::new);
            });
  }
}
