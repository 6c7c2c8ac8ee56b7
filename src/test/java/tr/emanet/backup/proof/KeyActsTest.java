package tr.emanet.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.key.EmergencyKit;
import tr.emanet.backup.key.KeyRecordStore;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.key.Share;
import tr.emanet.backup.key.SharesJoined;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.BackupWork;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.KeyedRepositories;
import tr.emanet.backup.plan.PassFiles;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SealedPlaces;
import tr.emanet.backup.plan.SelfSource;
import tr.emanet.backup.plan.SignedRuns;
import tr.emanet.backup.plan.SpecCheck;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.source.Source;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.crypto.envelope.Opening;
import tr.emanet.crypto.envelope.RecipientCertificate;
import tr.emanet.crypto.envelope.RecipientKey;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** Passwords, eras and escrow of a repository that a real job writes and seals. */
class KeyActsTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Principal CHIEF = administrator("mudur");
  private static final Principal OTHER = administrator("baskan");
  private static RecipientKey safe;
  private static RecipientKey second;

  @TempDir Path directory;
  private volatile Instant now = Instant.parse("2026-11-23T20:00:00Z");
  private Database database;
  private SealKey key;
  private Jobs jobs;
  private RepositoryKeys keys;
  private KeyedRepositories repositories;
  private BackupDesk desk;
  private KeyDesk keyDesk;
  private KeyActs acts;
  private BackupJob job;
  private Path depot;
  private String name;

  private static Principal administrator(String id) {
    return new Principal(id, id, Set.of(Role.ADMINISTRATOR));
  }

  @BeforeAll
  static void makesKeysOnce() throws Exception {
    Instant from = Instant.parse("2026-11-23T00:00:00Z");
    safe = RecipientCertificate.make("kasa", RANDOM, from);
    second = RecipientCertificate.make("ikinci kasa", RANDOM, from);
  }

  private static byte[] pem(RecipientKey one) {
    return Certificates.pem(List.of(Objects.requireNonNull(one.certificate())))
        .getBytes(StandardCharsets.US_ASCII);
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
    Path state = Files.createDirectories(directory.resolve("state"));
    database =
        Database.open(state, List.of("audit", "job", "backup/key", "backup/plan", "backup/proof"));
    AuditLog audit = new AuditLog(database, () -> now);
    key = SealKey.openOrCreate(state.resolve("keys"), "sunucu", RANDOM, () -> now);
    KeyRecordStore records = new KeyRecordStore(database, audit);
    keys = new RepositoryKeys(state.resolve("keys/backup"), null, records, RANDOM, () -> now);
    assertThat(keys.escrow().add("kasa", pem(safe))).isNotNull();
    repositories = new KeyedRepositories(keys, RANDOM, () -> now);
    jobs = new Jobs(database, () -> now, 100);
    SealedPlaces places =
        new SealedPlaces(new Sealer(), state.resolve("upkeep"), database, () -> now);
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
            new SpecCheck(state, Set.of()));
    keyDesk = new KeyDesk(keys, records, RANDOM, () -> now, ZONE);
    acts =
        new KeyActs(
            new KeyActs.Parts(
                keys, database, audit, desk, repositories, () -> new Sealer().get(), () -> now));
    jobs.start();
    backedUp();
  }

  @AfterEach
  void closes() {
    jobs.close();
    database.close();
    key.close();
  }

  private void backedUp() throws IOException {
    Path source = Files.createDirectories(directory.resolve("Fen İşleri"));
    Files.writeString(source.resolve("ölçü.txt"), "ölçü");
    depot = directory.resolve("depo");
    BackupSpec spec =
        new BackupSpec(
            "Fen İşleri",
            "dosya sunucusu",
            List.of(new Source.Tree(source.toString())),
            depot.toString(),
            "",
            null,
            new Keep(2, 0, 0, 0),
            26,
            "",
            BackupSpec.Hooks.NONE);
    job = ((BackupDesk.Answer.Done) desk.create(CHIEF, spec, List.of())).job();
    name = KeyedRepositories.name(depot.toString());
    run();
  }

  private void run() {
    now = now.plusSeconds(60);
    assertThat(desk.runNow(CHIEF, job.id())).isInstanceOf(BackupDesk.Answer.Queued.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.current(job.id()).isEmpty());
    assertThat(desk.runs(job.id(), 1).getFirst())
        .extracting(RunRecord::state, RunRecord::problem)
        .containsExactly(RunRecord.State.COMPLETE, "");
  }

  private List<SealFinding> findings() throws IOException {
    try (Repository repository = repositories.existing(depot.toString())) {
      SealTrust trust = new SealTrust(key.certificates(), List.of());
      return new Sealer()
          .get().verify(repository, trust, true, null).findings().stream()
              .filter(finding -> !finding.isNote())
              .toList();
    }
  }

  /** The holder opens a challenge at home and brings what is inside. */
  private void proves() throws IOException {
    now = now.plusSeconds(60);
    byte[] challenge = keyDesk.challenge(CHIEF, keys.status(name).orElseThrow(), "kasa");
    assertThat(Envelopes.open(challenge, safe))
        .isInstanceOfSatisfying(
            Opening.Opened.class,
            opened -> {
              try {
                assertThat(keyDesk.answer(CHIEF, name, opened.content().reveal())).isTrue();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  private static void refused(KeyActs.Answer answer, String reason) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            KeyActs.Answer.Refused.class, no -> assertThat(no.reason()).isEqualTo(reason));
  }

  private static void done(KeyActs.Answer answer) {
    assertThat(answer).isEqualTo(new KeyActs.Answer.Done());
  }

  private List<String> audited() {
    return new AuditLog(database, () -> now).after(0, 100).stream().map(e -> e.action()).toList();
  }

  @Test
  void aChangedPasswordIsSealedAndTheOldOneGoesByTwoPersonsAfterAProof() throws Exception {
    done(acts.changePassword(CHIEF, name));

    assertThat(findings()).isEmpty();
    run();
    assertThat(findings()).isEmpty();
    assertThat(depot.resolve("keys")).isDirectoryContaining(f -> true);
    assertThat(keyFiles()).isEqualTo(2);
    refused(acts.changePassword(CHIEF, name), "failed");
    refused(acts.ask(CHIEF, KeyRequest.Kind.PASSWORD, name, "Ayrılan memur"), "not-proven");
    proves();
    refused(acts.ask(CHIEF, KeyRequest.Kind.PASSWORD, name, " "), "why");
    done(acts.ask(CHIEF, KeyRequest.Kind.PASSWORD, name, "Ayrılan memur"));
    refused(acts.approve(CHIEF, KeyRequest.Kind.PASSWORD, name), "same-person");
    done(acts.approve(OTHER, KeyRequest.Kind.PASSWORD, name));
    assertThat(acts.waiting()).isEmpty();
    assertThat(acts.former(name)).isEmpty();
    assertThat(keyFiles()).isEqualTo(1);
    assertThat(findings()).isEmpty();
    run();
    assertThat(findings()).isEmpty();
    assertThat(Files.readAllBytes(depot.resolve("escrow/password.p7m")))
        .isEqualTo(keys.envelope(name).orElseThrow());
  }

  private long keyFiles() throws IOException {
    try (var all = Files.list(depot.resolve("keys"))) {
      return all.count();
    }
  }

  @Test
  void aNewEraTakesTheJobsAlongAndTheOldOneIsClosedByTwoPersons() throws Exception {
    Path next = directory.resolve("depo-2");
    refused(acts.beginEra(CHIEF, name, depot.toString()), "era-taken");
    refused(acts.beginEra(CHIEF, name, directory.resolve("Fen İşleri/x").toString()), "era-place");
    assertThat(desk.job(job.id()).orElseThrow().spec().repository()).isEqualTo(depot.toString());
    assertThat(acts.eras()).isEmpty();

    done(acts.beginEra(CHIEF, name, next.toString()));

    assertThat(desk.job(job.id()).orElseThrow().spec().repository()).isEqualTo(next.toString());
    run();
    assertThat(next.resolve("snapshots")).isDirectoryContaining(f -> true);
    assertThat(acts.eras())
        .singleElement()
        .extracting(Era::address, Era::followedBy, Era::closedAt)
        .containsExactly(depot.toString(), next.toString(), null);
    assertThat(findings()).isEmpty();
    refused(acts.ask(CHIEF, KeyRequest.Kind.ERA, name, "Saklama süresi doldu"), "not-proven");
    refused(
        acts.ask(CHIEF, KeyRequest.Kind.ERA, KeyedRepositories.name(next.toString()), "Kapatılsın"),
        "no-era");
    proves();
    done(acts.ask(CHIEF, KeyRequest.Kind.ERA, name, "Saklama süresi doldu"));
    done(acts.approve(OTHER, KeyRequest.Kind.ERA, name));
    assertThatThrownBy(() -> repositories.existing(depot.toString()))
        .hasMessageContaining("not for the operations key");
    byte[] beside = Files.readAllBytes(depot.resolve("escrow/password.p7m"));
    assertThat(beside).isEqualTo(keys.envelope(name).orElseThrow());
    assertThat(Envelopes.recipients(beside)).hasSize(1);
    assertThat(Envelopes.open(beside, safe)).isInstanceOf(Opening.Opened.class);
    assertThat(acts.eras().getFirst().closedBy()).isEqualTo("baskan");
    assertThat(audited())
        .contains("backup-key.era-begun", "backup-key.era-removal-approved", "backup-key.closed");
    acts.wrapAll(CHIEF);
    run();
  }

  @Test
  void anOldEraWithoutSnapshotsIsRetiredWithoutAProof() throws Exception {
    done(acts.beginEra(CHIEF, name, directory.resolve("depo-2").toString()));
    assertThat(acts.left(depot.toString()).snapshots()).isEqualTo(1);
    refused(acts.ask(CHIEF, KeyRequest.Kind.ERA, name, "Boş"), "not-proven");
    database.write(
        h ->
            h.createUpdate("UPDATE backup_run SET expired_at = 1 WHERE expired_at IS NULL")
                .execute());
    assertThat(new OpenEras(database).get()).containsExactly(depot.toString());

    done(acts.ask(CHIEF, KeyRequest.Kind.ERA, name, "Boş"));
    done(acts.approve(OTHER, KeyRequest.Kind.ERA, name));

    assertThat(new OpenEras(database).get()).isEmpty();
    assertThat(audited()).contains("backup-key.era-retired");
  }

  @Test
  void aHolderOfTheEscrowGoesByTwoPersonsAndNeverTheLastOne() throws Exception {
    refused(acts.ask(CHIEF, KeyRequest.Kind.ESCROW, "kasa", "Emekli oldu"), "last-holder");
    assertThat(keys.escrow().add("ikinci", pem(second))).isNotNull();
    acts.wrapAll(CHIEF);

    refused(acts.ask(CHIEF, KeyRequest.Kind.ESCROW, "yok", "Emekli oldu"), "no-holder");
    done(acts.ask(CHIEF, KeyRequest.Kind.ESCROW, "kasa", "Emekli oldu"));
    assertThat(keys.escrow().all()).containsOnlyKeys("kasa", "ikinci");
    done(acts.approve(OTHER, KeyRequest.Kind.ESCROW, "kasa"));

    assertThat(acts.escrow()).containsOnlyKeys("ikinci");
    assertThat(keys.status(name).orElseThrow().recipients())
        .extracting(KeyStatus.Recipient::role)
        .containsExactlyInAnyOrder(KeyStatus.Role.OPERATIONS, KeyStatus.Role.ESCROW);
    byte[] envelope = keys.envelope(name).orElseThrow();
    assertThat(Envelopes.open(envelope, safe)).isInstanceOf(Opening.NotARecipient.class);
    assertThat(Envelopes.open(envelope, second)).isInstanceOf(Opening.Opened.class);
    assertThat(Files.readAllBytes(depot.resolve("escrow/password.p7m"))).isEqualTo(envelope);
    run();
  }

  @Test
  void onlyAnAdministratorAsksAndAQuestionIsVoidAfterADay() throws Exception {
    Principal operator = new Principal("yedekci", "Yedekçi", Set.of(Role.BACKUP_OPERATOR));
    assertThat(keys.escrow().add("ikinci", pem(second))).isNotNull();

    refused(acts.changePassword(operator, name), "role");
    refused(acts.beginEra(operator, name, "/x"), "role");
    refused(acts.ask(operator, KeyRequest.Kind.ESCROW, "kasa", "x"), "role");
    done(acts.ask(CHIEF, KeyRequest.Kind.ESCROW, "kasa", "Emekli oldu"));
    refused(acts.approve(operator, KeyRequest.Kind.ESCROW, "kasa"), "role");
    now = now.plus(Duration.ofHours(25));
    refused(acts.approve(OTHER, KeyRequest.Kind.ESCROW, "kasa"), "nothing-asked");
    done(acts.ask(CHIEF, KeyRequest.Kind.ESCROW, "kasa", "Emekli oldu"));
    done(acts.reject(OTHER, KeyRequest.Kind.ESCROW, "kasa"));

    assertThat(keys.escrow().all()).containsKey("kasa");
    assertThat(acts.waiting()).isEmpty();
  }

  @Test
  void threeSharesOnPaperAreTypedBackByTwoPersons() throws Exception {
    byte[] pdf = keyDesk.shares(CHIEF, name, EmergencyKit.Language.TR);

    List<Share> typed = new ArrayList<>();
    try (PDDocument paper = Loader.loadPDF(pdf)) {
      int pages = paper.getNumberOfPages();
      for (int page : List.of(pages - 2, pages)) {
        PDFTextStripper one = new PDFTextStripper();
        one.setStartPage(page);
        one.setEndPage(page);
        String text =
            one.getText(paper)
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("([a-z2-7]{5} ?){4}"))
                .collect(Collectors.joining("\n"));
        assertThat(Share.read(text.getBytes(StandardCharsets.US_ASCII)))
            .isInstanceOfSatisfying(Share.Read.Good.class, good -> typed.add(good.share()));
      }
    }
    try (Secret password = keys.password(name)) {
      assertThat(SharesJoined.of(typed))
          .isInstanceOfSatisfying(
              SharesJoined.Password.class,
              joined -> assertThat(joined.password().reveal()).isEqualTo(password.reveal()));
      assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).doesNotContain(password.reveal());
    }
    assertThat(audited()).contains("backup-key.split");
  }
}
