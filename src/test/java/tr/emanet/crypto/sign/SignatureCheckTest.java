package tr.emanet.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.TestAuthority.Identity;
import tr.emanet.crypto.TestRevocation;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.certificate.Revocation;
import tr.emanet.crypto.sign.SignatureResult.Cause;
import tr.emanet.crypto.sign.SignatureResult.Refused;
import tr.emanet.crypto.sign.SignatureResult.Valid;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.crypto.stamp.TestTokens;
import tr.emanet.crypto.stamp.TimeStamping;

class SignatureCheckTest {

  private static final byte[] OBJECT = "rapor 42\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SHA256 = Digests.sha256().digest(OBJECT);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final TestAuthority authority;
  private final Identity person;

  @TempDir private Path directory = Path.of(".");

  SignatureCheckTest() throws Exception {
    authority = new TestAuthority("Nitelikli Kök", now);
    person = authority.issue(w -> w);
  }

  private static SigningIdentity identity(Identity one) {
    return new SigningIdentity(one.pair().getPrivate(), List.of(one.certificate()), null);
  }

  private byte[] signed(Identity who, Instant time) throws Exception {
    return CadesSigner.sign(SHA256, identity(who), time, SignaturePolicy.NONE);
  }

  private SignatureTerms terms() {
    return terms(Revocation.NONE);
  }

  private SignatureTerms terms(Revocation revocation) {
    return SignatureTerms.person(List.of(authority.certificate()), List.of(), revocation, now);
  }

  private SignatureResult check(byte[] p7s) throws Exception {
    return SignatureCheck.check(p7s, SignedContent.of(OBJECT), terms());
  }

  private void assertRefused(Cause cause, byte[] p7s) throws Exception {
    assertRefused(cause, check(p7s));
  }

  private static void assertRefused(Cause cause, SignatureResult result) {
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(((Refused) result).cause()).as(result.toString()).isEqualTo(cause);
    assertThat(((Refused) result).reason()).isNotBlank().doesNotContain("12345678901");
  }

  @Test
  void acceptsASoundSignatureAndSaysWhoMadeIt() throws Exception {
    Valid valid = (Valid) check(signed(person, now));

    assertThat(valid.signer().displayName()).isEqualTo("Ayşe Yılmaz");
    assertThat(valid.signer().nationalId()).isEqualTo("123******01");
    assertThat(valid.signingTime()).isEqualTo(now);
    assertThat(valid.form()).isEqualTo("CAdES-B-B");
    assertThat(valid.chain()).containsExactly(person.certificate(), authority.certificate());
    assertThat(valid.revocationKnown()).isFalse();
  }

