package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.AlertState;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.alert.Severity;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.PlaceFiles;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.BackupWork;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.PassFiles;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.RunSeal;
import tr.emanet.backup.plan.SealedChains;
import tr.emanet.backup.plan.SealedPlaces;
import tr.emanet.backup.plan.SelfSource;
import tr.emanet.backup.plan.SpecCheck;
import tr.emanet.backup.plan.Upkeep;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.source.Source;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** Everything that can be wrong with backups is an alert among the others, and its end ends it. */
class BackupAlarmsTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Principal CHIEF =
      new Principal("mudur", "Müdür", Set.of(Role.ADMINISTRATOR, Role.ANALYST));
  private static final String PLACE =
      "{\"name\":\"NAS\",\"address\":\"/mnt/nas\",\"hostKey\":\"\",\"user\":\"\",\"region\":\"\","
          + "\"lockDays\":0,\"mebibytesPerSecond\":0,\"quiet\":\"\",\"elsewhere\":false,"
          + "\"jobs\":[1]}";

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-20T06:00:00Z");
  private Database database;
  private Alerts alerts;
  private BackupDesk desk;
  private BackupAlarms alarms;
  private String depot;

  @BeforeEach
  void opens() throws Exception {
    depot = directory.resolve("depo").toString();
    database =
        Database.open(
            directory.resolve("state"),
            List.of("audit", "alert", "job", "backup/plan", "backup/place"));
    AuditLog audit = new AuditLog(database, () -> now);
    alerts = new Alerts(database, audit, Policies.fixed(Policy.SHIPPED), Map::of, ZONE, () -> now);
    Jobs jobs = new Jobs(database, () -> now, 10);
    Nowhere nowhere = new Nowhere();
    SealedPlaces sealed =
        new SealedPlaces(nowhere, directory.resolve("upkeep"), database, () -> now);
    Upkeep.Parts looks = new Upkeep.Parts(database, audit, nowhere, sealed, () -> now);
    Upkeep upkeep = new Upkeep(looks, jobs);
    desk =
        new BackupDesk(
            new BackupWork.Parts(
                directory.resolve("staging"),
                ZONE,
                database,
                audit,
                nowhere,
                nowhere,
                new PassFiles(directory.resolve("keys")),
                nowhere,
                () -> now),
            jobs,
            new SpecCheck(directory.resolve("state"), Set.of()));
    PlaceDesk.Parts made =
        new PlaceDesk.Parts(
            database,
            audit,
            nowhere,
            desk,
            new PlaceFiles(directory.resolve("places"), new SecureRandom()),
            new SealedChains(upkeep, looks),
            ZONE,
            () -> now);
    PlaceDesk places = new PlaceDesk(made, jobs);
    CopyTending tending = new CopyTending(made, jobs);
    alarms =
        new BackupAlarms(
            alerts,
            desk,
            upkeep,
            moment -> Places.conditions(places, tending, desk, moment),
            () -> now);
  }

  @AfterEach
  void closes() {
    database.close();
  }

  /** Nothing runs here: what runs and looks have found is written into the rows they write. */
  private static final class Nowhere
      implements Repositories, RunSeal, SelfSource, SealedPlaces.Sealer {

    private static final String NOTHING = "nothing runs in this test";

    @Override
    public Repository open(String address) throws IOException {
      throw new IOException(NOTHING);
    }

    @Override
    public String notReady(String address) {
      return "";
    }

    @Override
    public boolean escrowed() {
      return true;
    }

    @Override
    public void addEscrow(String name, byte[] certificate) {
      throw new IllegalStateException(NOTHING);
    }

    @Override
    public Watch watch(
        Repository repository, BackupJob job, RunRecord run, BooleanSupplier stopped) {
      throw new IllegalStateException(NOTHING);
    }

    @Override
    public List<Path> take() {
      throw new IllegalStateException(NOTHING);
    }

    @Override
    public void drop() {
      throw new IllegalStateException(NOTHING);
    }

    @Override
    public BackupSeals get() throws IOException {
      throw new IOException(NOTHING);
    }

    @Override
    public List<X509Certificate> certificates() {
      return List.of();
    }
  }

  /** A job with a run of this moment that is complete. */
  private void job() throws IOException {
    Path source = Files.createDirectories(directory.resolve("Zabıta"));
    BackupSpec spec =
        new BackupSpec(
            "Zabıta",
            "",
            List.of(new Source.Tree(source.toString())),
            depot,
            "30 3 * * *",
            null,
            new Keep(7, 0, 0, 0),
            26,
            "",
            BackupSpec.Hooks.NONE);
    assertThat(desk.create(CHIEF, spec, List.of())).isInstanceOf(BackupDesk.Answer.Done.class);
    run(1, "complete");
  }

  private void run(long id, String state) {
    sql(
        "INSERT INTO backup_run (id, plan, job, cause, owner, repository, state, started_at,"
            + " ended_at, snapshot, problem) VALUES ("
            + (id + ", 1, " + id + ", 'schedule', '-', '" + depot + "', '" + state + "', ")
            + (at() + ", " + at() + ", 'ab', 'no space')"));
  }

  private long at() {
    return now.toEpochMilli();
  }

  private void sql(String statement) {
    database.write(h -> h.execute(statement));
  }

  private List<Alert> standing() {
    alarms.look();
    return alerts.list(AlertFilter.OPEN, CHIEF, null, 100).stream()
        .filter(alert -> alert.fact(Facts.ENDED).isEmpty())
        .toList();
  }

  private void begins(String reason, Severity severity) {
    assertThat(standing())
        .as(reason)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.fact(Facts.REASON)).isEqualTo("backup-" + reason);
              assertThat(alert.fact(Facts.CONDITION)).isEqualTo(BackupAlarms.ASSET);
              assertThat(alert.severity()).isEqualTo(severity);
              assertThat(alert.state()).isEqualTo(AlertState.NEW);
            });
  }

  private void ends() {
    assertThat(standing()).isEmpty();
    assertThat(alerts.list(AlertFilter.OPEN, CHIEF, null, 100)).as("closed by its end").isEmpty();
  }

  @Test
  void tellsOfABackupThatIsTooLongAgo() throws Exception {
    job();
    ends();
    now = now.plus(Duration.ofHours(27));

    begins("rpo", Severity.HIGH);

    run(2, "complete");
    ends();

    // A run of a night with the clock years ahead is no backup of tomorrow.
    now = now.plus(Duration.ofDays(1825));
    run(3, "complete");
    now = now.minus(Duration.ofDays(1825)).plus(Duration.ofHours(27));
    begins("rpo", Severity.HIGH);
  }

  @Test
  void tellsOfARunThatFailed() throws Exception {
    job();
    run(2, "failed");

    begins("failed", Severity.MEDIUM);
    assertThat(standing().getFirst().fact(Facts.DETAIL)).isEqualTo("no space");

    run(3, "complete");
    ends();
  }

  @Test
  void tellsOfACommandAfterABackupThatFailedUntilItWorksAgain() throws Exception {
    job();
    sql(
        "INSERT INTO backup_hook (run, moment, hook, code, said)"
            + " VALUES (1, 'before', 'durdur', 0, ''), (1, 'after', 'baslat', 3, 'not found')");

    begins("after", Severity.HIGH);
    assertThat(standing().getFirst().fact(Facts.DETAIL)).isEqualTo("baslat: not found");

    run(2, "complete");
    sql("INSERT INTO backup_hook (run, moment, hook, code, said) VALUES (2, 'after', 'b', 0, '')");
    ends();
  }

  @Test
  void tellsOfARunThatLooksLikeAnAttackUntilAPersonLetsRetentionGoOn() throws Exception {
    job();
    sql("UPDATE backup_plan SET frozen_at = " + at() + ", frozen_why = 'encrypted'");

    begins("suspicious", Severity.CRITICAL);

    assertThat(desk.thaw(CHIEF, 1)).isInstanceOf(BackupDesk.Answer.Done.class);
    ends();
  }

  @Test
  void endsTheAlarmsOfAJobThatIsPausedOrRemoved() throws Exception {
    job();
    now = now.plus(Duration.ofHours(27));
    begins("rpo", Severity.HIGH);

    assertThat(desk.pause(CHIEF, 1, true)).isInstanceOf(BackupDesk.Answer.Done.class);
    ends();
    assertThat(desk.pause(CHIEF, 1, false)).isInstanceOf(BackupDesk.Answer.Done.class);
    begins("rpo", Severity.HIGH);
    assertThat(desk.remove(CHIEF, 1)).isInstanceOf(BackupDesk.Answer.Done.class);
    ends();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "rolled-back | CRITICAL | rolled_back_at = NOW | rolled_back_at = NULL",
        "damaged | CRITICAL | findings_since = NOW, findings ="
            + " '[{\"kind\":\"DAMAGED\",\"object\":\"data/ab\",\"text\":\"is gone\"}]'"
            + " | findings_since = NULL, findings = '[]'",
        "foreign | HIGH | findings_since = NOW, findings ="
            + " '[{\"kind\":\"FOREIGN\",\"object\":\"snapshots/ab\",\"text\":\"is new\"}]'"
            + " | findings_since = NULL, findings = '[]'",
        "unstamped | MEDIUM | unstamped = '2026-11-16: the authority answers 503'"
            + " | unstamped = ''",
        "upkeep | MEDIUM | failed_since = NOW - 172800001, problem = 'no route'"
            + " | failed_since = NULL, problem = ''",
      })
  void tellsWhatIsWrongWithARepository(String reason, String severity, String wrong, String mended)
      throws Exception {
    job();
    sql("INSERT INTO backup_repository (address) VALUES ('" + depot + "')");
    ends();
    sql("UPDATE backup_repository SET " + wrong.replace("NOW", Long.toString(at())));

    begins(reason, Severity.valueOf(severity));
    assertThat(standing().getFirst().fact(Facts.FEED)).isEqualTo(depot);

    sql("UPDATE backup_repository SET " + mended);
    ends();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "copy | MEDIUM | DELETE FROM backup_copy"
            + " | INSERT INTO backup_copy (place, plan, repository, state, started_at, ended_at)"
            + " VALUES (1, 1, 'DEPOT', 'complete', NOW, NOW)",
        "copy-damaged | HIGH | INSERT INTO backup_copy_damage (place, plan, repository, kind, name,"
            + " trouble, found_at) VALUES (1, 1, 'DEPOT', 'DATA', 'ab', 'altered', NOW)"
            + " | DELETE FROM backup_copy_damage",
        "copy-keys | MEDIUM | INSERT INTO backup_copy_keys (place, plan, repository, tried_at,"
            + " problem, failing_since) VALUES (1, 1, 'DEPOT', NOW, 'no route', NOW - 3600001)"
            + " | DELETE FROM backup_copy_keys",
        "copy-unread | MEDIUM | INSERT INTO backup_copy_reading (place, plan, repository, cycle_at,"
            + " tried_at) VALUES (1, 1, 'DEPOT', NOW - 61 * 86400000, NOW)"
            + " | DELETE FROM backup_copy_reading",
      })
  void tellsWhatIsWrongWithASecondPlace(String reason, String severity, String wrong, String mended)
      throws Exception {
    job();
    sql("UPDATE backup_plan SET paused = 1"); // its own alarm is not asked for here
    sql("INSERT INTO backup_place (spec, created_by, created_at) VALUES ('" + PLACE + "', '-', 0)");
    sql(
        filled(
            "INSERT INTO backup_copy (place, plan, repository, state, started_at, ended_at)"
                + " VALUES (1, 1, 'DEPOT', 'complete', NOW + 1, NOW + 1)"));
    ends();
    now = now.plus(Duration.ofHours(27));
    sql(filled(wrong));

    begins(reason, Severity.valueOf(severity));

    sql(filled(mended));
    ends();
  }

  private String filled(String statement) {
    return statement.replace("DEPOT", depot).replace("NOW", String.format(Locale.ROOT, "%d", at()));
  }
}
