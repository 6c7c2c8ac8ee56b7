package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.source.Source;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** A desk with its runner over a real store and a real repository, with a clock of our own. */
class BackupDeskTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Principal OPERATOR =
      new Principal("yedekci", "Yedek Operatörü", Set.of(Role.BACKUP_OPERATOR));
  private static final Principal CHIEF =
      new Principal("mudur", "Müdür", Set.of(Role.ADMINISTRATOR));
  private static final int FILES = 60;

  @TempDir Path directory;
  private volatile Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private Database database;
  private Jobs jobs;
  private BackupDesk desk;
  private Path source;

  @BeforeEach
  void opens() throws Exception {
    source = Files.createDirectories(directory.resolve("Fen İşleri/İmar Planları"));
    for (int i = 0; i < FILES; i++) {
      write(i, "parsel " + i);
    }
    database = Database.open(directory.resolve("state"), List.of("audit", "job", "backup/plan"));
    start();
  }

  private void start() {
    jobs = new Jobs(database, () -> now, 100);
    Path keys = directory.resolve("state/keys");
    desk =
        new BackupDesk(
            new BackupWork.Parts(
                directory.resolve("state/staging"),
                ZONE,
                database,
                new AuditLog(database, () -> now),
                new PasswordFiles(keys.resolve("password"), new SecureRandom(), () -> now),
                new NoSeal(),
                new PassFiles(keys),
                new NoSelf(),
                () -> now),
            jobs,
            new SpecCheck(directory.resolve("state"), Set.of("söyle", "olmaz", "uyu", "hepsi")),
            new Around(
                new Hooks(
                    List.of(
                        new HookSpec("söyle", List.of("/usr/bin/printenv", "EMANET_JOB"), 10),
                        new HookSpec("olmaz", List.of("/usr/bin/ls", "/$(id)"), 10),
                        new HookSpec("hepsi", List.of("/usr/bin/env"), 10),
                        new HookSpec("uyu", List.of("/usr/bin/sleep", "60"), 1)),
                    database),
                DeviceNews.NONE));
    jobs.start();
  }

  @AfterEach
  void closes() {
    jobs.close();
    database.close();
  }

  /** What happens between the opening of the repository and the snapshot. */
  private volatile Consumer<BackupJob> before = job -> {};

  private final class NoSeal implements RunSeal, RunSeal.Watch {

    @Override
    public Watch watch(
        Repository repository, BackupJob job, RunRecord run, BooleanSupplier stopped) {
      before.accept(job);
      return this;
    }

    @Override
    public String sealed(RunRecord run) {
      return "";
    }

    @Override
    public void removed(List<RunRecord> runs, Keep rule, RunSeal.Removing act) throws IOException {
      assertThat(runs).isNotEmpty();
      act.run();
    }

    @Override
    public void close() {
      assertThat(database).isNotNull();
    }
  }

  private void write(int number, String text) throws IOException {
    Files.writeString(
        source.resolve("ölçü krokisi " + number + ".txt"), (text + " şehir planı\n").repeat(200));
  }

  private BackupSpec spec(String schedule, Path repository) {
    return new BackupSpec(
        "Fen İşleri",
        "dosya sunucusu",
        List.of(new Source.Tree(directory.resolve("Fen İşleri").toString())),
        repository.toString(),
        schedule,
        null,
        new Keep(2, 0, 0, 0),
        26,
        "",
        BackupSpec.Hooks.NONE);
  }

  private BackupJob made(String schedule) {
    return ((BackupDesk.Answer.Done)
            desk.create(OPERATOR, spec(schedule, directory.resolve("depo")), List.of()))
        .job();
  }

  private RunRecord run(BackupJob job) {
    assertThat(desk.runNow(OPERATOR, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());
    return desk.runs(job.id(), 1).getFirst();
  }

  @Test
  void flagsATreeThatWasEncryptedAndFreezesRetention() throws Exception {
    BackupJob job = made("");
    RunRecord first = run(job);
    write(7, "yüzde bir değişti");
    RunRecord small = run(job);
    Random random = new Random(5);
    byte[] picture = new byte[40_000];
    for (int i = 0; i < 20; i++) {
      random.nextBytes(picture);
      Files.write(source.resolve("foto " + i + (i % 2 == 0 ? ".jpg" : ".zip")), picture);
    }
    RunRecord pictures = run(job);
    for (int i = 0; i < FILES; i++) {
      encrypt(source.resolve("ölçü krokisi " + i + ".txt"));
    }

    RunRecord encrypted = run(job);

    assertThat(List.of(first.state(), small.state(), pictures.state()))
        .containsOnly(RunRecord.State.COMPLETE);
    assertThat(first.figures().files()).isEqualTo(FILES);
    assertThat(encrypted.state()).isEqualTo(RunRecord.State.SUSPICIOUS);
    assertThat(encrypted.findings()).contains(Guard.Finding.ENCRYPTED);
    // The clock stands, so which of the snapshots is the parent is chance.
    assertThat(encrypted.figures().scrambled()).isBetween((long) FILES, FILES + 20L);
    assertThat(small.figures().scrambled()).isZero();
    BackupJob frozen = desk.job(job.id()).orElseThrow();
    assertThat(frozen.frozenAt()).isEqualTo(now);
    assertThat(desk.remove(CHIEF, job.id())).isEqualTo(new BackupDesk.Answer.Refused("frozen"));
    assertThat(desk.thaw(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);
    assertThat(desk.job(job.id()).orElseThrow().frozenAt()).isNull();
  }

  @Test
  void seesEncryptionAfterThirtyRunsThatFailed() throws Exception {
    BackupJob job = made("");
    assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);
    BackupStore store = new BackupStore(database);
    for (int i = 0; i < 30; i++) {
      long id = store.begin(job.id(), 9000 + i, RunRecord.Cause.SCHEDULE, "", "depo", now);
      RunRecord begun = store.run(id).orElseThrow();
      store.end(new Ending(begun, RunRecord.State.FAILED).with("disk", now));
    }
    for (int i = 0; i < FILES; i++) {
      encrypt(source.resolve("ölçü krokisi " + i + ".txt"));
    }

    RunRecord encrypted = run(job);

    assertThat(encrypted.state()).isEqualTo(RunRecord.State.SUSPICIOUS);
    assertThat(encrypted.findings()).contains(Guard.Finding.ENCRYPTED);
  }

  private static void encrypt(Path file) throws Exception {
    Path out = file.resolveSibling(file.getFileName() + ".enc");
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "enc",
                "-aes-256-ctr",
                "-K",
                "00".repeat(31) + "07",
                "-iv",
                Integer.toHexString(file.hashCode() | 0x1000_0000).repeat(4).substring(0, 32),
                "-in",
                file.toString(),
                "-out",
                out.toString())
            .start();
    assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(openssl.exitValue()).isZero();
    Files.delete(file);
  }

  @Test
  void removesOnlyUnderARuleThatASecondPersonApproved() {
    BackupJob job = made("");
    for (int day = 0; day < 5; day++) {
      assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);
      now = now.plus(Duration.ofDays(1));
    }
    long unapproved = standing(job);

    assertThat(desk.approve(OPERATOR, job.id())).isEqualTo(new BackupDesk.Answer.Refused("role"));
    assertThat(desk.approve(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);
    assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);

    assertThat(unapproved).isEqualTo(5);
    assertThat(standing(job)).isEqualTo(3);
    assertThat(audited()).contains("backup.retention-approved", "backup.expired", "backup.run");
  }

  private long standing(BackupJob job) {
    return desk.runs(job.id(), 50).stream()
        .filter(r -> !r.snapshot().isEmpty() && r.expiredAt() == null)
        .count();
  }

  private List<String> audited() {
    return new AuditLog(database, () -> now)
        .page(AuditFilter.ALL, Long.MAX_VALUE, 100).stream().map(e -> e.action()).toList();
  }

  @Test
  void makesUpOnceWhatWasMissed() {
    BackupJob job = made("30 2 * * *");
    desk.tick();
    int before = desk.runs(job.id(), 10).size();
    now = now.plus(Duration.ofDays(4));

    desk.tick();
    desk.tick();
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());

    List<RunRecord> runs = desk.runs(job.id(), 10);
    assertThat(before).isZero();
    assertThat(runs).hasSize(1);
    assertThat(runs.getFirst().cause()).isEqualTo(RunRecord.Cause.MISSED);
    Instant planned = desk.job(job.id()).orElseThrow().nextRun();
    assertThat(planned).isAfter(now);

    // A night with the clock years ahead plans a run that nobody would live to see.
    new BackupStore(database).next(job.id(), now.plus(Duration.ofDays(1825)));
    desk.tick();
    assertThat(desk.job(job.id()).orElseThrow().nextRun()).isEqualTo(planned);
  }

  @Test
  void makesNoRepositoryBelowTheMountPointOfADiskThatIsNotThere() throws Exception {
    BackupJob job = made("");
    assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);
    Path depot = directory.resolve("depo");
    Files.move(depot, directory.resolve("disk"));
    Files.createDirectory(depot);

    RunRecord without = run(job);
    Files.delete(depot);
    Files.move(directory.resolve("disk"), depot);

    assertThat(without.state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(without.problem()).contains("mounted");
    assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);
  }

  @Test
  void makesTheRepositoryWhoseMakingWasCut() throws Exception {
    BackupJob job = made("");
    Path depot = Files.createDirectory(directory.resolve("depo"));
    Files.createDirectories(depot.resolve("data/00"));
    Files.createDirectories(depot.resolve("keys"));
    Files.writeString(depot.resolve("keys").resolve("ab".repeat(32)), "{}");

    assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);
    assertThat(depot.resolve("keys").resolve("ab".repeat(32))).doesNotExist();
  }

  @Test
  void failsWithAReasonWhenTheSourceHasGone() throws Exception {
    BackupJob job = made("");
    Files.move(directory.resolve("Fen İşleri"), directory.resolve("gitti"));

    RunRecord run = run(job);

    assertThat(run.state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(run.problem()).contains("does not exist");
    assertThat(run.snapshot()).isEmpty();
  }

  @Test
  void refusesARepositoryInsideOfItsSourceAndOurOwnDirectory() {
    BackupDesk.Answer inside =
        desk.create(OPERATOR, spec("", directory.resolve("Fen İşleri/depo")), List.of());
    BackupDesk.Answer state =
        desk.create(OPERATOR, spec("", directory.resolve("state/depo")), List.of());
    BackupDesk.Answer wrong =
        desk.create(OPERATOR, spec("her gün", directory.resolve("depo")), List.of());

    assertThat(inside).isEqualTo(new BackupDesk.Answer.Refused("repository-inside"));
    assertThat(state).isEqualTo(new BackupDesk.Answer.Refused("repository-state"));
    assertThat(wrong).isEqualTo(new BackupDesk.Answer.Refused("schedule"));
  }

  @Test
  void stopsInTheMiddleOfASnapshotAndRunsAgain() {
    BackupJob job = made("");
    before = stopped -> assertThat(desk.stop(OPERATOR, stopped.id())).isNotNull();
    RunRecord first = run(job);
    before = ran -> {};
    RunRecord second = run(job);

    assertThat(first.state()).isEqualTo(RunRecord.State.STOPPED);
    assertThat(first.snapshot()).isEmpty();
    assertThat(second.state()).isEqualTo(RunRecord.State.COMPLETE);
    assertThat(second.figures().files()).isEqualTo(FILES);
  }

  @Test
  void goesOnWithARunThatTheEndOfTheProcessBrokeOff() {
    BackupJob job = made("");
    jobs.close();
    assertThat(desk.runNow(OPERATOR, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);

    start();
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());

    assertThat(desk.runs(job.id(), 10)).hasSize(1);
    assertThat(desk.runs(job.id(), 1).getFirst().state()).isEqualTo(RunRecord.State.COMPLETE);
    assertThat(directory.resolve("depo/config").toFile()).exists();
  }

  @Test
  void runsTheCommandsOfTheConfigurationFileAroundABackup() {
    RunRecord well = run(hooked("iyi", "söyle", "olmaz"));
    RunRecord wrong = run(hooked("kötü", "olmaz", "söyle"));
    RunRecord late = run(hooked("geç", "uyu", "söyle"));

    assertThat(well.state()).isEqualTo(RunRecord.State.COMPLETE);
    assertThat(desk.hooks().of(well.id()))
        .extracting(HookRun::moment, HookRun::hook, HookRun::well)
        .containsExactly(
            tuple(HookRun.Moment.BEFORE, "söyle", true),
            tuple(HookRun.Moment.AFTER, "olmaz", false));
    assertThat(desk.hooks().of(well.id()).getFirst().said()).isEqualTo("iyi");
    assertThat(desk.hooks().failedAfter(List.of(well)))
        .hasValueSatisfying(hook -> assertThat(hook.said()).contains("/$(id)"));
    assertThat(desk.hooks().failedAfter(List.of(wrong, well))).isEmpty();
    assertThat(wrong.state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(wrong.snapshot()).isEmpty();
    assertThat(wrong.problem()).contains("olmaz", "/$(id)");
    assertThat(desk.hooks().of(wrong.id())).extracting(HookRun::well).containsExactly(false, true);
    assertThat(late.problem()).contains("ended after 1 seconds");
    assertThat(HookSpec.problems(List.of(new HookSpec("a", List.of("ls"), 0)))).hasSize(1);
    assertThat(HookSpec.problems(List.of(new HookSpec("a", List.of("/usr/bin/ls"), 0)))).isEmpty();
  }

  @Test
  void tellsTheCommandAfterABackupHowItEnded() {
    RunRecord well = run(hooked("iyi", "", "hepsi"));
    RunRecord wrong = run(hooked("kötü", "olmaz", "hepsi"));

    assertThat(desk.hooks().of(well.id()).getFirst().said().lines())
        .contains(
            "EMANET_JOB=iyi",
            "EMANET_MOMENT=after",
            "EMANET_STATE=complete",
            "EMANET_SNAPSHOT=" + well.snapshot(),
            "EMANET_FILES=" + FILES,
            "EMANET_REPOSITORY=" + directory.resolve("depo"));
    assertThat(desk.hooks().of(wrong.id()).getLast().said().lines())
        .contains("EMANET_STATE=failed", "EMANET_SNAPSHOT=")
        .doesNotContain("HOME=" + System.getenv("HOME"));
  }

  private BackupJob hooked(String name, String before, String after) {
    BackupSpec plain = spec("", directory.resolve("depo"));
    BackupSpec spec =
        new BackupSpec(
            name,
            "",
            plain.sources(),
            plain.repository(),
            "",
            null,
            plain.keep(),
            26,
            "",
            new BackupSpec.Hooks(before, after));
    return ((BackupDesk.Answer.Done) desk.create(OPERATOR, spec, List.of())).job();
  }

  private record NoSelf() implements SelfSource {
    @Override
    public List<Path> take() {
      throw new IllegalStateException("no job here backs up the appliance");
    }

    @Override
    public void drop() {
      throw new IllegalStateException("no job here backs up the appliance");
    }
  }
}
