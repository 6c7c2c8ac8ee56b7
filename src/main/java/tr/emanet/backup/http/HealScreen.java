package tr.emanet.backup.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.HealDesk;
import tr.emanet.backup.place.HealRecord;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the page of healings shows. One request. */
final class HealScreen {

  private static final int HEALS = 20;
  private static final int TROUBLES = 20;

  private final HealDesk desk;
  private final RepositoryDesk repositories;
  private final Shell shell;
  private final Formats formats;

  HealScreen(HealDesk desk, RepositoryDesk repositories, Shell shell) {
    this.desk = desk;
    this.repositories = repositories;
    this.shell = shell;
    this.formats = shell.formats();
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("backup.heal." + key, arguments);
  }

  private boolean acts() {
    return shell
        .person()
        .map(p -> p.person())
        .filter(p -> p.has(Role.BACKUP_OPERATOR) || p.has(Role.ADMINISTRATOR))
        .isPresent();
  }

  /**
   * The page.
   *
   * @param wanted the job; 0 for the first that has a copy
   * @param place chosen beforehand; 0 for none
   * @param problem what went wrong just now; may be empty
   */
  HealViews.Page page(long wanted, long place, String problem) {
    List<BackupJob> plans = desk.plans();
    BackupJob job =
        plans.stream()
            .filter(plan -> wanted == 0 ? isAt(plan, place) : plan.id() == wanted)
            .findFirst()
            .orElse(plans.isEmpty() || wanted != 0 ? null : plans.getFirst());
    long id = job == null ? 0 : job.id();
    List<HealViews.Heal> heals =
        job == null ? List.of() : desk.newest(id, HEALS).stream().map(this::heal).toList();
    return new HealViews.Page(
        acts(),
        problem,
        id,
        job == null ? "" : job.spec().name(),
        plans.stream()
            .map(plan -> new HealViews.Choice(plan.id(), plan.spec().name(), plan.id() == id))
            .toList(),
        job == null
            ? List.of()
            : desk.copiesOf(job).stream()
                .map(p -> new HealViews.Choice(p.id(), p.spec().name(), p.id() == place))
                .toList(),
        heals.stream().anyMatch(HealViews.Heal::running),
        troubles(id),
        heals);
  }

  /** Whether a job has a copy at a place; at any with 0. */
  private boolean isAt(BackupJob plan, long place) {
    return place == 0 || desk.copiesOf(plan).stream().anyMatch(p -> p.id() == place);
  }

  /** The job of a repository's address; 0 when none of those that can be healed has it. */
  long of(String repository) {
    return desk.plans().stream()
        .filter(plan -> plan.spec().repository().equals(repository))
        .map(BackupJob::id)
        .findFirst()
        .orElse(0L);
  }

  private List<String> troubles(long job) {
    return repositories.state(job).map(RepositoryState::findings).orElse(List.of()).stream()
        .filter(found -> found.kind() != RepositoryState.Kind.FOREIGN)
        .limit(TROUBLES)
        .map(found -> found.object() + ": " + found.text())
        .toList();
  }

  private HealViews.Heal heal(HealRecord heal) {
    String mark =
        switch (heal.state()) {
          case QUEUED, RUNNING -> "running";
          case WHOLE -> "ok";
          case PARTLY -> "attention";
          case FAILED -> "broken";
          case STOPPED -> "unknown";
        };
    Job job = desk.current(heal.id()).orElse(null);
    int percent = job == null || job.progress().total() == 0 ? -1 : job.progress().percent();
    return new HealViews.Heal(
        heal.id(),
        mark.equals("running") ? "running" : "health-" + mark,
        mark,
        t("state." + heal.state().id()),
        when(heal),
        t("what." + heal.side().id(), place(heal)),
        !heal.state().ended(),
        percent,
        job == null ? "" : job.progress().note(),
        heal.state().ended() ? t("healed", formats.number(heal.healed())) : "",
        heal.healedNames(),
        heal.left() == 0 ? "" : t("left", formats.number(heal.left())),
        heal.leftNames(),
        heal.problem());
  }

  private String place(HealRecord heal) {
    return desk.place(heal.place()).map(Place::spec).map(spec -> spec.name()).orElse("–");
  }

  private String when(HealRecord heal) {
    Instant ended = heal.endedAt();
    String at = formats.shortMoment(heal.askedAt());
    String by = heal.owner().equals("-") ? t("by.program") : heal.owner();
    return ended == null ? at + ", " + by : at + " – " + formats.shortMoment(ended) + ", " + by;
  }
}
