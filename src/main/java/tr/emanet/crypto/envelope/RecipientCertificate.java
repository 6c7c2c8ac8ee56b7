package tr.emanet.crypto.envelope;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes an RSA key with a self-signed certificate that can only receive (keyEncipherment). */
public final class RecipientCertificate {

  /** As strong as AES-128 (SP 800-57); 4096 would cost five times the work at each opening. */
  private static final int BITS = 3072;

  private static final int SERIAL_BITS = 120;
  private static final int MAX_NAME = 64;
  private static final Duration LIFE = Duration.ofDays(20 * 365L);
  private static final Duration SLACK = Duration.ofHours(1);

  private RecipientCertificate() {}

  /**
   * Makes both; about half a second.
   *
   * @param name common name of the subject
   */
  public static RecipientKey make(String name, SecureRandom random, Instant now)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS, random);
    KeyPair pair = generator.generateKeyPair();
    return new RecipientKey(
        (RSAPrivateCrtKey) pair.getPrivate(), certificate(pair, name, random, now));
  }

  private static X509Certificate certificate(
      KeyPair pair, String name, SecureRandom random, Instant now) throws GeneralSecurityException {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, "Emanet self-signed")
            .addRDN(BCStyle.CN, name.substring(0, Math.min(MAX_NAME, name.length())))
            .build();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
              new Time(Date.from(now.minus(SLACK))),
              new Time(Date.from(now.plus(LIFE))),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withRSA")
                      .setSecureRandom(random)
                      .build(pair.getPrivate())));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("cannot make a certificate: " + e.getMessage(), e);
    }
  }
}
