package tr.emanet.backup.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.crypto.envelope.Opening;
import tr.emanet.crypto.envelope.RecipientCertificate;
import tr.emanet.crypto.envelope.RecipientKey;
import tr.emanet.store.Database;

class RepositoryKeysTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final String REPO = "belge";

  private static RecipientKey made;
  private static RecipientKey safe;
  private static byte[] pem;

  @TempDir Path dir;
  private Path keysDir;
  private RepositoryKeys keys;

  @BeforeAll
  static void makeKeysOnce() throws Exception {
    made = RecipientCertificate.make("işletim", RANDOM, NOW);
    safe = RecipientCertificate.make("kasa", RANDOM, NOW);
    pem = pem(safe);
  }

  private static X509Certificate certificate(RecipientKey key) {
    return Objects.requireNonNull(key.certificate());
  }

  private static byte[] pem(RecipientKey key) {
    return Certificates.pem(List.of(certificate(key))).getBytes(StandardCharsets.US_ASCII);
  }

  @BeforeEach
  void prepare() throws IOException {
    keysDir = dir.resolve("keys/backup");
    operationsKey(made);
    keys = new RepositoryKeys(keysDir, null, new KeyRecordFile(keysDir, CLOCK), RANDOM, CLOCK);
  }

  /** A made key costs half a second; one for all. */
  private void operationsKey(RecipientKey key) throws IOException {
    tr.emanet.crypto.PrivateFiles.write(keysDir.resolve("operations.key"), key.key().getEncoded());
    tr.emanet.crypto.PrivateFiles.write(keysDir.resolve("operations.pem"), pem(key));
  }

  private String password() throws IOException {
    try (Secret password = keys.password(REPO)) {
      return password.reveal();
    }
  }

  @Test
  void letsNoJobRunBeforeThereIsAnEscrow() throws Exception {
    assertThat(keys.readiness(REPO)).isInstanceOf(Readiness.NoKeys.class);
    keys.create(REPO, "/yedek/belge", "ayse");

    Readiness alone = keys.readiness(REPO);
    keys.escrow().add("kasa", pem);
    Readiness unwrapped = keys.readiness(REPO);
    keys.wrap(REPO, "ayse");

    assertThat(alone).isInstanceOf(Readiness.EscrowMissing.class);
    assertThat(unwrapped).isInstanceOf(Readiness.EscrowMissing.class);
    assertThat(keys.readiness(REPO)).isEqualTo(new Readiness.Ready(1));
  }

  @Test
  void isReadyWithSharesToo() throws Exception {
    keys.create(REPO, "/yedek/belge", "ayse");

    keys.split(REPO, "ayse").forEach(Share::close);

    assertThat(keys.readiness(REPO)).isEqualTo(new Readiness.Ready(1));
    assertThat(keys.status(REPO).orElseThrow().shares()).hasSize(4);
  }

  @Test
  void makesAPasswordThatCanBeTypedAndThatTheEscrowOpens() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");

    String text = password();

    assertThat(text).matches("[a-z2-7]{4}(-[a-z2-7]{4}){12}");
    byte[] cms = Files.readAllBytes(keysDir.resolve("belge/era-1/password.p7m"));
    assertThat(Envelopes.recipients(cms)).hasSize(2);
    assertThat(Envelopes.open(cms, safe))
        .isInstanceOfSatisfying(
            Opening.Opened.class, o -> assertThat(o.content().reveal()).isEqualTo(text));
  }

  @Test
  void keepsEveryFilePrivate() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");

    try (Stream<Path> all = Files.walk(keysDir)) {
      for (Path one : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .as(one.toString())
            .isEqualTo(Files.isDirectory(one) ? "rwx------" : "rw-------");
      }
    }
    assertThat(Files.readString(keysDir.resolve("belge/era-1/era.json")))
        .doesNotContain(password());
    assertThat(Files.readString(keysDir.resolve("records.jsonl"))).doesNotContain(password());
  }

  @Test
  void saysWhatIsWrongWithTheKeyOfThisMachine() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");

    operationsKey(RecipientCertificate.make("başka", RANDOM, NOW));
    Readiness other = keys.readiness(REPO);
    Files.delete(keysDir.resolve("operations.key"));
    Readiness none = keys.readiness(REPO);
    operationsKey(made);
    Files.setPosixFilePermissions(
        keysDir.resolve("operations.key"), PosixFilePermissions.fromString("rw-r--r--"));
    Readiness open = keys.readiness(REPO);

    assertThat(other.toString()).contains("not for the operations key of this machine");
    assertThat(none).isInstanceOf(Readiness.OperationsKeyMissing.class);
    assertThat(open.toString()).contains("chmod 600");
  }

  @Test
  void noticesADamagedOrExchangedEnvelope() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");
    keys.create("baska", "/yedek/baska", "ayse");
    Path file = keysDir.resolve("belge/era-1/password.p7m");
    byte[] good = Files.readAllBytes(file);

    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    Files.write(file, bad);
    Readiness damaged = keys.readiness(REPO);
    Files.write(file, Files.readAllBytes(keysDir.resolve("baska/era-1/password.p7m")));
    Readiness exchanged = keys.readiness(REPO);

    assertThat(damaged.toString()).contains("tag does not fit", "era-1/password.p7m");
    assertThat(exchanged.toString()).contains("another password than that of its era");
  }

  @Test
  void takesTheOperationsKeyFromSystemd() throws Exception {
    Path credentials = Files.createDirectory(dir.resolve("cred"));
    Files.move(keysDir.resolve("operations.key"), credentials.resolve(OperationsKey.CREDENTIAL));
    RepositoryKeys with =
        new RepositoryKeys(keysDir, credentials, new KeyRecordFile(keysDir, CLOCK), RANDOM, CLOCK);
    with.escrow().add("kasa", pem);

    with.create(REPO, "/yedek/belge", "ayse");

    assertThat(with.operations().isCredential()).isTrue();
    assertThat(with.readiness(REPO)).isEqualTo(new Readiness.Ready(1));
    assertThat(keysDir.resolve("operations.key")).doesNotExist();
  }

  @Test
  void refusesEscrowThatIsNone() throws Exception {
    byte[] withKey = "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> keys.escrow().add("kasa", withKey)).hasMessageContaining("never");
    assertThatThrownBy(() -> keys.escrow().add("../kasa", pem)).hasMessageContaining("no name");
    assertThatThrownBy(() -> keys.escrow().add("kasa", new byte[] {1}))
        .isInstanceOf(KeysException.class);
    keys.escrow().add("is", pem(made));
    keys.create(REPO, "/yedek/belge", "ayse");
    assertThat(keys.readiness(REPO)).isInstanceOf(Readiness.EscrowMissing.class);
    keys.escrow().add("kasa", pem);
    assertThatThrownBy(() -> keys.escrow().add("kasa2", pem)).hasMessageContaining("another name");
    assertThatThrownBy(() -> keys.create("../x", "/yedek", "ayse"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesAClosedEraToTheEscrowAlone() throws Exception {
    keys.create(REPO, "/yedek/belge", "ayse");
    assertThatThrownBy(() -> keys.rotate(REPO, "/yedek/belge-2", "ayse"))
        .hasMessageContaining("would lose its password");
    keys.escrow().add("kasa", pem);
    keys.wrap(REPO, "ayse");
    String first = password();

    assertThatThrownBy(() -> keys.rotate(REPO, "/yedek/belge", "ayse"))
        .hasMessageContaining("another place");
    keys.rotate(REPO, "/yedek/belge-2", "ayse");

    assertThat(password()).isNotEqualTo(first);
    byte[] old = Files.readAllBytes(keysDir.resolve("belge/era-1/password.p7m"));
    assertThat(Envelopes.open(old, made)).isInstanceOf(Opening.NotARecipient.class);
    assertThat(Envelopes.open(old, safe)).isInstanceOf(Opening.Opened.class);
    KeyStatus status = keys.status(REPO).orElseThrow();
    assertThat(status.era()).isEqualTo(2);
    assertThat(status.place()).isEqualTo("/yedek/belge-2");
    assertThat(status.closed())
        .containsExactly(new KeyStatus.Closed(1, "/yedek/belge", NOW, NOW, false));
    assertThat(keys.readiness(REPO)).isEqualTo(new Readiness.Ready(2));
  }

  @Test
  void closesWhatAnInterruptedRotationLeftOpen() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");
    Path old = keysDir.resolve("belge/era-1");
    byte[] envelope = Files.readAllBytes(old.resolve("password.p7m"));
    byte[] record = Files.readAllBytes(old.resolve("era.json"));
    keys.rotate(REPO, "/yedek/belge-2", "ayse");
    tr.emanet.crypto.PrivateFiles.write(old.resolve("password.p7m"), envelope);
    tr.emanet.crypto.PrivateFiles.write(old.resolve("era.json"), record);
    boolean before = keys.status(REPO).orElseThrow().closed().getFirst().operations();

    keys.wrap(REPO, "ayse");

    assertThat(before).isTrue();
    assertThat(keys.status(REPO).orElseThrow().closed().getFirst().operations()).isFalse();
  }

  @Test
  void provesTheEscrowAgainstTheRepositoryAndRecordsIt() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");
    RepositoryDoor opens = password -> true;
    try (Secret right = Secret.of("\n " + password() + "\r\n");
        Secret wrong = Secret.of("aaaa-bbbb")) {
      DrillResult failed = keys.drill(REPO, wrong, opens, "Ayşe Yılmaz", Drill.Method.CERTIFICATE);
      DrillResult closed =
          keys.drill(REPO, right, p -> false, "Ayşe Yılmaz", Drill.Method.CERTIFICATE);
      DrillResult proven = keys.drill(REPO, right, opens, "Ayşe Yılmaz", Drill.Method.CERTIFICATE);

      assertThat(failed.toString()).contains("not the password of era 1");
      assertThat(closed.toString()).contains("does not open");
      assertThat(proven).isInstanceOf(DrillResult.Proven.class);
    }
    assertThat(keys.status(REPO).orElseThrow().lastDrill())
        .hasValue(new Drill(REPO, 1, NOW, "Ayşe Yılmaz", Drill.Method.CERTIFICATE));
  }

  @Test
  void takesRecordsOfTheCommandLineOverIntoTheStore() throws Exception {
    keys.create(REPO, "/yedek/belge", "ayse");
    KeyRecordFile file = new KeyRecordFile(keysDir, CLOCK);
    file.drill(new Drill(REPO, 1, NOW, "Ayşe Yılmaz", Drill.Method.SHARES));
    try (Database database = Database.open(dir, List.of("audit", "backup/key"))) {
      AuditLog audit = new AuditLog(database, CLOCK);
      KeyRecordStore store = new KeyRecordStore(database, audit);

      file.drainTo(store);
      file.drainTo(store);

      assertThat(store.drills(REPO)).hasSize(1);
      assertThat(store.drills("baska")).isEmpty();
      assertThat(file.drills(REPO)).isEmpty();
      assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10))
          .extracting(e -> e.action())
          .containsExactly("backup-key.drill", "backup-key.create");
    }
  }

  @Test
  void namesWhoCanOpen() throws Exception {
    keys.escrow().add("kasa", pem);
    keys.create(REPO, "/yedek/belge", "ayse");
    keys.escrow().remove("kasa");

    KeyStatus before = keys.status(REPO).orElseThrow();

    assertThat(before.recipients())
        .extracting(KeyStatus.Recipient::role)
        .containsExactlyInAnyOrder(KeyStatus.Role.OPERATIONS, KeyStatus.Role.UNKNOWN);
    assertThat(keys.readiness(REPO)).isInstanceOf(Readiness.EscrowMissing.class);
    assertThat(keys.repositories()).containsExactly(REPO);
    assertThat(keys.status("yok")).isEmpty();
  }
}
