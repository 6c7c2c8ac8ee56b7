package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.backup.http.HealsResource;
import tr.emanet.backup.http.HealsScreenResource;
import tr.emanet.backup.http.PlacesResource;
import tr.emanet.backup.http.PlacesScreenResource;
import tr.emanet.backup.http.ReadingsResource;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.Due;
import tr.emanet.backup.place.HealDesk;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.PlaceFiles;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;

/** Second places of repositories, wired. */
final class Places {

  /** So long may a copy lag behind its job before an alarm is raised. */
  private static final Duration LAG = Duration.ofHours(26);

  private final PlaceDesk desk;
  private final HealDesk heals;
  private final CopyTending tending;
  private final RepositoryDesk repositoryDesk;
  private final BackupDesk backups;

  Places(
      Detection.Parts parts,
      Repositories repositories,
      BackupDesk backups,
      RepositoryUpkeep upkeep,
      Consumer<String> healed,
      Jobs jobs) {
    ZoneId zone = parts.settings().zoneId();
    this.backups = backups;
    this.repositoryDesk = upkeep.desk();
    PlaceDesk.Parts made =
        new PlaceDesk.Parts(
            parts.database(),
            parts.audit(),
            repositories,
            backups,
            new PlaceFiles(
                parts.state().keys().resolve("backup").resolve("places"), parts.random()),
            upkeep.chains(),
            zone,
            parts.clock());
    this.desk = new PlaceDesk(made, jobs);
    this.heals = new HealDesk(made, upkeep.healing(), healed, jobs);
    this.tending = new CopyTending(made, jobs);
  }

  PlaceDesk desk() {
    return desk;
  }

  void tick() {
    desk.tick();
    tending.tick();
  }

  void install(Environment environment, Pages pages, Shells shells) {
    environment.jersey().register(new PlacesResource(desk, shells));
    environment.jersey().register(new PlacesScreenResource(desk, tending, backups, pages, shells));
    environment.jersey().register(new ReadingsResource(desk, tending, backups));
    environment.jersey().register(new HealsResource(heals, shells));
    environment.jersey().register(new HealsScreenResource(heals, repositoryDesk, pages, shells));
  }

  /** A copy that runs, for the top bar. */
  Optional<ShellFacts.RunningJob> running() {
    return desk.running().map(Places::shown).or(() -> heals.running().map(this::healing));
  }

  private ShellFacts.RunningJob healing(Job job) {
    return new ShellFacts.RunningJob(
        "web.job.backup-heal",
        job.id(),
        job.progress().total() == 0 ? -1 : job.progress().percent(),
        "/backups/heals?job=" + job.subject().substring(job.subject().indexOf(':') + 1));
  }

  private static ShellFacts.RunningJob shown(Job job) {
    return new ShellFacts.RunningJob(
        "web.job.backup-copy",
        job.id(),
        job.progress().total() == 0 ? -1 : job.progress().percent(),
        "/backups/targets?place=" + job.input().split(" ", -1)[0]);
  }

  /** Copies that lag behind their jobs for too long. */
  List<Condition> conditions(Instant now) {
    return conditions(desk, tending, backups, now);
  }

  static List<Condition> conditions(
      PlaceDesk desk, CopyTending tending, BackupDesk backups, Instant now) {
    return Stream.concat(
            desk.due().stream()
                .filter(due -> due.since().plus(LAG).isBefore(now))
                .map(due -> condition(due, due.since())),
            CopyConditions.of(tending, desk, backups, now).stream())
        .toList();
  }

  private static Condition condition(Due due, Instant since) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, due.job().spec().name());
    facts.put(Facts.CONDITION, BackupAlarms.ASSET);
    facts.put(Facts.REASON, "backup-copy");
    facts.put(Facts.SINCE, since.toString());
    facts.put(Facts.DETAIL, due.place().spec().name() + ", " + due.place().spec().address());
    return new Condition(
        BackupAlarms.ASSET + ":copy:" + due.place().id() + ":" + due.job().id(),
        Severity.MEDIUM,
        since,
        1,
        facts);
  }
}
