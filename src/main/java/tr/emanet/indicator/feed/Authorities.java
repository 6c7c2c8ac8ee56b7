package tr.emanet.indicator.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;

/** Trusts the authorities of a PEM file, and no others. */
public final class Authorities {

  private Authorities() {}

  /**
   * @throws FeedException when the file cannot be read or holds no certificate
   */
  public static SSLContext of(Path pem) throws FeedException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int i = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + i++, one);
      }
      if (i == 0) {
        throw new FeedException(FeedFailure.TLS, pem + " holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new FeedException(FeedFailure.TLS, pem + " cannot be used: " + e.getMessage(), e);
    }
  }
}
