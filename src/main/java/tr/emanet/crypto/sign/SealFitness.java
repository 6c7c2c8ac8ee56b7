package tr.emanet.crypto.sign;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a key with its certificate can be the machine's seal. */
final class SealFitness {

  private static final int MIN_RSA = 2048;
  private static final int MIN_EC = 256;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  private SealFitness() {}

  /** What speaks against it; empty when nothing does. */
  static Optional<String> objection(SigningIdentity identity, Instant now)
      throws GeneralSecurityException {
    X509Certificate certificate = identity.certificate();
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return Optional.of("its certificate ended at " + certificate.getNotAfter().toInstant());
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Optional.of(
          "its certificate begins only at " + certificate.getNotBefore().toInstant());
    }
    if (isWeak(certificate)) {
      return Optional.of("its key is too weak: RSA from 2048, EC from 256 bits");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
      return Optional.of("its certificate does not allow signatures (key usage)");
    }
    if (certificate.getExtendedKeyUsage() != null) {
      return Optional.of(
          "its certificate has an extended key usage, and common tools would refuse its seals");
    }
    if (!identity.fits()) {
      return Optional.of("key and certificate do not belong together");
    }
    return brokenLink(identity.chain());
  }

  private static boolean isWeak(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() < MIN_RSA;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < MIN_EC;
      default -> true;
    };
  }

  private static Optional<String> brokenLink(List<X509Certificate> chain)
      throws GeneralSecurityException {
    for (int i = 0; i + 1 < chain.size(); i++) {
      try {
        chain.get(i).verify(chain.get(i + 1).getPublicKey());
      } catch (SignatureException | InvalidKeyException e) {
        return Optional.of(
            "'"
                + chain.get(i).getSubjectX500Principal()
                + "' was not issued by the certificate behind it ("
                + e.getMessage()
                + ")");
      }
    }
    return Optional.empty();
  }
}
