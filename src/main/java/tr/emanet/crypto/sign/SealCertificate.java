package tr.emanet.crypto.sign;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes the self-signed certificate of the machine seal (RFC 5280). It has no extended key usage:
 * with one, stock {@code openssl cms -verify} would refuse it.
 */
final class SealCertificate {

  static final String ORGANISATION = "Emanet machine seal";

  /** As long as law asks logs to be kept, and longer: an archive outlives its key. */
  private static final Duration LIFE = Duration.ofDays(3650);

  /** So that a verifier whose clock is a little behind accepts the first checkpoint. */
  private static final Duration BACK = Duration.ofHours(1);

  private static final int SERIAL_BITS = 120;
  private static final int MAX_NAME = 64;

  private SealCertificate() {}

  static X509Certificate make(KeyPair pair, String machine, SecureRandom random, Instant now)
      throws GeneralSecurityException, IOException {
    String common = machine.isBlank() ? "localhost" : machine.strip();
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, ORGANISATION)
            .addRDN(BCStyle.CN, common.substring(0, Math.min(MAX_NAME, common.length())))
            .build();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            Date.from(now.minus(BACK)),
            Date.from(now.plus(LIFE)),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setSecureRandom(random)
                      .build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("cannot sign: " + e.getMessage(), e);
    }
  }
}
