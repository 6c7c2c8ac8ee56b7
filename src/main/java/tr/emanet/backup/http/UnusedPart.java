package tr.emanet.backup.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.backup.plan.Retirement;
import tr.emanet.backup.plan.UnusedRepository;
import tr.emanet.event.Role;
import tr.emanet.web.Shell;

/**
 * What the page of jobs says of a repository without a job; every text is ready.
 *
 * @param says what stands there and when it was looked at
 * @param troubles what is wrong, the worst first
 * @param given who gave it up, when and why; else empty
 * @param decides whether this person may give it up or take that back
 */
public record UnusedPart(
    String address, List<String> says, List<String> troubles, String given, boolean decides) {

  /** All of them. */
  static List<UnusedPart> all(Retirement retirement, Shell shell) {
    return retirement.unused().stream().map(unused -> of(unused, shell)).toList();
  }

  private static UnusedPart of(UnusedRepository unused, Shell shell) {
    RepositoryState state = unused.state();
    List<String> says = new ArrayList<>();
    Instant oldest = unused.left().oldest();
    if (oldest != null) {
      says.add(
          shell.t(
              "backup.repository.left.of",
              shell.formats().number(unused.left().snapshots()),
              shell.formats().date(oldest)));
    }
    Instant looked = state.lookedAt();
    says.add(
        shell.t("backup.repository.looked")
            + ": "
            + (looked == null
                ? shell.t("backup.repository.looked.never")
                : shell.formats().shortMoment(looked)));
    UnusedRepository.Retired retired = unused.retired();
    return new UnusedPart(
        state.address(),
        says,
        RepositoryPart.troubles(state, shell),
        retired == null
            ? ""
            : shell.t(
                "backup.unused.given",
                retired.by(),
                shell.formats().shortMoment(retired.at()),
                retired.why()),
        shell.person().filter(p -> p.person().has(Role.ADMINISTRATOR)).isPresent());
  }
}
