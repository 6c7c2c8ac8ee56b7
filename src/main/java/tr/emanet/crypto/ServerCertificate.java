package tr.emanet.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's own certificate for the UI and syslog over TLS: ECDSA P-256, self-signed, made at
 * the first start and kept in {@code keys/server.p12} (0600). It is renewed with the same key when
 * less than 60 days are left, so that senders who pinned the key go on. Immutable.
 */
public final class ServerCertificate {

  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

  private static final String ALIAS = "server";

  /** Not a secret: PKCS#12 demands one, the file mode is what protects the key. */
  private static final String STORE_PASSWORD = "emanet";

  /** The longest life that common clients accept. */
  private static final Duration LIFE = Duration.ofDays(825);

  private static final Duration RENEW_BEFORE = Duration.ofDays(60);
  private static final long MAX_FILE_BYTES = 1 << 20;

  private final Path file;
  private final KeyStore store;
  private final X509Certificate certificate;

  private ServerCertificate(Path file, KeyStore store) throws GeneralSecurityException {
    this.file = file;
    this.store = store;
    if (!(store.getCertificate(ALIAS) instanceof X509Certificate x509)
        || store.getKey(ALIAS, STORE_PASSWORD.toCharArray()) == null) {
      throw new GeneralSecurityException("it holds no entry named '" + ALIAS + "'");
    }
    this.certificate = x509;
  }

  /**
   * Opens {@code server.p12} in the directory, making or renewing it where needed.
   *
   * @param hostNames names of this machine beside {@code localhost}, may be empty
   */
  public static ServerCertificate openOrCreate(
      Path keys, Set<String> hostNames, SecureRandom random, InstantSource clock)
      throws CryptoException {
    Path file = keys.resolve("server.p12");
    try {
      if (!Files.exists(file)) {
        ServerCertificate made = make(file, newKey(random), hostNames, random, clock.instant());
        LOG.atInfo().addKeyValue("sha256", made.fingerprint()).log("Server certificate is made");
        return made;
      }
      ServerCertificate found = read(file);
      Instant end = found.certificate.getNotAfter().toInstant();
      if (end.isAfter(clock.instant().plus(RENEW_BEFORE)) || !found.isSelfMade()) {
        return found;
      }
      ServerCertificate renewed = make(file, found.keyPair(), hostNames, random, clock.instant());
      LOG.atInfo()
          .addKeyValue("sha256", renewed.fingerprint())
          .log("Server certificate is renewed");
      return renewed;
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "server certificate "
              + file
              + " cannot be used ("
              + e.getMessage()
              + "); move the file away to have a new one made, or put a valid one there",
          e);
    }
  }

  private static ServerCertificate read(Path file) throws IOException, GeneralSecurityException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("it is larger than 1 MiB");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(file)), STORE_PASSWORD.toCharArray());
    return new ServerCertificate(file, store);
  }

  private static KeyPair newKey(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static ServerCertificate make(
      Path file, KeyPair pair, Set<String> hostNames, SecureRandom random, Instant now)
      throws IOException, GeneralSecurityException {
    X509Certificate certificate =
        SelfSigned.certificate(pair, hostNames, random, now.minusSeconds(3600), now.plus(LIFE));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        ALIAS, pair.getPrivate(), STORE_PASSWORD.toCharArray(), new Certificate[] {certificate});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, STORE_PASSWORD.toCharArray());
    PrivateFiles.write(file, out.toByteArray());
    return new ServerCertificate(file, store);
  }

  /** Whether we made it: one that the operator put there is never replaced. */
  private boolean isSelfMade() {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && certificate.getSubjectX500Principal().getName().contains(SelfSigned.ORGANISATION);
  }

  private KeyPair keyPair() throws GeneralSecurityException {
    return new KeyPair(
        certificate.getPublicKey(), (PrivateKey) store.getKey(ALIAS, STORE_PASSWORD.toCharArray()));
  }

  /** The key store file, for servers that want a path. */
  public Path file() {
    return file;
  }

  /** The key store's password; see {@link #STORE_PASSWORD} for why it is no secret. */
  public String storePassword() {
    return STORE_PASSWORD;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** SHA-256 of the certificate in hex, for a person to compare. */
  public String fingerprint() {
    try {
      return HexFormat.of().formatHex(Digests.sha256().digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
  }

  /**
   * A server context with this certificate. Callers choose protocols and whether a client
   * certificate is wanted.
   *
   * @param clientAuthorities PEM file with the authorities whose client certificates are accepted;
   *     null accepts none
   */
  public SSLContext serverContext(@Nullable Path clientAuthorities) throws CryptoException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, STORE_PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust(clientAuthorities), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new CryptoException(
          "server certificate " + file + " cannot be used for TLS: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(@Nullable Path authorities) throws CryptoException {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      if (authorities != null) {
        if (Files.size(authorities) > MAX_FILE_BYTES) {
          throw new IOException("it is larger than 1 MiB");
        }
        byte[] pem = Files.readAllBytes(authorities);
        Collection<? extends Certificate> all =
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem));
        if (all.isEmpty()) {
          throw new IOException("it holds no certificate");
        }
        int n = 0;
        for (Certificate one : all) {
          trusted.setCertificateEntry("authority-" + n++, one);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      // An empty trust store makes the JDK's manager throw at every handshake that asks for a
      // client certificate: exactly the refusal that is wanted.
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "authorities file "
              + authorities
              + " cannot be used ("
              + e.getMessage()
              + "); it must hold one or more PEM certificates",
          e);
    }
  }
}
