package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.key.KeyRecordStore;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.BackupWork;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.KeyedRepositories;
import tr.emanet.backup.plan.PassFiles;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SealedPlaces;
import tr.emanet.backup.plan.SelfSource;
import tr.emanet.backup.plan.SignedRuns;
import tr.emanet.backup.plan.SpecCheck;
import tr.emanet.backup.plan.Upkeep;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealReport;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.source.Source;
import tr.emanet.backup.target.StockServers;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.RecipientCertificate;
import tr.emanet.crypto.envelope.RecipientKey;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** A job whose only repository is on a stock OpenSSH server. */
class RemotePrimaryIT {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Principal CHIEF =
      new Principal("mudur", "mudur", Set.of(Role.ADMINISTRATOR));
  private static final Principal SECOND =
      new Principal("baskan", "baskan", Set.of(Role.ADMINISTRATOR));

  @TempDir Path directory;
  private volatile Instant now = Instant.parse("2026-11-23T20:00:00Z");
  private StockServers servers;
  private String base;
  private Database database;
  private SealKey key;
  private Jobs jobs;
  private RepositoryKeys keys;
  private KeyedRepositories repositories;
  private BackupDesk desk;
  private Upkeep upkeep;

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

  private final class Sealer implements SealedPlaces.Sealer {

    @Override
    public BackupSeals get() {
      return new BackupSeals(key, () -> now, ZONE, null);
    }

    @Override
    public List<X509Certificate> certificates() {
      return key.certificates();
    }
  }

  @BeforeEach
  void opens() throws Exception {
    servers = new StockServers(directory);
    StockServers.Ssh ssh = servers.ssh();
    Path state = Files.createDirectories(directory.resolve("state"));
    Files.createDirectories(directory.resolve("sunucu"));
    database =
        Database.open(state, List.of("audit", "job", "backup/key", "backup/plan", "backup/place"));
    PlaceFiles files = new PlaceFiles(state.resolve("keys/places"), RANDOM);
    base =
        "sftp://"
            + System.getProperty("user.name")
            + "@127.0.0.1:"
            + ssh.port()
            + "/"
            + directory.resolve("sunucu");
    PlaceSpec spec =
        new PlaceSpec("Sunucu", base, ssh.hostKey(), "", "", 0, 0, "", true, List.of());
    long place = new PlaceStore(database).add(spec, "mudur", now);
    files.makeKey(place);
    servers.authorize(files.publicKey(place));
    wire(state, new PlaceDoors(database, files));
  }

  private void wire(Path state, PlaceDoors doors) throws Exception {
    AuditLog audit = new AuditLog(database, () -> now);
    key = SealKey.openOrCreate(state.resolve("keys"), "sunucu", RANDOM, () -> now);
    KeyRecordStore records = new KeyRecordStore(database, audit);
    keys = new RepositoryKeys(state.resolve("keys/backup"), null, records, RANDOM, () -> now);
    RecipientKey safe = RecipientCertificate.make("kasa", RANDOM, now);
    String pem = Certificates.pem(List.of(Objects.requireNonNull(safe.certificate())));
    assertThat(keys.escrow().add("kasa", pem.getBytes(StandardCharsets.US_ASCII))).isNotNull();
    repositories =
        new KeyedRepositories(keys, RANDOM, () -> now, doors, state.resolve("upkeep/beside"));
    jobs = new Jobs(database, () -> now, 100);
    SealedPlaces places =
        new SealedPlaces(new Sealer(), state.resolve("upkeep"), database, () -> now);
    upkeep = new Upkeep(new Upkeep.Parts(database, audit, repositories, places, () -> now), jobs);
    desk =
        new BackupDesk(
            new BackupWork.Parts(
                state.resolve("staging"),
                ZONE,
                database,
                audit,
                repositories,
                new SignedRuns(places, database, () -> now),
                new PassFiles(state.resolve("keys")),
                new NoSelf(),
                () -> now),
            jobs,
            new SpecCheck(state, Set.of(), doors));
    jobs.start();
  }

  @AfterEach
  void closes() throws Exception {
    jobs.close();
    database.close();
    key.close();
    servers.close();
  }

  private BackupDesk.Answer create(String repository) {
    return desk.create(
        CHIEF,
        new BackupSpec(
            "Zabıta",
            "",
            List.of(new Source.Tree(directory.resolve("Zabıta").toString())),
            repository,
            "",
            null,
            new Keep(1, 0, 0, 0),
            26,
            "",
            BackupSpec.Hooks.NONE),
        List.of());
  }

