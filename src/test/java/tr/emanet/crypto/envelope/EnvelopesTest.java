package tr.emanet.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.certificate.Certificates;

class EnvelopesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] TEXT = "çok gizli".getBytes(StandardCharsets.UTF_8);

  private static RecipientKey operations;
  private static RecipientKey escrow;
  private static byte[] sealed;

  @TempDir Path dir;

  @BeforeAll
  static void sealOne() throws Exception {
    operations = RecipientCertificate.make("işletim", RANDOM, NOW);
    escrow = RecipientCertificate.make("emanetçi", RANDOM, NOW);
    sealed =
        new Envelopes(RANDOM).seal(TEXT, List.of(certificate(operations), certificate(escrow)));
  }

  private static X509Certificate certificate(RecipientKey key) {
    return Objects.requireNonNull(key.certificate());
  }

  private static String opened(Opening opening) {
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    try (Secret content = ((Opening.Opened) opening).content()) {
      return content.reveal();
    }
  }

  private static String refused(Opening opening) {
    assertThat(opening).isInstanceOf(Opening.Refused.class);
    return ((Opening.Refused) opening).why();
  }

  private void keep(String name, RecipientKey key) throws Exception {
    Files.write(
        dir.resolve(name + ".key"),
        ("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.key().getEncoded())
                + "\n-----END PRIVATE KEY-----\n")
            .getBytes(StandardCharsets.US_ASCII));
    Files.writeString(dir.resolve(name + ".pem"), Certificates.pem(List.of(certificate(key))));
  }

  @Test
  void isOpenedByTheOpensslOfTheDistributionForEachRecipient() throws Exception {
    Files.write(dir.resolve("p.p7m"), sealed);
    for (var each : List.of(operations, escrow)) {
      keep("k", each);

      Openssl.Run run =
          Openssl.run(
              dir,
              "cms",
              "-decrypt",
              "-binary",
              "-inform",
              "DER",
              "-in",
              "p.p7m",
              "-recip",
              "k.pem",
              "-inkey",
              "k.key",
              "-out",
              "clear");

      assertThat(run.code()).as(run.text()).isZero();
      assertThat(Files.readAllBytes(dir.resolve("clear"))).isEqualTo(TEXT);
    }
  }

  @Test
  void opensWhatOpensslSealed() throws Exception {
    keep("k", escrow);
    Files.write(dir.resolve("clear"), TEXT);

    Openssl.Run run =
        Openssl.run(
            dir,
            "cms",
            "-encrypt",
            "-binary",
            "-aes-256-gcm",
            "-in",
            "clear",
            "-outform",
            "DER",
            "-out",
            "p.p7m",
            "-recip",
            "k.pem",
            "-keyopt",
            "rsa_padding_mode:oaep",
            "-keyopt",
            "rsa_oaep_md:sha256",
            "-keyopt",
            "rsa_mgf1_md:sha256");

    assertThat(run.code()).as(run.text()).isZero();
    assertThat(opened(Envelopes.open(Files.readAllBytes(dir.resolve("p.p7m")), escrow)))
        .isEqualTo("çok gizli");
  }

  @Test
  void namesItsRecipientsAndOpensForThemOnly() throws Exception {
    RecipientKey stranger = RecipientCertificate.make("yabancı", RANDOM, NOW);

    assertThat(Envelopes.recipients(sealed)).hasSize(2);
    assertThat(Envelopes.recipients(sealed).get(1).names(certificate(escrow))).isTrue();
    assertThat(Envelopes.recipients(sealed).get(1).names(certificate(operations))).isFalse();
    assertThat(opened(Envelopes.open(sealed, operations))).isEqualTo("çok gizli");
    assertThat(opened(Envelopes.open(sealed, new RecipientKey(escrow.key(), null))))
        .isEqualTo("çok gizli");
    assertThat(Envelopes.open(sealed, stranger)).isInstanceOf(Opening.NotARecipient.class);
    assertThat(Envelopes.open(sealed, new RecipientKey(stranger.key(), null)))
        .isInstanceOf(Opening.NotARecipient.class);
    assertThat(refused(Envelopes.open(sealed, stranger.with(certificate(escrow)))))
        .contains("not that of the certificate");
  }

  @Test
  void takesARecipientAwayWithoutOpening() throws Exception {
    byte[] less = Envelopes.without(sealed, certificate(operations));

    assertThat(Envelopes.recipients(less)).hasSize(1);
    assertThat(Envelopes.open(less, operations)).isInstanceOf(Opening.NotARecipient.class);
    assertThat(opened(Envelopes.open(less, escrow))).isEqualTo("çok gizli");
    assertThatThrownBy(() -> Envelopes.without(less, certificate(escrow)))
        .hasMessageContaining("nobody");
  }

  /** A bit of the algorithm names or of the other recipient may say more than "damaged". */
  @Test
  void neverOpensWithAnAlteredByteThatMatters() {
    int opened = 0;
    // An RSA key is not cheap: every byte of the content, every 13th of the rest.
    for (int i = 0; i < sealed.length; i += i < sealed.length - 60 ? 13 : 1) {
      byte[] altered = sealed.clone();
      altered[i] = (byte) (altered[i] ^ 1 << i % 8);
      if (Envelopes.open(altered, escrow) instanceof Opening.Opened content) {
        // Only what belongs to the other recipient alone, or says the same, may change.
        assertThat(content.content().reveal()).isEqualTo("çok gizli");
        opened++;
      }
    }
    assertThat(opened).isLessThan(50);
    byte[] last = sealed.clone();
    last[last.length - 1] ^= 1;
    assertThat(refused(Envelopes.open(last, escrow))).contains("tag does not fit");
  }

  @Test
  void refusesEveryLengthThatIsCutOffOrLonger() {
    for (int i = 0; i < sealed.length; i += 7) {
      assertThat(Envelopes.open(Arrays.copyOf(sealed, i), escrow))
          .isInstanceOf(Opening.Refused.class);
    }
    assertThat(refused(Envelopes.open(Arrays.copyOf(sealed, sealed.length + 1), escrow)))
        .contains("bytes follow");
    assertThat(refused(Envelopes.open(new byte[(1 << 20) + 1], escrow))).contains("larger");
  }

  @Test
  void refusesOtherAlgorithmsByName() throws Exception {
    keep("k", escrow);
    Files.write(dir.resolve("clear"), TEXT);
    String[][] kinds = {
      {"-aes-256-cbc", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"},
      {"-aes-128-gcm", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"},
      {"-aes-256-gcm", "-keyopt", "rsa_padding_mode:pkcs1"},
      {"-aes-256-gcm", "-keyopt", "rsa_padding_mode:oaep"},
    };
    String[] reasons = {
      "content type 1.2.840.113549.1.7.3",
      "cipher is 2.16.840.1.101.3.4.1.6",
      "key transport is 1.2.840.113549.1.1.1",
      "not with SHA-256 in both places"
    };
    for (int i = 0; i < kinds.length; i++) {
      String[] fixed = {
        "cms",
        "-encrypt",
        "-binary",
        "-in",
        "clear",
        "-outform",
        "DER",
        "-out",
        "p.p7m",
        kinds[i][0],
        "-recip",
        "k.pem"
      };
      String[] all = Arrays.copyOf(fixed, fixed.length + kinds[i].length - 1);
      System.arraycopy(kinds[i], 1, all, fixed.length, kinds[i].length - 1);

      Openssl.Run run = Openssl.run(dir, all);

      assertThat(run.code()).as(run.text()).isZero();
      assertThat(refused(Envelopes.open(Files.readAllBytes(dir.resolve("p.p7m")), escrow)))
          .contains(reasons[i]);
    }
  }

  @Test
  void readsKeysAsOpensslWritesThem() throws Exception {
    keep("k", escrow);
    Files.writeString(dir.resolve("pw"), "şifre");
    Openssl.run(
        dir, "pkcs8", "-topk8", "-in", "k.key", "-out", "locked.pem", "-passout", "file:pw");
    Openssl.run(
        dir,
        "pkcs8",
        "-topk8",
        "-in",
        "k.key",
        "-outform",
        "DER",
        "-out",
        "locked.der",
        "-passout",
        "file:pw");
    Openssl.run(
        dir,
        "pkcs12",
        "-export",
        "-inkey",
        "k.key",
        "-in",
        "k.pem",
        "-out",
        "k.p12",
        "-passout",
        "file:pw");
    Openssl.run(dir, "rsa", "-traditional", "-in", "k.key", "-out", "old.pem");

    for (String name : List.of("k.key", "locked.pem", "locked.der", "k.p12")) {
      byte[] file = Files.readAllBytes(dir.resolve(name));
      try (Secret password = Secret.of("şifre");
          Secret wrong = Secret.of("sifre")) {
        assertThat(opened(Envelopes.open(sealed, KeyFiles.read(file, password))))
            .as(name)
            .isNotEmpty();
        if (!name.equals("k.key")) {
          assertThatThrownBy(() -> KeyFiles.read(file, wrong)).isInstanceOf(CryptoException.class);
          assertThatThrownBy(() -> KeyFiles.read(file, null)).hasMessageContaining("password");
        }
      }
    }
    assertThatThrownBy(() -> KeyFiles.read(Files.readAllBytes(dir.resolve("old.pem")), null))
        .hasMessageContaining("openssl pkcs8 -topk8");
    assertThatThrownBy(() -> KeyFiles.read(new byte[] {0x30, 1, 0}, null))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void knowsWhoCannotReceive() throws Exception {
    TestAuthority authority = new TestAuthority("CN=Kök", NOW);
    X509Certificate curve = authority.issue(w -> w.subject("CN=eğri").key("EC", 256)).certificate();

    assertThat(RecipientFitness.objection(certificate(escrow), NOW)).isEmpty();
    assertThat(RecipientFitness.objection(curve, NOW))
        .hasValueSatisfying(w -> assertThat(w).contains("only RSA"));
    assertThat(RecipientFitness.objection(certificate(escrow), NOW.plus(Duration.ofDays(8000))))
        .hasValueSatisfying(w -> assertThat(w).contains("ended"));
    assertThat(RecipientFitness.objection(certificate(escrow), NOW.minus(Duration.ofDays(1))))
        .hasValueSatisfying(w -> assertThat(w).contains("not valid before"));
  }

  @Test
  void showsNoSecretInText() {
    assertThat(escrow.toString()).isEqualTo("RecipientKey[******]");
    assertThat(Envelopes.open(sealed, escrow).toString()).doesNotContain("gizli");
  }
}
