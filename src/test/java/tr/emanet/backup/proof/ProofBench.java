package tr.emanet.backup.proof;

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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.DiskReserve;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.BackupWork;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.PassFiles;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SealedPlaces;
import tr.emanet.backup.plan.SelfSource;
import tr.emanet.backup.plan.SignedRuns;
import tr.emanet.backup.plan.SpecCheck;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.source.Source;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** A desk of proofs over a real store, a real repository and a clock that tests turn. */
final class ProofBench implements AutoCloseable, ProofParts.Machine {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final Principal OPERATOR =
      new Principal("yedekci", "Yedek Operatörü", Set.of(Role.BACKUP_OPERATOR));
  private static final int FILES = 12;

  final Path directory;
  final Path repository;
  final Database database;
  final Jobs jobs;
  final BackupDesk backups;
  final ProofDesk proofs;
  volatile DiskReserve reserve = DiskReserve.PLAIN;
  volatile Instant now = Instant.parse("2026-11-23T20:00:00Z");

  /** Whoever opens a repository passes here; a test may close it. */
  final Semaphore gate = new Semaphore(1);

  /** One permit for each that has come to the gate. */
  final Semaphore waiting = new Semaphore(0);

  private final SealKey key;

  /** One password, no scrypt of a second each time would be nicer, but the format has it. */
  private final class OneRepository implements Repositories {

    private static final byte[] PASSWORD = "gizli".getBytes(StandardCharsets.UTF_8);
    private static final Origin ORIGIN =
        new Origin("sunucu", "root", ProcessHandle.current().pid(), 0, 0);

    private final SecureRandom random;

    OneRepository(SecureRandom random) {
      this.random = random;
    }

    @Override
    public Repository open(String address) throws IOException {
      try {
        waiting.release();
        gate.acquire();
        gate.release();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      LocalTarget target = new LocalTarget(Path.of(address));
      return Files.isDirectory(Path.of(address)) && !target.list(ObjectKind.KEY).isEmpty()
          ? Repository.open(target, PASSWORD, random, ORIGIN)
          : Repository.init(target, PASSWORD, random, ORIGIN, Instant.EPOCH);
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

  /** The same seal for the runs. */
  private final class Sealer implements SealedPlaces.Sealer {

    @Override
    public BackupSeals get() {
      return seals();
    }

    @Override
    public List<X509Certificate> certificates() {
      return key.certificates();
    }
  }

  ProofBench(Path directory) throws Exception {
    this.directory = directory;
    this.repository = directory.resolve("depo");
    Path state = Files.createDirectories(directory.resolve("state"));
    database = Database.open(state, List.of("audit", "job", "backup/plan", "backup/proof"));
    AuditLog audit = new AuditLog(database, () -> now);
    SecureRandom random = new SecureRandom();
    key = SealKey.openOrCreate(state.resolve("keys"), "sunucu", random, () -> now);
    jobs = new Jobs(database, () -> now, 100);
    Repositories repositories = new OneRepository(random);
    backups =
        new BackupDesk(
            new BackupWork.Parts(
                state.resolve("staging"),
                ZONE,
                database,
                audit,
                repositories,
                new SignedRuns(
                    new SealedPlaces(new Sealer(), state.resolve("upkeep"), database, () -> now),
                    database,
                    () -> now),
                new PassFiles(state.resolve("keys")),
                new NoSelf(),
                () -> now),
            jobs,
            new SpecCheck(state, Set.of()));
    proofs =
        new ProofDesk(
            new ProofParts(
                database,
                audit,
                jobs,
                backups,
                repositories,
                this,
                DatabaseProof.NONE,
                state.resolve("drill"),
                place -> reserve.spare(place),
                "sunucu",
                ZONE,
                random,
                () -> now));
    jobs.start();
  }

  @Override
  public MachineSeal seal() {
    return key;
  }

  @Override
  public BackupSeals seals() {
    return new BackupSeals(key, () -> now, ZONE, null);
  }

  @Override
  public SealTrust trust() {
    return new SealTrust(key.certificates(), List.of());
  }

  /** A job with one good snapshot of files with Turkish names, a link and an empty directory. */
  BackupJob backedUp() throws IOException {
    Path source = Files.createDirectories(directory.resolve("Fen İşleri/İmar Planları"));
    Files.createDirectories(source.resolve("boş"));
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[20_000];
      new Random(i).nextBytes(bytes);
      Path ignored = Files.write(source.resolve("ölçü krokisi " + i + ".dwg"), bytes);
    }
    Files.createSymbolicLink(source.resolve("son"), Path.of("boş"));
    BackupSpec spec =
        new BackupSpec(
            "Fen İşleri",
            "dosya sunucusu",
            List.of(new Source.Tree(directory.resolve("Fen İşleri").toString())),
            repository.toString(),
            "",
            null,
            new Keep(2, 0, 0, 0),
            26,
            "",
            BackupSpec.Hooks.NONE);
    BackupJob job = ((BackupDesk.Answer.Done) backups.create(OPERATOR, spec, List.of())).job();
    assertThat(backups.runNow(OPERATOR, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> backups.current(job.id()).isEmpty());
    assertThat(backups.runs(job.id(), 1).getFirst())
        .extracting(RunRecord::state, RunRecord::problem)
        .containsExactly(RunRecord.State.COMPLETE, "");
    return job;
  }

  Drill drilled(BackupJob job, boolean whole) {
    assertThat(proofs.drillNow(OPERATOR, job.id(), "", whole))
        .isInstanceOf(ProofDesk.Answer.Queued.class);
    ended(ProofDesk.drillOf(job.id()));
    return proofs.drills(1).getFirst();
  }

  Verification verified(Rung rung) {
    assertThat(proofs.verifyNow(OPERATOR, repository.toString(), rung))
        .isInstanceOf(ProofDesk.Answer.Queued.class);
    ended(ProofDesk.checkOf(repository.toString(), rung));
    return proofs.verifications(1).getFirst();
  }

  void ended(String subject) {
    await().atMost(Duration.ofSeconds(60)).until(() -> proofs.current(subject).isEmpty());
  }

  @Override
  public void close() {
    jobs.close();
    database.close();
    key.close();
  }
}
