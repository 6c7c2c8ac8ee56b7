package tr.emanet.crypto.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.TestAuthority.Identity;
import tr.emanet.crypto.TestRevocation;

class RevocationTest {

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final TestAuthority authority;
  private final Identity person;

  @TempDir private Path directory = Path.of(".");

  RevocationTest() throws Exception {
    authority = new TestAuthority("Kök", now);
    person = authority.issue(w -> w);
  }

  private Revocation.Status crl(Identity signer, Instant from, boolean revoked) throws Exception {
    byte[] list =
        TestRevocation.crl(
            authority.certificate(),
            signer,
            from,
            revoked ? person.certificate() : null,
            now.minusSeconds(7200));
    return Revocation.of(List.of(list), List.of())
        .status(person.certificate(), authority.certificate(), now);
  }

  @Test
  void readsLists() throws Exception {
    Instant hourAgo = now.minusSeconds(3600);

    assertThat(crl(authority.root(), hourAgo, false))
        .isEqualTo(new Revocation.Status.Good(hourAgo));
    assertThat(crl(authority.root(), hourAgo, true))
        .isEqualTo(new Revocation.Status.Revoked(now.minusSeconds(7200), "key_compromise"));
    assertThat(crl(authority.root(), now.minus(Duration.ofDays(3)), false).toString())
        .contains("too old");
    assertThat(crl(person, hourAgo, false).toString()).contains("not signed by its issuer");
  }

  private Revocation.Status ocsp(Identity responder, Instant from, boolean revoked)
      throws Exception {
    byte[] answer =
        TestRevocation.ocsp(
            authority.certificate(),
            responder,
            person.certificate(),
            from,
            revoked ? now.minusSeconds(7200) : null);
    return Revocation.of(List.of(), List.of(answer))
        .status(person.certificate(), authority.certificate(), now);
  }

  @Test
  void readsOcspAnswersOfTheIssuerAndOfThoseItNamed() throws Exception {
    Instant hourAgo = now.minusSeconds(3600);
    Identity named = authority.issue(w -> w.purpose(false, KeyPurposeId.id_kp_OCSPSigning));

    assertThat(ocsp(authority.root(), hourAgo, false)).isInstanceOf(Revocation.Status.Good.class);
    assertThat(ocsp(authority.root(), hourAgo, true)).isInstanceOf(Revocation.Status.Revoked.class);
    assertThat(ocsp(named, hourAgo, false)).isInstanceOf(Revocation.Status.Good.class);
    assertThat(ocsp(person, hourAgo, false).toString()).contains("not signed by the issuer");
    assertThat(ocsp(authority.root(), now.minus(Duration.ofDays(3)), false).toString())
        .contains("too old");
  }

  @Test
  void believesTheBadNewsWhenTwoSourcesDiffer() throws Exception {
    Instant hourAgo = now.minusSeconds(3600);
    byte[] good =
        TestRevocation.ocsp(
            authority.certificate(), authority.root(), person.certificate(), hourAgo, null);
    byte[] bad =
        TestRevocation.crl(
            authority.certificate(), authority.root(), hourAgo, person.certificate(), hourAgo);
    Files.write(directory.resolve("a.ocsp"), good);
    Files.write(directory.resolve("b.crl"), bad);

    Revocation data = Revocation.read(directory);

    assertThat(data.status(person.certificate(), authority.certificate(), now))
        .isInstanceOf(Revocation.Status.Revoked.class);
    assertThat(Revocation.read(directory.resolve("missing"))).isSameAs(Revocation.NONE);
  }

  @Test
  void refusesRubbishInWords() throws Exception {
    byte[] rubbish = {0x30, 3, 1, 2, 3};

    assertThatThrownBy(() -> Revocation.of(List.of(rubbish), List.of()))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> Revocation.of(List.of(), List.of(rubbish)))
        .hasMessageContaining("OCSP");
  }

  @Test
  void showsFactsWithTheNationalIdMasked() throws Exception {
    CertificateFacts facts = CertificateFacts.of(person.certificate());

    assertThat(facts.displayName()).isEqualTo("Ayşe Yılmaz");
    assertThat(facts.nationalId()).isEqualTo("123******01");
    assertThat(facts.toString()).doesNotContain("12345678901");
    assertThat(facts.daysLeft(now)).isEqualTo(700);
    assertThat(facts.daysLeft(now.plus(Duration.ofDays(701)))).isEqualTo(-1);
    assertThat(facts.isQualified()).isFalse();
    assertThat(
            CertificateFacts.of(
                    authority
                        .issue(
                            w ->
                                w.statements(
                                    CertificateFacts.ETSI_QUALIFIED,
                                    CertificateFacts.BTK_QUALIFIED))
                        .certificate())
                .isQualified())
        .isTrue();
  }
}
