package tr.emanet.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.qualified.QCStatement;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for tests that issues right and wrong certificates. */
public final class TestAuthority {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Identity root;
  private final Instant now;
  private int issued;

  /** A key with its certificate. */
  public record Identity(KeyPair pair, X509Certificate certificate) {}

  /**
   * What to issue.
   *
   * @param subject in RFC 2253 form
   * @param usage bits of {@link KeyUsage}; 0 for no extension
   * @param purposes extended key usage, null for none
   */
  public record Wish(
      String subject,
      String algorithm,
      int size,
      String digest,
      Instant from,
      Instant to,
      int usage,
      @Nullable ExtendedKeyUsage purposes,
      boolean purposesCritical,
      String[] statements) {

    public Wish subject(String value) {
      return new Wish(
          value, algorithm, size, digest, from, to, usage, purposes, purposesCritical, statements);
    }

    public Wish key(String kind, int bits) {
      return new Wish(
          subject, kind, bits, digest, from, to, usage, purposes, purposesCritical, statements);
    }

    public Wish digest(String value) {
      return new Wish(
          subject, algorithm, size, value, from, to, usage, purposes, purposesCritical, statements);
    }

    public Wish between(Instant begin, Instant end) {
      return new Wish(
          subject,
          algorithm,
          size,
          digest,
          begin,
          end,
          usage,
          purposes,
          purposesCritical,
          statements);
    }

    public Wish usage(int bits) {
      return new Wish(
          subject, algorithm, size, digest, from, to, bits, purposes, purposesCritical, statements);
    }

    public Wish purpose(boolean critical, KeyPurposeId... ids) {
      return new Wish(
          subject,
          algorithm,
          size,
          digest,
          from,
          to,
          usage,
          new ExtendedKeyUsage(ids),
          critical,
          statements);
    }

    public Wish statements(String... oids) {
      return new Wish(
          subject, algorithm, size, digest, from, to, usage, purposes, purposesCritical, oids);
    }
  }

  public TestAuthority(String name, Instant now) throws GeneralSecurityException {
    this.now = now;
    KeyPair pair = pair("EC", 256);
    this.root =
        new Identity(
            pair,
            build(
                wish("CN=" + name).usage(KeyUsage.keyCertSign | KeyUsage.cRLSign),
                pair,
                new X500Name("CN=" + name),
                pair,
                true));
  }

  private Wish wish(String subject) {
    return new Wish(
        subject,
        "EC",
        256,
        "SHA256",
        now.minus(Duration.ofDays(30)),
        now.plus(Duration.ofDays(700)),
        KeyUsage.digitalSignature | KeyUsage.nonRepudiation,
        null,
        false,
        new String[0]);
  }

  public Identity root() {
    return root;
  }

  public X509Certificate certificate() {
    return root.certificate();
  }

  /**
   * Issues a certificate with a key of its own; the wish begins as a sound signer's. RSA keys are
   * shared between authorities, never within one.
   */
  public Identity issue(UnaryOperator<Wish> change) throws GeneralSecurityException {
    Wish wish = change.apply(wish("CN=Ayşe Yılmaz,SERIALNUMBER=12345678901,C=TR"));
    KeyPair pair =
        wish.algorithm().equals("RSA")
            ? TestKeys.rsa(wish.size(), issued++)
            : pair(wish.algorithm(), wish.size());
    return new Identity(
        pair,
        build(
            wish,
            pair,
            X500Name.getInstance(root.certificate().getSubjectX500Principal().getEncoded()),
            root.pair(),
            false));
  }

  private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  private static X509Certificate build(
      Wish wish, KeyPair pair, X500Name issuer, KeyPair signer, boolean authority)
      throws GeneralSecurityException {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(100, RANDOM).setBit(99),
              Date.from(wish.from()),
              Date.from(wish.to()),
              new X500Name(wish.subject()),
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (wish.usage() != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(wish.usage()));
      }
      if (wish.purposes() != null) {
        builder.addExtension(Extension.extendedKeyUsage, wish.purposesCritical(), wish.purposes());
      }
      if (wish.statements().length > 0) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (String oid : wish.statements()) {
          ASN1Encodable one = new QCStatement(new ASN1ObjectIdentifier(oid));
          all.add(one);
        }
        builder.addExtension(Extension.qCStatements, false, new DERSequence(all));
      }
      String kind = signer.getPublic() instanceof RSAPublicKey ? "RSA" : "ECDSA";
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(wish.digest() + "with" + kind)
                      .build(signer.getPrivate())));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
