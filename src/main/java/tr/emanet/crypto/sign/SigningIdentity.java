package tr.emanet.crypto.sign;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key with its certificate.
 *
 * @param chain the certificate of the key first, then its issuers without the root where there are
 *     any
 * @param provider where the key lives when it is on a card; null for the JDK's own
 */
record SigningIdentity(PrivateKey key, List<X509Certificate> chain, @Nullable Provider provider) {

  SigningIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without certificate signs nothing");
    }
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** The algorithm in the names of the JDK. */
  String algorithm() {
    return certificate().getPublicKey() instanceof RSAPublicKey
        ? "SHA256withRSA"
        : "SHA256withECDSA";
  }

  /** Whether the key signs what the certificate verifies. */
  boolean fits() throws GeneralSecurityException {
    byte[] sample = {1, 2, 3};
    Signature signing =
        provider == null
            ? Signature.getInstance(algorithm())
            : Signature.getInstance(algorithm(), provider);
    signing.initSign(key);
    signing.update(sample);
    Signature verifying = Signature.getInstance(algorithm());
    verifying.initVerify(certificate().getPublicKey());
    verifying.update(sample);
    return verifying.verify(signing.sign());
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "SigningIdentity[" + certificate().getSubjectX500Principal() + "]";
  }
}
