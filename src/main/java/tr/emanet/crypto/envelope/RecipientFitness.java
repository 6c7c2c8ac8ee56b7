package tr.emanet.crypto.envelope;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;
import tr.emanet.crypto.certificate.KeyStrength;

/** Whether something can be sealed to a certificate. */
public final class RecipientFitness {

  private static final int KEY_ENCIPHERMENT = 2;
  private static final int MAX_BITS = 16_384;

  private RecipientFitness() {}

  /** Why nothing can be sealed to it now, in words; empty when it is fit. */
  public static Optional<String> objection(X509Certificate certificate, Instant now) {
    if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
      return Optional.of(
          "its key is of the kind "
              + certificate.getPublicKey().getAlgorithm()
              + "; only RSA can receive");
    }
    Optional<String> weakness = KeyStrength.weakness(key);
    if (weakness.isPresent()) {
      return weakness;
    }
    if (key.getModulus().bitLength() > MAX_BITS) {
      return Optional.of("its key has more than " + MAX_BITS + " bits");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[KEY_ENCIPHERMENT]) {
      return Optional.of("its key usage does not allow keyEncipherment");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Optional.of("it is not valid before " + certificate.getNotBefore().toInstant());
    }
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return Optional.of("it ended at " + certificate.getNotAfter().toInstant());
    }
    return Optional.empty();
  }
}
