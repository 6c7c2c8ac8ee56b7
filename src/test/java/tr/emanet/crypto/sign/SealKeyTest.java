package tr.emanet.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.crypto.stamp.TimeStamping;

class SealKeyTest {

  private static final byte[] CONTENT =
      "emanet-checkpoint 1\nnumber 1\nend\n".getBytes(StandardCharsets.US_ASCII);

  private final Instant now = Instant.now();

  @TempDir private Path keys = Path.of(".");

  private SealKey open(Instant at) throws CryptoException {
    return SealKey.openOrCreate(
        keys, "emanet.belediye.example", new SecureRandom(), InstantSource.fixed(at));
  }

  @Test
  void isMadeOnceAndOnlyItsOwnerMayReadIt() throws Exception {
    try (SealKey made = open(now);
        SealKey again = open(now)) {
      assertThat(again.keyId()).isEqualTo(made.keyId()).hasSize(64);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("seal.p12"))))
          .isEqualTo("rw-------");
      assertThat(made.certificate().getKeyUsage()).startsWith(true, true, false);
      assertThat(made.certificate().getCriticalExtensionOIDs()).contains("2.5.29.15");
      assertThat(made.certificate().getExtendedKeyUsage()).isNull();
    }
  }

  private Path file(String name) {
    return keys.resolve(name);
  }

  @Test
  void isRenewedInTimeAndKeepsTheOldCertificate() throws Exception {
    try (SealKey made = open(now);
        SealKey renewed = open(now.plus(Duration.ofDays(3300)));
        SealKey later = open(now.plus(Duration.ofDays(3300)))) {
      assertThat(renewed.keyId()).isNotEqualTo(made.keyId());
      assertThat(renewed.certificates()).containsExactly(renewed.certificate(), made.certificate());
      assertThat(later.certificates()).isEqualTo(renewed.certificates());
    }
  }

  @Test
  void signsNothingAfterItWasClosed() throws Exception {
    SealKey key = open(now);

    key.close();
    key.close();

    assertThatThrownBy(() -> key.sign(CONTENT)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void signsBytesStreamsAndDigestsAlikeInTheEyesOfOpenssl() throws Exception {
    try (SealKey key = open(now)) {
      byte[] p7s = key.sign(CONTENT);
      byte[] streamed = key.sign(new ByteArrayInputStream(CONTENT));

      assertThat(verify(key, p7s, CONTENT)).contains("CAdES Verification successful");
      assertThat(verify(key, streamed, CONTENT)).contains("CAdES Verification successful");
      assertThat(verify(key, p7s, "other".getBytes(StandardCharsets.US_ASCII))).contains("failure");
    }
  }

  private String verify(SealKey key, byte[] p7s, byte[] content) throws Exception {
    Files.writeString(file("ca.pem"), Certificates.pem(key.certificates()));
    Files.write(file("x"), content);
    Files.write(file("x.p7s"), p7s);
    Openssl.Run plain =
        Openssl.run(
            keys,
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "x.p7s",
            "-content",
            "x",
            "-CAfile",
            "ca.pem",
            "-out",
            "/dev/null");
    Openssl.Run cades =
        Openssl.run(
            keys,
            "cms",
            "-verify",
            "-cades",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "x.p7s",
            "-content",
            "x",
            "-CAfile",
            "ca.pem",
            "-out",
            "/dev/null");
    assertThat(cades.code()).as(plain.text() + cades.text()).isEqualTo(plain.code());
    return plain.text() + cades.text();
  }

  @Test
  void takesATimeStampInsideAndStaysValid() throws Exception {
    BuiltInTsa tsa = BuiltInTsa.create(new SecureRandom(), InstantSource.fixed(now));
    try (SealKey key = open(now)) {
      byte[] p7s = key.under(SignaturePolicy.TURKISH_P2).sign(CONTENT);
      TimeStamping.Granted stamp =
          (TimeStamping.Granted) tsa.stamp(CadesSignatures.signatureValueDigest(p7s));

      byte[] stamped = CadesSignatures.withTimeStamp(p7s, stamp.token());

      assertThat(CadesSignatures.isStamped(p7s)).isFalse();
      assertThat(CadesSignatures.isStamped(stamped)).isTrue();
      assertThat(CadesSignatures.signatureValueDigest(stamped))
          .isEqualTo(CadesSignatures.signatureValueDigest(p7s));
      assertThat(verify(key, stamped, CONTENT)).contains("CAdES Verification successful");
      assertThatThrownBy(() -> CadesSignatures.withTimeStamp(stamped, stamp.token()))
          .hasMessageContaining("already");
    }
  }

  @Test
  void refusesATimeStampOverSomethingElse() throws Exception {
    BuiltInTsa tsa = BuiltInTsa.create(new SecureRandom(), InstantSource.fixed(now));
    try (SealKey key = open(now)) {
      byte[] p7s = key.sign(CONTENT);
      TimeStamping.Granted other = (TimeStamping.Granted) tsa.stamp(new byte[32]);

      assertThatThrownBy(() -> CadesSignatures.withTimeStamp(p7s, other.token()))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining("over something else");
    }
  }

  @Test
  void importsAKeyWithItsChainAndKeepsTheCertificateBefore() throws Exception {
    TestAuthority authority = new TestAuthority("Kurum Kök", now);
    byte[] p12 = pkcs12(authority, "parola", w -> w.key("RSA", 2048).subject("CN=Mühür"));
    try (SealKey made = open(now);
        SealKey imported =
            SealKey.importPkcs12(keys, p12, Secret.of("parola"), InstantSource.fixed(now));
        SealKey again = open(now.plus(Duration.ofDays(699)))) {

      assertThat(imported.certificates()).hasSize(2).endsWith(made.certificate());
      assertThat(again.keyId()).isEqualTo(imported.keyId());
      Files.writeString(file("root.pem"), Certificates.pem(List.of(authority.certificate())));
      Files.write(file("x"), CONTENT);
      Files.write(file("x.p7s"), imported.sign(CONTENT));
      assertThat(
              Openssl.run(
                      keys,
                      "cms",
                      "-verify",
                      "-cades",
                      "-binary",
                      "-inform",
                      "DER",
                      "-in",
                      "x.p7s",
                      "-content",
                      "x",
                      "-CAfile",
                      "root.pem",
                      "-out",
                      "/dev/null")
                  .text())
          .contains("CAdES Verification successful");
    }
  }

  @Test
  void importsAnRsaPairThatOpensslMade() throws Exception {
    Openssl.run(
        keys,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "k.pem",
        "-out",
        "c.pem",
        "-days",
        "30",
        "-subj",
        "/O=Belediye/CN=Kurum muhuru",
        "-addext",
        "keyUsage=critical,digitalSignature,nonRepudiation");
    Openssl.Run packed =
        Openssl.run(
            keys,
            "pkcs12",
            "-export",
            "-inkey",
            "k.pem",
            "-in",
            "c.pem",
            "-out",
            "k.p12",
            "-passout",
            "pass:çok gizli");
    assertThat(packed.code()).as(packed.text()).isZero();
    byte[] p12 = Files.readAllBytes(file("k.p12"));

    try (SealKey imported =
        SealKey.importPkcs12(
            keys, p12, Secret.of("çok gizli"), InstantSource.fixed(Instant.now().plusSeconds(2)))) {
      assertThat(verify(imported, imported.sign(CONTENT), CONTENT))
          .contains("CAdES Verification successful");
    }
  }

  @Test
  void refusesToImportWhatCannotSeal() throws Exception {
    assertRefused("ended", w -> w.between(now.minusSeconds(999), now.minusSeconds(99)));
    assertRefused("begins", w -> w.between(now.plusSeconds(99), now.plusSeconds(999)));
    assertRefused("too weak", w -> w.key("RSA", 1024));
    assertRefused("key usage", w -> w.usage(KeyUsage.keyEncipherment));
    assertRefused("extended", w -> w.purpose(false, KeyPurposeId.id_kp_serverAuth));
    assertThatThrownBy(
            () ->
                SealKey.importPkcs12(
                    keys, new byte[70_000], Secret.of("x"), InstantSource.fixed(now)))
        .hasMessageContaining("64 KiB");
  }

  private void assertRefused(String reason, UnaryOperator<TestAuthority.Wish> wish)
      throws Exception {
    byte[] p12 = pkcs12(new TestAuthority("Kök", now), "p", wish);

    assertThatThrownBy(
            () -> SealKey.importPkcs12(keys, p12, Secret.of("p"), InstantSource.fixed(now)))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining(reason);
    assertThat(file("seal.p12")).doesNotExist();
  }

  @Test
  void refusesAWrongPasswordAndADamagedFileInWords() throws Exception {
    byte[] p12 = pkcs12(new TestAuthority("Kök", now), "right", w -> w);
    byte[] cut = Arrays.copyOf(p12, p12.length / 2);

    assertThatThrownBy(
            () -> SealKey.importPkcs12(keys, p12, Secret.of("wrong"), InstantSource.fixed(now)))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("password");
    assertThatThrownBy(
            () -> SealKey.importPkcs12(keys, cut, Secret.of("right"), InstantSource.fixed(now)))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void namesFileAndRemedyWhenTheKeyIsDamagedAndReplacesNothing() throws Exception {
    Files.writeString(file("seal.p12"), "rubbish");
    Files.setPosixFilePermissions(file("seal.p12"), PosixFilePermissions.fromString("rw-------"));

    assertThatThrownBy(() -> open(now))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("seal.p12")
        .hasMessageContaining("restore the file");
    assertThat(file("seal.p12")).hasContent("rubbish");
  }

  private static byte[] pkcs12(
      TestAuthority authority, String password, UnaryOperator<TestAuthority.Wish> wish)
      throws Exception {
    TestAuthority.Identity one = authority.issue(wish);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key",
        one.pair().getPrivate(),
        password.toCharArray(),
        new Certificate[] {one.certificate(), authority.certificate()});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password.toCharArray());
    return out.toByteArray();
  }
}
