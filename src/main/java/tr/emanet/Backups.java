package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.backup.http.BackupsResource;
import tr.emanet.backup.http.BackupsScreenResource;
import tr.emanet.backup.http.KeyActsResource;
import tr.emanet.backup.http.KeyActsScreenResource;
import tr.emanet.backup.http.KeysResource;
import tr.emanet.backup.http.KeysScreenResource;
import tr.emanet.backup.http.Protection;
import tr.emanet.backup.key.KeyRecordStore;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.place.PlaceDoors;
import tr.emanet.backup.place.PlaceFiles;
import tr.emanet.backup.plan.Around;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupWork;
import tr.emanet.backup.plan.Hooks;
import tr.emanet.backup.plan.KeyedRepositories;
import tr.emanet.backup.plan.PassFiles;
import tr.emanet.backup.plan.SpecCheck;
import tr.emanet.backup.proof.KeyActs;
import tr.emanet.backup.proof.KeyDesk;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.job.Jobs;
import tr.emanet.journal.Journal;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;

/** Backup jobs, wired: the desk, its runner, the pulse of the schedule, the alarms. */
final class Backups implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final int KEPT_JOBS = 100;
  private static final long PULSE_SECONDS = 5;

  private final ZoneId zone;
  private final Jobs jobs;
  private final BackupDesk desk;
  private final RepositoryUpkeep upkeep;
  private final BackupAlarms alarms;
  private final DeviceEvents events;
  private final Restores restores;
  private final Proofs proofs;
  private final KeyDesk keyDesk;
  private final KeyActs keyActs;
  private final Places places;
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backup-schedule").factory());

  private Backups(Detection.Parts parts, Alerts alerts, Sealing sealing, Journal journal) {
    this.zone = parts.settings().zoneId();
    this.jobs = new Jobs(parts.database(), parts.clock(), KEPT_JOBS);
    Path keys = parts.state().keys().resolve("backup");
    KeyRecordStore records = new KeyRecordStore(parts.database(), parts.audit());
    RepositoryKeys passwords =
        new RepositoryKeys(keys, credentials(), records, parts.random(), parts.clock());
    PlaceDoors doors =
        new PlaceDoors(parts.database(), new PlaceFiles(keys.resolve("places"), parts.random()));
    KeyedRepositories repositories =
        new KeyedRepositories(
            passwords,
            parts.random(),
            parts.clock(),
            doors,
            parts.state().root().resolve("upkeep").resolve("beside"));
    this.keyDesk = new KeyDesk(passwords, records, parts.random(), parts.clock(), zone);
    this.upkeep = new RepositoryUpkeep(parts, sealing, repositories, jobs);
    this.restores = new Restores(parts, repositories, jobs, sealing);
    this.events = new DeviceEvents(journal, parts.clock());
    Hooks hooks = new Hooks(parts.settings().backup().hooks(), parts.database());
    this.desk =
        new BackupDesk(
            new BackupWork.Parts(
                parts.state().root().resolve("staging"),
                zone,
                parts.database(),
                parts.audit(),
                repositories,
                upkeep.runs(),
                new PassFiles(keys.resolve("databases")),
                sealing.selfCopy(parts.state(), parts.database()),
                parts.clock()),
            jobs,
            new SpecCheck(parts.state().root(), hooks.names(), doors),
            new Around(hooks, events));
    this.proofs = new Proofs(parts, alerts, sealing, jobs, desk, repositories);
    this.keyActs =
        new KeyActs(
            new KeyActs.Parts(
                passwords,
                parts.database(),
                parts.audit(),
                desk,
                repositories,
                upkeep.sealer()::get,
                parts.clock()));
    this.places = new Places(parts, repositories, desk, upkeep, proofs.desk()::again, jobs);
    this.alarms =
        new BackupAlarms(alerts, desk, upkeep.upkeep(), places::conditions, parts.clock());
  }

  private static @Nullable Path credentials() {
    String named = System.getenv("CREDENTIALS_DIRECTORY");
    return named == null ? null : Path.of(named);
  }

  /** Makes everything and goes on with what the last process left. */
  static Backups open(Detection.Parts parts, Alerts alerts, Sealing sealing, Journal journal) {
    Backups backups = new Backups(parts, alerts, sealing, journal);
    backups.jobs.start();
    backups.pulse.execute(backups.upkeep::begin);
    var ignored =
        backups.pulse.scheduleWithFixedDelay(
            backups::beat, PULSE_SECONDS, PULSE_SECONDS, TimeUnit.SECONDS);
    return backups;
  }

  private void beat() {
    try {
      desk.tick();
      upkeep.upkeep().tick();
      places.tick();
      alarms.look();
      restores.beat();
      proofs.beat();
    } catch (RuntimeException e) {
      // Boundary: the next beat must come, whatever this one found.
      LOG.atError().setCause(e).log("The schedule of backups cannot be read; trying again");
    }
  }

  void install(Environment environment, Pages pages, Shells shells) {
    Protection protection = new Protection(proofs.desk(), places.desk(), restores.desk());
    environment.jersey().register(new BackupsResource(desk, shells));
    environment
        .jersey()
        .register(new BackupsScreenResource(desk, protection, upkeep.desk(), zone, pages, shells));
    upkeep.install(environment, desk, protection, pages, shells);
    restores.install(environment, desk, pages, shells);
    proofs.install(environment, pages, shells);
    environment.jersey().register(new KeysScreenResource(keyDesk, keyActs, desk, pages, shells));
    environment.jersey().register(new KeyActsScreenResource(keyDesk, keyActs, pages, shells));
    environment.jersey().register(new KeysResource(keyDesk, keyActs, desk, shells));
    environment.jersey().register(new KeyActsResource(keyActs, shells));
    places.install(environment, pages, shells);
  }

  /** What intake says, with the events that backups made. */
  IntakeStatus among(IntakeStatus others) {
    return events.among(others);
  }

  /** What runs, for the top bar. */
  Optional<ShellFacts.RunningJob> running() {
    return restores.running().or(this::backingUp);
  }

  private Optional<ShellFacts.RunningJob> backingUp() {
    return desk.running()
        .map(
            job ->
                new ShellFacts.RunningJob(
                    "web.job.backup",
                    job.id(),
                    job.progress().total() == 0 ? -1 : job.progress().percent(),
                    "/backups?job=" + job.input().split(" ", -1)[0]))
        .or(proofs::running)
        .or(places::running);
  }

  /** When backups were last proven, for the head of their pages. */
  ShellFacts.Proven proven() {
    return proofs.proven();
  }

  /** Lets a run return, to be taken up at the next start; before the store. */
  @Override
  public void close() {
    pulse.shutdownNow();
    jobs.close();
    restores.close();
  }
}
