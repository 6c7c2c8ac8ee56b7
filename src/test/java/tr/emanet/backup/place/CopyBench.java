package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.BackupWork;
import tr.emanet.backup.plan.Healing;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.PassFiles;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SealedChains;
import tr.emanet.backup.plan.SealedPlaces;
import tr.emanet.backup.plan.SelfSource;
import tr.emanet.backup.plan.SignedRuns;
import tr.emanet.backup.plan.SpecCheck;
import tr.emanet.backup.plan.Upkeep;
import tr.emanet.backup.restic.CheapRepository;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.SecondCopy;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.source.Source;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** A job, its repository and one place for its copy, in directories, with a clock of the test. */
final class CopyBench implements AutoCloseable {

  static final Principal CHIEF = new Principal("mudur", "mudur", Set.of(Role.ADMINISTRATOR));
  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final SecureRandom RANDOM = new SecureRandom();

  final Path root;
  final Path source;
  final Path primary;
  final Path copy;
  final Database database;
  final SealKey key;
  final Jobs jobs;
  final Opened repositories = new Opened();
  final BackupDesk desk;
  final Upkeep upkeep;
  final PlaceDesk places;
  final HealDesk heals;
  final CopyTending tending;
  final List<String> healed = new ArrayList<>();
  final BackupJob job;
  final long place;
  volatile byte[] password = "parola".getBytes(StandardCharsets.US_ASCII);
  volatile Instant now = Instant.parse("2026-11-23T20:00:00Z");

  /** One password for all. */
  final class Opened implements Repositories {

    @Override
    public Repository open(String address) throws IOException {
      return Repository.openOrInit(
          Path.of(address), password.clone(), RANDOM, Origin.ofThisProcess(), now);
    }

    @Override
    public Repository copy(String address, Target copy) throws IOException {
      return Repository.open(copy, password.clone(), RANDOM, Origin.ofThisProcess());
    }

    @Override
    public List<String> healEntrance(String address, Target copy) throws IOException {
      return SecondCopy.healEntrance(
          new LocalTarget(Path.of(address)),
          copy,
          password.clone(),
          RANDOM,
          Origin.ofThisProcess());
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
      throw new IllegalStateException("no escrow in this test");
    }
  }

  private static final class NoSelf implements SelfSource {

    @Override
    public List<Path> take() {
      return List.of();
    }

    @Override
    public void drop() {
      // nothing was taken
    }
  }

  final class Sealer implements SealedPlaces.Sealer {

    @Override
    public BackupSeals get() {
      return new BackupSeals(key, () -> now, ZONE, null);
    }

    @Override
    public List<X509Certificate> certificates() {
      return key.certificates();
    }
  }

  CopyBench(Path root) throws Exception {
    this.root = root;
    Path state = Files.createDirectories(root.resolve("state"));
    this.source = Files.createDirectories(root.resolve("Zabıta"));
    this.primary = root.resolve("depo");
    CheapRepository.make(primary, password.clone(), now);
    database = Database.open(state, List.of("audit", "job", "backup/plan", "backup/place"));
    AuditLog audit = new AuditLog(database, () -> now);
    key = SealKey.openOrCreate(state.resolve("keys"), "sunucu", RANDOM, () -> now);
    jobs = new Jobs(database, () -> now, 100);
    SealedPlaces sealed =
        new SealedPlaces(new Sealer(), state.resolve("upkeep"), database, () -> now);
    desk =
        new BackupDesk(
            new BackupWork.Parts(
                state.resolve("staging"),
                ZONE,
                database,
                audit,
                repositories,
                new SignedRuns(sealed, database, () -> now),
                new PassFiles(state.resolve("keys")),
                new NoSelf(),
                () -> now),
            jobs,
            new SpecCheck(state, Set.of(), RemoteDoors.NONE));
    Upkeep.Parts parts = new Upkeep.Parts(database, audit, repositories, sealed, () -> now);
    upkeep = new Upkeep(parts, jobs);
    PlaceDesk.Parts made =
        new PlaceDesk.Parts(
            database,
            audit,
            repositories,
            desk,
            new PlaceFiles(state.resolve("keys/places"), RANDOM),
            new SealedChains(upkeep, parts),
            ZONE,
            () -> now);
    places = new PlaceDesk(made, jobs);
    heals = new HealDesk(made, new Healing(upkeep, parts), healed::add, jobs);
    tending = new CopyTending(made, jobs);
    jobs.start();
    job =
        ((BackupDesk.Answer.Done)
                desk.create(
                    CHIEF,
                    new BackupSpec(
                        "Zabıta",
                        "",
                        List.of(new Source.Tree(source.toString())),
                        primary.toString(),
                        "",
                        null,
                        new Keep(1, 0, 0, 0),
                        26,
                        "",
                        BackupSpec.Hooks.NONE),
                    List.of()))
            .job();
    Path disk = Files.createDirectories(root.resolve("disk"));
    PlaceSpec spec =
        new PlaceSpec("Ek bina", disk.toString(), "", "", "", 0, 0, "", true, List.of(job.id()));
    place =
        ((PlaceDesk.Answer.Done) places.create(CHIEF, spec, PlaceDesk.Secrets.NONE)).place().id();
    copy =
        ((tr.emanet.backup.target.TargetAddress.Directory)
                CopyWork.below(places.place(place).orElseThrow(), primary.toString()))
            .path();
  }

  void backUp(String file, int size) throws Exception {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    Files.write(source.resolve(file), bytes);
    now = now.plus(Duration.ofHours(1));
    assertThat(desk.runNow(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());
    assertThat(desk.runs(job.id(), 1).getFirst())
        .extracting(RunRecord::state, RunRecord::problem)
        .containsExactly(RunRecord.State.COMPLETE, "");
  }

  CopyRecord copied() {
    now = now.plus(Duration.ofMinutes(1));
    assertThat(places.copyNow(CHIEF, place)).isInstanceOf(PlaceDesk.Answer.Done.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> places.current(place).isEmpty());
    CopyRecord last = places.copies(place, 1).getFirst();
    assertThat(last.problem()).isEmpty();
    return last;
  }

  HealRecord healed(HealRecord.Side side) {
    HealDesk.Answer answer = heals.heal(CHIEF, job.id(), place, side);
    assertThat(answer).isInstanceOf(HealDesk.Answer.Done.class);
    long id = ((HealDesk.Answer.Done) answer).heal().id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> heals.find(id).orElseThrow().state().ended());
    return heals.find(id).orElseThrow();
  }

  /** What the seals of a side find wrong, every byte read. */
  List<String> findings(Path side) throws Exception {
    try (Repository repository =
        Repository.open(new LocalTarget(side), password.clone(), RANDOM, Origin.ofThisProcess())) {
      return new Sealer()
              .get()
              .verify(repository, new SealTrust(key.certificates(), List.of()), true, null)
              .findings()
              .stream()
              .filter(finding -> !finding.isNote())
              .map(SealFinding::object)
              .toList();
    }
  }

  /** Files of a kind, the largest first. */
  static List<Path> files(Path side, String kind) throws IOException {
    try (Stream<Path> all = Files.walk(side.resolve(kind))) {
      return all.filter(Files::isRegularFile)
          .sorted(Comparator.comparingLong((Path file) -> file.toFile().length()).reversed())
          .toList();
    }
  }

  static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.write(file, bytes);
  }

  @Override
  public void close() throws IOException {
    jobs.close();
    database.close();
    key.close();
  }
}
