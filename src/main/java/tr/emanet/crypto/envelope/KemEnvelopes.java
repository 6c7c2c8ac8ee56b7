package tr.emanet.crypto.envelope;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.bc.BcCMSContentEncryptorBuilder;
import org.bouncycastle.cms.bc.BcKEMRecipientInfoGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import tr.emanet.crypto.CryptoException;

/**
 * Seals short secrets to certificates with ML-KEM keys: CMS AuthEnvelopedData, AES-256-GCM, the
 * content key by RFC 9629 and RFC 9936. An extra copy for the day on which RSA is broken; openssl
 * before 3.5 cannot open it, so it is never the only one. Thread-safe.
 */
public final class KemEnvelopes {

  /** ML-KEM-768 and ML-KEM-1024; 512 is left out. */
  private static final Set<ASN1ObjectIdentifier> KINDS =
      Set.of(NISTObjectIdentifiers.id_alg_ml_kem_768, NISTObjectIdentifiers.id_alg_ml_kem_1024);

  private final SecureRandom random;

  public KemEnvelopes(SecureRandom random) {
    this.random = random;
  }

  /** Whether the key of a certificate is one of ML-KEM that can receive. */
  public static boolean fits(X509Certificate certificate) throws CryptoException {
    return KINDS.contains(
        holder(certificate).getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm());
  }

  private static X509CertificateHolder holder(X509Certificate certificate) throws CryptoException {
    try {
      return new X509CertificateHolder(certificate.getEncoded());
    } catch (IOException | CertificateEncodingException e) {
      throw new CryptoException("the certificate cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Seals the content so that each of the recipients can open it alone.
   *
   * @param content stays the caller's to wipe
   * @return DER
   * @throws CryptoException when a certificate cannot receive
   */
  public byte[] seal(byte[] content, List<X509Certificate> recipients) throws CryptoException {
    try {
      CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
      for (X509Certificate one : recipients) {
        generator.addRecipientInfoGenerator(
            new BcKEMRecipientInfoGenerator(holder(one), CMSAlgorithm.AES256_WRAP)
                .setSecureRandom(random));
      }
      return generator
          .generate(
              new CMSProcessableByteArray(content),
              (OutputAEADEncryptor)
                  new BcCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                      .setSecureRandom(random)
                      .build())
          .getEncoded();
    } catch (CMSException | IOException e) {
      throw new CryptoException("the copy of ML-KEM cannot be made: " + e.getMessage(), e);
    }
  }
}
