package tr.emanet.backup.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/** Whom a TLS connection believes: the certificates of a PEM file, and nobody else. */
final class Authorities {

  private Authorities() {}

  static SSLContext context(Path pem) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(pem), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new BackupException("the authorities of '" + pem + "' cannot be used", e);
    }
  }

  /** The managers for a PEM file; null, which is the machine's own, without one. */
  static TrustManager @Nullable [] managers(@Nullable Path pem) throws IOException {
    if (pem == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new BackupException("'" + pem + "' holds no certificate in PEM form");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : found) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new BackupException("'" + pem + "' holds no certificates in PEM form", e);
    }
  }
}