  @Test
  void acceptsWhatOpensslSignedWithAPkcs12KeyAndRefusesItOverAnotherObject() throws Exception {
    Identity rsa = authority.issue(w -> w.key("RSA", 3072));
    Files.writeString(
        directory.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(rsa.pair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Files.writeString(directory.resolve("cert.pem"), Certificates.pem(List.of(rsa.certificate())));
    Path object = directory.resolve("object");
    Files.write(object, OBJECT);
    for (String mode : List.of("-binary", "-nodetach", "-keyopt")) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "cms",
                  "-sign",
                  "-cades",
                  "-binary",
                  "-md",
                  "sha512",
                  "-in",
                  "object",
                  "-signer",
                  "cert.pem",
                  "-inkey",
                  "key.pem",
                  "-outform",
                  "DER",
                  "-out",
                  "object.p7s"));
      command.add(mode);
      if (mode.equals("-keyopt")) {
        command.add("rsa_padding_mode:pss");
      }
      Openssl.Run run = Openssl.run(directory, command.toArray(String[]::new));
      assertThat(run.code()).as(run.text()).isZero();
      byte[] p7s = Files.readAllBytes(directory.resolve("object.p7s"));

      assertThat(PersonSignature.accept(SignedContent.of(object), p7s, terms()))
          .as(mode)
          .isInstanceOf(PersonSignature.Result.Accepted.class);
      assertThat(PersonSignature.accept(SignedContent.of(new byte[] {1}), p7s, terms()).toString())
          .contains("OTHER_OBJECT");
    }
  }

  @Test
  void refusesASignatureOverAnotherObject() throws Exception {
    byte[] p7s = signed(person, now);

    assertRefused(
        Cause.OTHER_OBJECT,
        SignatureCheck.check(p7s, SignedContent.ofSha256(new byte[32]), terms()));
  }

  @Test
  void refusesCertificatesThatAreNotForIt() throws Exception {
    assertRefused(Cause.PURPOSE, signed(authority.issue(w -> w.usage(KeyUsage.keyAgreement)), now));
    assertRefused(
        Cause.PURPOSE, signed(authority.issue(w -> w.usage(KeyUsage.digitalSignature)), now));
    assertRefused(
        Cause.PURPOSE,
        signed(authority.issue(w -> w.purpose(false, KeyPurposeId.id_kp_serverAuth)), now));
    assertRefused(Cause.WEAK, signed(authority.issue(w -> w.key("RSA", 1024)), now));
    assertRefused(Cause.UNTRUSTED, signed(authority.issue(w -> w.digest("SHA1")), now));
    assertRefused(
        Cause.UNTRUSTED, signed(new TestAuthority("Nitelikli Kök", now).issue(w -> w), now));
    assertThat(
            check(
                signed(
                    authority.issue(w -> w.purpose(false, KeyPurposeId.id_kp_emailProtection)),
                    now)))
        .isInstanceOf(Valid.class);
  }

  @Test
  void refusesWhatWasNotValidAtTheTime() throws Exception {
    Identity ended =
        authority.issue(w -> w.between(now.minus(Duration.ofDays(9)), now.minusSeconds(3600)));
    Identity coming =
        authority.issue(w -> w.between(now.plusSeconds(3600), now.plus(Duration.ofDays(9))));
    Instant before = now.minus(Duration.ofDays(2));

    assertRefused(Cause.VALIDITY, signed(ended, before));
    assertRefused(Cause.VALIDITY, signed(coming, now));
    assertRefused(Cause.TIME, signed(person, now.plus(Duration.ofHours(2))));
  }

  @Test
  void aTimeStampInsideProvesTheTimeForACertificateThatHasEnded() throws Exception {
    Identity ended =
        authority.issue(w -> w.between(now.minus(Duration.ofDays(9)), now.minusSeconds(3600)));
    Instant then = now.minus(Duration.ofDays(2));
    BuiltInTsa tsa = BuiltInTsa.create(new SecureRandom(), InstantSource.fixed(then));
    byte[] p7s = signed(ended, then);
    byte[] stamped =
        CadesSignatures.withTimeStamp(
            p7s,
            ((TimeStamping.Granted) tsa.stamp(CadesSignatures.signatureValueDigest(p7s))).token());
    SignatureTerms trusting =
        SignatureTerms.person(
            List.of(authority.certificate()), List.of(tsa.certificate()), Revocation.NONE, now);

    Valid valid = (Valid) SignatureCheck.check(stamped, SignedContent.of(OBJECT), trusting);

    assertThat(valid.form()).isEqualTo("CAdES-B-T");
    assertThat(valid.stampTime()).isEqualTo(then);
    assertRefused(Cause.TIME_STAMP, stamped);
  }

  @Test
  void refusesTimeStampsInsideThatDoNotFit() throws Exception {
    Identity tsa = authority.issue(w -> w.purpose(true, KeyPurposeId.id_kp_timeStamping));
    byte[] p7s = signed(person, now);
    byte[] early =
        CadesSignatures.withTimeStamp(
            p7s,
            TestTokens.token(
                tsa,
                CadesSignatures.signatureValueDigest(p7s),
                BigInteger.ONE,
                now.minus(Duration.ofHours(3)),
                "1.2.3"));
    SignatureTerms trusting =
        SignatureTerms.person(
            List.of(authority.certificate()),
            List.of(authority.certificate()),
            Revocation.NONE,
            now);

    assertRefused(Cause.TIME, SignatureCheck.check(early, SignedContent.of(OBJECT), trusting));
  }

  @Test
  void refusesRevokedCertificatesAndAsksForNewsWhenTold() throws Exception {
    byte[] p7s = signed(person, now);
    byte[] crl =
        TestRevocation.crl(
            authority.certificate(),
            authority.root(),
            now.minusSeconds(60),
            person.certificate(),
            now.minusSeconds(120));
    byte[] good =
        TestRevocation.crl(
            authority.certificate(), authority.root(), now.minusSeconds(60), null, now);

    assertRefused(
        Cause.REVOKED,
        SignatureCheck.check(
            p7s, SignedContent.of(OBJECT), terms(Revocation.of(List.of(crl), List.of()))));
    assertRefused(
        Cause.REVOCATION_UNKNOWN,
        SignatureCheck.check(p7s, SignedContent.of(OBJECT), terms().requiringRevocation()));
    Valid valid =
        (Valid)
            SignatureCheck.check(
                p7s,
                SignedContent.of(OBJECT),
                terms(Revocation.of(List.of(good), List.of())).requiringRevocation());
    assertThat(valid.revocationKnown()).isTrue();
  }

  @Test
  void refusesWeakOrMissingReferencesToTheCertificate() throws Exception {
    assertRefused(Cause.CERTIFICATE_REFERENCE, forged(person, null, "SHA-256", now));
    assertRefused(
        Cause.CERTIFICATE_REFERENCE,
        forged(
            person,
            attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificate,
                new SigningCertificate(new ESSCertID(new byte[20]))),
            "SHA-256",
            now));
    assertRefused(
        Cause.CERTIFICATE_REFERENCE,
        forged(
            person,
            attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new SigningCertificateV2(new ESSCertIDv2(new byte[32]))),
            "SHA-256",
            now));
    assertRefused(Cause.TIME, forged(person, reference(person.certificate()), "SHA-256", null));
    assertRefused(Cause.WEAK, forged(person, reference(person.certificate()), "SHA-1", now));
    assertThat(check(forged(person, reference(person.certificate()), "SHA-256", now)))
        .isInstanceOf(Valid.class);
  }

  private static Attribute reference(X509Certificate certificate) throws Exception {
    return attribute(
        PKCSObjectIdentifiers.id_aa_signingCertificateV2,
        new SigningCertificateV2(
            new ESSCertIDv2(Digests.sha256().digest(certificate.getEncoded()))));
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  /** A signature with chosen attributes. */
  private static byte[] forged(
      Identity who, @Nullable Attribute reference, String digest, @Nullable Instant time)
      throws Exception {
    ASN1EncodableVector all = new ASN1EncodableVector();
    all.add(attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data));
    byte[] value = MessageDigest.getInstance(digest).digest(OBJECT);
    all.add(attribute(CMSAttributes.messageDigest, new DEROctetString(value)));
    if (time != null) {
      all.add(attribute(CMSAttributes.signingTime, new Time(Date.from(time))));
    }
    if (reference != null) {
      all.add(reference);
    }
    AttributeTable table = new AttributeTable(all);
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .setSignedAttributeGenerator(ignored -> table)
            .build(
                new JcaContentSignerBuilder(digest.replace("-", "") + "withECDSA")
                    .build(who.pair().getPrivate()),
                who.certificate()));
    generator.addCertificates(new JcaCertStore(List.of(who.certificate())));
    return generator.generate(new CMSAbsentContent(), false).getEncoded("DER");
  }

  @Test
  void neverAcceptsNorFailsOnDamagedBytes() throws Exception {
    byte[] p7s = signed(person, now);
    Random random = new Random(5);
    int accepted = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] bad = p7s.clone();
      int at = random.nextInt(bad.length);
      switch (i % 3) {
        case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bad[at] = (byte) random.nextInt(256);
        default -> bad = Arrays.copyOf(bad, at);
      }
      if (!Arrays.equals(bad, p7s) && check(bad) instanceof Valid) {
        accepted++;
      }
    }

    // Only fields that mean nothing may change: version numbers, unused parameters, the list of
    // digests beside the signer's own. They are some 30 of 1,100 bytes, hit at random.
    assertThat(accepted).isLessThan(75);
  }

  @Test
  void refusesBytesThatAreNoSignature() throws Exception {
    byte[] deep = new byte[100_000];
    for (int i = 0; i + 1 < deep.length; i += 2) {
      deep[i] = 0x30;
      deep[i + 1] = (byte) 0x80;
    }

    assertRefused(Cause.MALFORMED, new byte[0]);
    assertRefused(Cause.MALFORMED, "<html>".getBytes(StandardCharsets.US_ASCII));
    assertRefused(Cause.MALFORMED, new byte[] {0x30, 0x00});
    assertRefused(Cause.MALFORMED, deep);
    assertRefused(Cause.MALFORMED, new byte[CmsFile.MAX_BYTES + 1]);
    assertRefused(Cause.MALFORMED, person.certificate().getEncoded());
  }

  @Test
  void believesTheMachinesOwnClockForItsOwnSeals() throws Exception {
    Instant then = now.minus(Duration.ofDays(3700));
    SealKey seal =
        SealKey.openOrCreate(directory, "emanet", new SecureRandom(), InstantSource.fixed(then));
    byte[] p7s = seal.sign(OBJECT);
    List<X509Certificate> ours = seal.certificates();
    seal.close();

    assertThat(
            SignatureCheck.check(
                p7s, SignedContent.of(OBJECT), SignatureTerms.machine(ours, List.of(), now)))
        .isInstanceOf(Valid.class);
    assertRefused(
        Cause.VALIDITY,
        SignatureCheck.check(
            p7s,
            SignedContent.of(OBJECT),
            new SignatureTerms(ours, List.of(), Revocation.NONE, false, false, false, now)));
  }

  @Test
  void tellsWhetherTheCertificateIsQualified() throws Exception {
    Identity qualified =
        authority.issue(
            w -> w.statements(CertificateFacts.ETSI_QUALIFIED, CertificateFacts.BTK_QUALIFIED));

    PersonSignature.Result.Accepted accepted =
        (PersonSignature.Result.Accepted)
            PersonSignature.accept(SignedContent.of(OBJECT), signed(qualified, now), terms());

    assertThat(accepted.qualified()).isTrue();
    assertThat(accepted.maskedId()).isEqualTo("123******01");
  }

  @Test
  void namesThePolicyThatASignatureNames() throws Exception {
    byte[] p7s = CadesSigner.sign(SHA256, identity(person), now, SignaturePolicy.TURKISH_P2);

    assertThat(((Valid) check(p7s)).policy()).isEqualTo("2.16.792.1.61.0.1.5070.3.1.1");
  }
}
