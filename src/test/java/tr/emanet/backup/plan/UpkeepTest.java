package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.source.Source;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** The daily look at a repository that jobs with real seals write to, with a clock of our own. */
class UpkeepTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Principal OPERATOR =
      new Principal("yedekci", "Yedek Operatörü", Set.of(Role.BACKUP_OPERATOR));
  private static final Principal CHIEF =
      new Principal("mudur", "Müdür", Set.of(Role.ADMINISTRATOR));

  @TempDir Path directory;
  private volatile Instant now = Instant.parse("2026-11-20T06:00:00Z");
  private final SecureRandom random = new SecureRandom();
  private Database database;
  private SealKey key;
  private BuiltInTsa authority;
  private PasswordFiles repositories;
  private Jobs jobs;
  private BackupDesk desk;
  private Upkeep upkeep;
  private RepositoryDesk places;
  private Path source;
  private Path depot;
  private int written;
  private volatile List<String> old = List.of();

  @BeforeEach
  void opens() throws Exception {
    source = Files.createDirectories(directory.resolve("Zabıta/Tutanaklar"));
    depot = directory.resolve("depo");
    database = Database.open(directory.resolve("state"), List.of("audit", "job", "backup/plan"));
    key = SealKey.openOrCreate(directory.resolve("state/keys"), "sunucu", random, () -> now);
    authority = BuiltInTsa.create(random, () -> now);
    start();
  }

  private void start() {
    jobs = new Jobs(database, () -> now, 100);
    Path keys = directory.resolve("state/keys");
    AuditLog audit = new AuditLog(database, () -> now);
    repositories = new PasswordFiles(keys.resolve("password"), random, () -> now);
    SealedPlaces sealed =
        new SealedPlaces(new Signing(), directory.resolve("state/upkeep"), database, () -> now);
    Upkeep.Parts parts = new Upkeep.Parts(database, audit, repositories, sealed, () -> now);
    upkeep = new Upkeep(parts, jobs, new OldEras(() -> old, ZONE));
    places = new RepositoryDesk(upkeep, parts);
    desk =
        new BackupDesk(
            new BackupWork.Parts(
                directory.resolve("state/staging"),
                ZONE,
                database,
                audit,
                repositories,
                new SignedRuns(sealed, database, () -> now),
                new PassFiles(keys),
                new NoSelf(),
                () -> now),
            jobs,
            new SpecCheck(directory.resolve("state"), Set.of()));
    jobs.start();
  }

  private final class Signing implements SealedPlaces.Sealer {
    @Override
    public BackupSeals get() {
      return new BackupSeals(key, () -> now, ZONE, authority);
    }

    @Override
    public List<X509Certificate> certificates() {
      return key.certificates();
    }
  }

  @AfterEach
  void closes() {
    jobs.close();
    database.close();
    key.close();
  }

  private BackupJob made() {
    BackupSpec spec =
        new BackupSpec(
            "Zabıta",
            "",
            List.of(new Source.Tree(directory.resolve("Zabıta").toString())),
            depot.toString(),
            "",
            null,
            new Keep(1, 0, 0, 0),
            26,
            "",
            BackupSpec.Hooks.NONE);
    return ((BackupDesk.Answer.Done) desk.create(OPERATOR, spec, List.of())).job();
  }

  /** A run over one new file, the one before removed. */
  private RunRecord run(BackupJob job) throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(++written).nextBytes(bytes);
    Files.deleteIfExists(source.resolve("tutanak " + (written - 1) + ".zip"));
    Files.write(source.resolve("tutanak " + written + ".zip"), bytes);
    assertThat(desk.runNow(OPERATOR, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());
    return desk.runs(job.id(), 1).getFirst();
  }

  private RepositoryState looked() {
    upkeep.now(depot.toString());
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(depot.toString()).isEmpty());
    return upkeep.state(depot.toString()).orElseThrow();
  }

  private long packs() throws IOException {
    try (Stream<Path> all = Files.walk(depot.resolve("data"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private List<String> audited() {
    return new AuditLog(database, () -> now)
        .page(AuditFilter.ALL, Long.MAX_VALUE, 100).stream().map(e -> e.action()).toList();
  }

  @Test
  void freesOneDayLaterWhatRetentionLetGoAndStampsTheDays() throws Exception {
    BackupJob job = made();
    assertThat(desk.approve(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);
    for (int day = 0; day < 5; day++) {
      assertThat(run(job).state()).isEqualTo(RunRecord.State.COMPLETE);
      now = now.plus(Duration.ofDays(1));
    }
    long before = packs();

    RepositoryState marked = looked();
    long afterMark = packs();
    now = now.plus(Duration.ofHours(25));
    RepositoryState swept = looked();

    assertThat(marked.findings()).isEmpty();
    assertThat(marked.sweepAfter()).isNotNull();
    assertThat(afterMark).isEqualTo(before);
    assertThat(packs()).isLessThan(before);
    assertThat(swept.freedBytes()).isGreaterThan(150_000);
    assertThat(swept.findings()).isEmpty();
    assertThat(swept.unstamped()).isEmpty();
    assertThat(swept.head().sequence()).isGreaterThanOrEqualTo(6);
    assertThat(depot.resolve("seals/daily/2026-11-20.txt.tsr")).exists();
    assertThat(audited()).contains("backup.expired", "backup.pruned");
  }

  @Test
  void letsGoWhatACutRunLeftWithTheSnapshotOfTheRun() throws Exception {
    BackupJob job = made();
    assertThat(desk.approve(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);
    BackupStore store = new BackupStore(database);
    store.begin(job.id(), 4711, RunRecord.Cause.PERSON, "yedekci", depot.toString(), now);
    String first = snapshot();
    now = now.plusSeconds(1);
    String second = snapshot();
    upkeep.begin();
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(depot.toString()).isEmpty());
    long again =
        store.begin(job.id(), 4712, RunRecord.Cause.PERSON, "yedekci", depot.toString(), now);
    String third = snapshot();
    new CutStore(database).noted(again, third);
    // The end of the process once more, and the second try fails before its snapshot.
    store.begin(job.id(), 4712, RunRecord.Cause.PERSON, "yedekci", depot.toString(), now);
    upkeep.begin();
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(depot.toString()).isEmpty());
    assertThat(standing()).contains(first, second, third);

    for (int day = 0; day < 5; day++) {
      now = now.plus(Duration.ofDays(1));
      run(job);
    }

    assertThat(standing()).doesNotContain(first, second, third);
    assertThat(looked().findings()).isEmpty();
  }

  private List<String> standing() throws IOException {
    try (Stream<Path> all = Files.list(depot.resolve("snapshots"))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void letsTheSnapshotsOfAnOldEraGoUnderTheSameRuleAndNoneOfAFrozenJob() throws Exception {
    BackupJob job = made();
    assertThat(desk.approve(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);
    for (int day = 0; day < 3; day++) {
      run(job);
      now = now.plus(Duration.ofDays(1));
    }
    String next = directory.resolve("depo-2").toString();
    assertThat(desk.change(CHIEF, job.id(), in(job.spec(), next), List.of("")))
        .isInstanceOf(BackupDesk.Answer.Done.class);
    old = List.of(depot.toString());
    LeftStore left = new LeftStore(database);
    for (int day = 0; day < 2; day++) {
      assertThat(run(job).repository()).isEqualTo(next);
      now = now.plus(Duration.ofDays(1));
    }
    BackupStore store = new BackupStore(database);
    store.frozen(job.id(), now, "encrypted");
    looked();
    assertThat(left.at(depot.toString()).snapshots()).isEqualTo(3);
    store.frozen(job.id(), null, "");

    RepositoryState first = looked();

    assertThat(left.at(depot.toString()).snapshots()).as("the newest three stay").isEqualTo(1);
    assertThat(places.left(job.id()).snapshots()).isEqualTo(1);
    assertThat(standing()).hasSize(1);
    assertThat(first.findings()).isEmpty();
    assertThat(places.retirement().unused()).as("an old era is not without a job").isEmpty();
    run(job);
    now = now.plus(Duration.ofHours(25));
    RepositoryState last = looked();
    assertThat(left.at(depot.toString())).isEqualTo(new LeftStore.Left(0, null));
    assertThat(standing()).isEmpty();
    assertThat(last.findings()).isEmpty();
    assertThat(last.freedBytes()).isGreaterThan(300_000);
    assertThat(new LeftStore(database).at(next).snapshots()).isEqualTo(3);
  }

  private static BackupSpec in(BackupSpec spec, String repository) {
    return new BackupSpec(
        spec.name(),
        spec.systems(),
        spec.sources(),
        repository,
        spec.schedule(),
        spec.startAt(),
        spec.keep(),
        spec.rpoHours(),
        spec.quiet(),
        spec.hooks());
  }

  @Test
  void freesNothingWhileAJobOfTheRepositoryIsFrozen() throws Exception {
    BackupJob job = made();
    run(job);
    new BackupStore(database).frozen(job.id(), now, "encrypted");

    RepositoryState state = looked();

    assertThat(state.lookedAt()).isEqualTo(now);
    assertThat(state.sweepAfter()).isNull();
    assertThat(directory.resolve("state/upkeep"))
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
  }

  @Test
  void tellsOfARepositoryThatWasPutBackUntilAPersonHasJudgedIt() throws Exception {
    BackupJob job = made();
    run(job);
    Path kept = directory.resolve("eski");
    copy(depot, kept);
    now = now.plusSeconds(60);
    run(job);
    Files.move(depot, directory.resolve("yeni"));
    Files.move(kept, depot);
    now = now.plusSeconds(60);

    RunRecord after = run(job);
    RepositoryState state = looked();

    assertThat(after.state()).isEqualTo(RunRecord.State.COMPLETE);
    assertThat(state.rolledBackAt()).isNotNull();
    assertThat(state.has(RepositoryState.Kind.ROLLED_BACK)).isTrue();
    assertThat(places.askAdoption(OPERATOR, job.id(), "geri yüklendi"))
        .isInstanceOf(RepositoryDesk.Answer.Done.class);
    assertThat(places.approveAdoption(OPERATOR, job.id()))
        .isEqualTo(new RepositoryDesk.Answer.Refused("role", ""));
    assertThat(places.approveAdoption(CHIEF, job.id()))
        .isInstanceOf(RepositoryDesk.Answer.Done.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(depot.toString()).isEmpty());
    RepositoryState judged = upkeep.state(depot.toString()).orElseThrow();
    assertThat(judged.rolledBackAt()).isNull();
    assertThat(judged.findings()).isEmpty();
    assertThat(audited()).contains("backup.adoption-asked", "backup.adopted");
  }

  @Test
  void sealsASnapshotOfOursThatACutRunLeftAndNamesTheOneOfAnother() throws Exception {
    BackupJob job = made();
    run(job);
    now = now.plusSeconds(60);
    BackupStore store = new BackupStore(database);
    long cut =
        store.begin(job.id(), 4711, RunRecord.Cause.PERSON, "yedekci", depot.toString(), now);
    now = now.plusSeconds(1);
    String left = snapshot();
    new CutStore(database).noted(cut, left);

    upkeep.begin();
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(depot.toString()).isEmpty());
    now = now.plusSeconds(60);
    String foreign = snapshot();
    RepositoryState state = looked();

    RunRecord ended = store.run(cut).orElseThrow();
    assertThat(ended.snapshot()).isEqualTo(left);
    assertThat(ended.state()).isEqualTo(RunRecord.State.INCOMPLETE);
    assertThat(state.findings())
        .anyMatch(f -> f.object().equals("snapshots/" + foreign))
        .allMatch(f -> f.kind() == RepositoryState.Kind.FOREIGN);
  }

  @Test
  void removesOnlyALockThatNobodyHolds() throws Exception {
    BackupJob job = made();
    run(job);
    try (Repository repository = repositories.open(depot.toString());
        RepositoryLock lock = RepositoryLock.take(repository, true, () -> now)) {
      lock.held();
      assertThat(places.unlock(OPERATOR, job.id()))
          .isInstanceOfSatisfying(
              RepositoryDesk.Answer.Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo("lock-alive"));
      now = now.plus(Duration.ofMinutes(40));

      assertThat(places.unlock(OPERATOR, job.id()))
          .isInstanceOfSatisfying(
              RepositoryDesk.Answer.Done.class, done -> assertThat(done.said()).hasSize(1));
    }
    assertThat(audited()).contains("backup.unlocked");
  }

  @Test
  void looksAfterARepositoryWhoseJobIsGoneUntilAnAdministratorGivesItUp() throws Exception {
    BackupJob job = made();
    run(job);
    String address = depot.toString();
    try (Stream<Path> data = Files.walk(depot.resolve("data"))) {
      Files.delete(data.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
    assertThat(desk.remove(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);

    now = now.plus(Duration.ofDays(2));
    upkeep.tick();
    now = now.plus(Duration.ofDays(2));
    upkeep.tick();
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(address).isEmpty());

    Retirement retirement = places.retirement();
    assertThat(upkeep.states())
        .singleElement()
        .matches(state -> state.has(RepositoryState.Kind.DAMAGED) && now.equals(state.lookedAt()));
    assertThat(retirement.unused())
        .singleElement()
        .matches(unused -> unused.retired() == null && unused.left().snapshots() == 1);
    assertThat(retirement.retire(OPERATOR, address, "disk hurdaya ayrıldı"))
        .isEqualTo(new RepositoryDesk.Answer.Refused("role", ""));
    assertThat(retirement.retire(CHIEF, address, " "))
        .isEqualTo(new RepositoryDesk.Answer.Refused("why", ""));
    assertThat(retirement.retire(CHIEF, "/baska", "yok"))
        .isEqualTo(new RepositoryDesk.Answer.Unknown());
    assertThat(retirement.retire(CHIEF, address, "disk hurdaya ayrıldı"))
        .isInstanceOf(RepositoryDesk.Answer.Done.class);
    assertThat(upkeep.states()).isEmpty();
    assertThat(retirement.unused().getFirst().retired())
        .isEqualTo(new UnusedRepository.Retired("mudur", now, "disk hurdaya ayrıldı"));
    assertThat(audited()).contains("backup.repository-retired");

    now = now.plus(Duration.ofDays(2));
    assertThat(looked().lookedAt()).isEqualTo(now.minus(Duration.ofDays(2)));
    assertThat(retirement.watch(CHIEF, address)).isInstanceOf(RepositoryDesk.Answer.Done.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(address).isEmpty());
    assertThat(upkeep.states()).singleElement().matches(state -> now.equals(state.lookedAt()));
  }

  @Test
  void takesARepositoryThatAJobUsesAgainForOneThatIsLookedAfter() throws Exception {
    BackupJob job = made();
    run(job);
    String address = depot.toString();
    upkeep.tick();
    assertThat(places.retirement().retire(CHIEF, address, "yok"))
        .as("a job writes there")
        .isEqualTo(new RepositoryDesk.Answer.Unknown());
    desk.remove(CHIEF, job.id());
    assertThat(places.retirement().retire(CHIEF, address, "taşındı"))
        .isInstanceOf(RepositoryDesk.Answer.Done.class);

    BackupJob again = made();
    upkeep.tick();

    assertThat(places.retirement().unused()).isEmpty();
    assertThat(upkeep.states()).hasSize(1);
    desk.remove(CHIEF, again.id());
    assertThat(places.retirement().unused()).singleElement().matches(u -> u.retired() == null);
  }

  private String snapshot() throws IOException {
    try (Repository repository = repositories.open(depot.toString());
        RepositoryLock lock = RepositoryLock.take(repository, false, () -> now)) {
      return BackupRun.run(repository, List.of(source), now, lock).snapshot().hex();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path at = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(at);
        } else {
          Files.copy(path, at);
        }
      }
    }
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
