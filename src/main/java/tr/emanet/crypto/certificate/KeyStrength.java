package tr.emanet.crypto.certificate;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Optional;

/** What is too weak to trust: RSA below 2048 bits, curves below 256, MD5 and SHA-1. */
public final class KeyStrength {

  private static final int MIN_RSA = 2048;
  private static final int MIN_EC = 256;

  private KeyStrength() {}

  /** Why the key is too weak, in words; empty when it is not. */
  public static Optional<String> weakness(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> below("RSA", rsa.getModulus().bitLength(), MIN_RSA);
      case ECPublicKey ec -> below("EC", ec.getParams().getOrder().bitLength(), MIN_EC);
      case EdECPublicKey ed -> Optional.empty();
      default -> Optional.of("keys of the kind " + key.getAlgorithm() + " are not accepted");
    };
  }

  private static Optional<String> below(String kind, int bits, int least) {
    return bits < least
        ? Optional.of(kind + " key of " + bits + " bits; " + least + " are the least")
        : Optional.empty();
  }

  /** Whether the issuer signed the certificate with MD5 or SHA-1. */
  static boolean hasWeakDigest(X509Certificate certificate) {
    String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return name.startsWith("MD") || name.startsWith("SHA1");
  }
}
