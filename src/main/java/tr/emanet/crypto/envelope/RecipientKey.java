package tr.emanet.crypto.envelope;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A private key that opens envelopes; held as short as possible.
 *
 * @param certificate null when only the key is there: then every recipient is tried
 */
public record RecipientKey(RSAPrivateCrtKey key, @Nullable X509Certificate certificate)
    implements AutoCloseable {

  /** Whether key and certificate belong together; true when there is no certificate. */
  public boolean fits() {
    return certificate == null
        || certificate.getPublicKey() instanceof RSAPublicKey its
            && key.getModulus().equals(its.getModulus());
  }

  /** The same key under the certificate. */
  public RecipientKey with(X509Certificate named) {
    return new RecipientKey(key, named);
  }

  /** Wipes the key where the provider can; the JDK's own is left to the garbage collector. */
  @Override
  public void close() {
    try {
      key.destroy();
    } catch (DestroyFailedException e) {
      org.slf4j.LoggerFactory.getLogger(RecipientKey.class)
          .atTrace()
          .log("A private key is left to the garbage collector");
    }
  }

  @Override
  public String toString() {
    return "RecipientKey[******]";
  }
}
