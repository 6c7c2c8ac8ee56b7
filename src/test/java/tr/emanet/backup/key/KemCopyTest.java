package tr.emanet.backup.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.target.SideFiles;
import tr.emanet.crypto.KemHolder;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.crypto.envelope.Opening;
import tr.emanet.crypto.envelope.RecipientCertificate;
import tr.emanet.crypto.envelope.RecipientKey;

class KemCopyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path dir;

  private static byte[] pem(X509Certificate certificate) {
    return Certificates.pem(List.of(certificate)).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void isAnExtraCopyThatOnlyItsHolderOpensAndNeverTheOnlyOne() throws Exception {
    InstantSource clock = InstantSource.fixed(NOW);
    RepositoryKeys keys =
        new RepositoryKeys(dir, null, new KeyRecordFile(dir, clock), RANDOM, clock);
    RecipientKey safe = RecipientCertificate.make("kasa", RANDOM, NOW);
    KemHolder future = KemHolder.make(RANDOM, NOW);
    byte[] kem = pem(future.certificate());
    assertThatThrownBy(() -> keys.escrow().add("gelecek", kem))
        .hasMessageContaining("never the only one");
    assertThat(keys.escrow().add("kasa", pem(Objects.requireNonNull(safe.certificate()))))
        .isNotNull();
    assertThat(keys.escrow().add("gelecek", kem)).isEqualTo(future.certificate());

    keys.create("belge", "/yedek/belge", "ayse");

    Path copy = dir.resolve("belge/era-1/password.mlkem.p7m");
    byte[] envelope = keys.envelope("belge").orElseThrow();
    try (Secret password = keys.password("belge")) {
      assertThat(future.open(Files.readAllBytes(copy)))
          .isEqualTo(password.reveal().getBytes(StandardCharsets.UTF_8));
      assertThat(Envelopes.open(envelope, safe))
          .isInstanceOfSatisfying(
              Opening.Opened.class,
              opened -> assertThat(opened.content().reveal()).isEqualTo(password.reveal()));
    }
    assertThat(Envelopes.recipients(envelope)).hasSize(2);
    Path repository = dir.resolve("depo");
    EnvelopesBeside beside = new EnvelopesBeside(keys);
    beside.keep("belge", repository);
    Path second = dir.resolve("ikinci bina");
    assertThat(SideFiles.copy(repository, second)).isEqualTo(3);
    assertThat(second.resolve("escrow/password.mlkem.p7m")).hasSameBinaryContentAs(copy);
    assertThat(second.resolve("escrow/password.p7m")).hasBinaryContent(envelope);
    assertThat(second.resolve("escrow/password.mlkem.txt"))
        .content()
        .contains("EK KOPYA, ML-KEM", "EXTRA COPY, ML-KEM");
    assertThat(keys.escrow().remove("kasa")).isTrue();
    keys.wrap("belge", "ayse");
    assertThat(copy).doesNotExist();
    beside.keep("belge", repository);
    assertThat(repository.resolve("escrow")).isDirectoryNotContaining("glob:**mlkem*");
    assertThat(keys.readiness("belge")).isInstanceOf(Readiness.EscrowMissing.class);
    assertThat(keys.escrow().remove("gelecek")).isTrue();
  }
}