  private void run(BackupJob job) {
    now = now.plus(Duration.ofDays(2));
    assertThat(desk.runNow(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());
    assertThat(desk.runs(job.id(), 1).getFirst())
        .extracting(RunRecord::state, RunRecord::problem)
        .containsExactly(RunRecord.State.COMPLETE, "");
  }

  private SealReport verified(String address) throws Exception {
    try (Repository repository = repositories.existing(address)) {
      return new Sealer()
          .get()
          .verify(repository, new SealTrust(key.certificates(), List.of()), true, null);
    }
  }

  /** The directory on the server has everything that a repository in a directory has. */
  private List<String> verifiedOnTheServer(String address) throws Exception {
    try (Secret secret = keys.password(KeyedRepositories.name(address));
        Repository there =
            Repository.open(
                new LocalTarget(directory.resolve("sunucu/z")),
                secret.copy(),
                RANDOM,
                Origin.ofThisProcess())) {
      return new Sealer()
              .get()
              .verify(there, new SealTrust(key.certificates(), List.of()), true, null)
              .findings()
              .stream()
              .filter(finding -> !finding.isNote())
              .map(Object::toString)
              .toList();
    }
  }

  private String restic(String address, String... arguments) throws Exception {
    Path restic = Path.of("/usr/bin/restic");
    Assumptions.assumeTrue(Files.isExecutable(restic), "skipped: restic is not installed");
    String at = address.startsWith("sftp") ? directory.resolve("sunucu/z").toString() : address;
    List<String> command =
        new java.util.ArrayList<>(List.of(restic.toString(), "--no-cache", "-r", at));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    try (Secret secret = keys.password(KeyedRepositories.name(address))) {
      builder
          .environment()
          .put("RESTIC_PASSWORD", new String(secret.copy(), StandardCharsets.UTF_8));
    }
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  @Test
  void backsUpSealsAndForgetsOnAServerAndStockResticRestoresIt() throws Exception {
    Path source = Files.createDirectories(directory.resolve("Zabıta"));
    Files.writeString(source.resolve("ölçü.txt"), "ölçü");
    String address = base + "/z";

    assertThat(create(base + "-baska/z"))
        .isEqualTo(new BackupDesk.Answer.Refused("repository-remote"));
    BackupJob job = ((BackupDesk.Answer.Done) create(address)).job();
    run(job);
    Files.writeString(source.resolve("İlçe.txt"), "ikinci");
    run(job);

    assertThat(verified(address).findings()).allMatch(finding -> finding.isNote());
    assertThat(directory.resolve("state/upkeep/beside"))
        .isDirectoryRecursivelyContaining("glob:**/00000002.json.p7s")
        .isDirectoryRecursivelyContaining("glob:**/escrow/password.p7m");
    assertThat(directory.resolve("sunucu/z/seals/00000002.json.p7s")).exists();
    assertThat(directory.resolve("sunucu/z/seals/certificates/seal.pem")).exists();
    assertThat(directory.resolve("sunucu/z/escrow/password.p7m"))
        .hasSameBinaryContentAs(
            directory.resolve(
                "state/upkeep/beside/" + KeyedRepositories.name(address) + "/escrow/password.p7m"));
    assertThat(verifiedOnTheServer(address)).as("what an auditor takes from the server").isEmpty();
    restic(address, "check", "--read-data");
    restic(address, "restore", "latest", "--target", directory.resolve("geri").toString());
    Path back = directory.resolve("geri" + source.toAbsolutePath());
    assertThat(back.resolve("ölçü.txt")).hasContent("ölçü");
    assertThat(back.resolve("İlçe.txt")).hasContent("ikinci");
  }

  private RepositoryState looked(String address) {
    upkeep.now(address);
    await().atMost(Duration.ofSeconds(60)).until(() -> upkeep.current(address).isEmpty());
    return upkeep.state(address).orElseThrow();
  }

  /** Runs, expiry, mark and sweep, a new envelope; then all is read, by us and by stock restic. */
  private void staysWholeOverItsLife(String address) throws Exception {
    Path source = Files.createDirectories(directory.resolve("Zabıta"));
    BackupJob job = ((BackupDesk.Answer.Done) create(address)).job();
    assertThat(desk.approve(SECOND, job.id())).isInstanceOf(BackupDesk.Answer.Done.class);
    for (int day = 0; day < 5; day++) {
      byte[] fresh = new byte[120_000];
      RANDOM.nextBytes(fresh);
      Files.write(source.resolve("değişen"), fresh);
      run(job);
    }

    RepositoryState marked = looked(address);
    now = now.plus(Duration.ofHours(25));
    RepositoryState swept = looked(address);

    assertThat(marked.problem()).isEmpty();
    assertThat(marked.findings()).isEmpty();
    assertThat(marked.sweepAfter()).isNotNull();
    assertThat(swept.freedBytes()).isGreaterThan(100_000);
    assertThat(swept.findings()).isEmpty();
    assertThat(verified(address).findings()).allMatch(finding -> finding.isNote());
    restic(address, "check", "--read-data");
    Path back = directory.resolve("geri" + job.id());
    restic(address, "restore", "latest", "--target", back.toString());
    assertThat(Path.of(back.toString(), source.toString(), "değişen"))
        .hasSameBinaryContentAs(source.resolve("değişen"));
  }

  @Test
  void aNewEnvelopeIsOnTheServerAtOnce() throws Exception {
    Files.writeString(
        Files.createDirectories(directory.resolve("Zabıta")).resolve("ölçü.txt"), "ölçü");
    String address = base + "/z";
    String name = KeyedRepositories.name(address);
    Path there = directory.resolve("sunucu/z/escrow/password.p7m");
    run(((BackupDesk.Answer.Done) create(address)).job());
    byte[] before = Files.readAllBytes(there);

    keys.wrap(name, "mudur");
    repositories.keepBeside(name, address);

    assertThat(Files.readAllBytes(there))
        .isNotEqualTo(before)
        .isEqualTo(keys.envelope(name).orElseThrow());
  }

  @Test
  void freesSpaceOnAnSftpServer() throws Exception {
    staysWholeOverItsLife(base + "/z");
    assertThat(verifiedOnTheServer(base + "/z")).isEmpty();
  }

  @Test
  void freesSpaceBehindRest() throws Exception {
    String rest = "rest:http://127.0.0.1:" + servers.rest(directory.resolve("rest"));
    PlaceSpec spec = new PlaceSpec("REST", rest + "/", "", "", "", 0, 0, "", true, List.of());
    assertThat(new PlaceStore(database).add(spec, "mudur", now)).isPositive();

    staysWholeOverItsLife(rest + "/z");
  }
}
