package tr.emanet.crypto.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;

/**
 * The machine's own seal: an ECDSA P-256 key with a self-signed certificate, made at the first
 * start and kept in {@code keys/seal.p12} (0600), or a key that the operator imported. This object
 * is the only holder of the key; {@link #close} lets it go. Thread-safe.
 */
public final class SealKey implements MachineSeal, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SealKey.class);

  /** A self-made certificate is followed by a new key and certificate when less is left. */
  private static final Duration RENEW_BEFORE = Duration.ofDays(365);

  private static final int MAX_IMPORT = 64 * 1024;
  private static final int BUFFER = 1 << 16;

  /** The key with every certificate that ever signed. */
  private record Held(SigningIdentity identity, List<X509Certificate> certificates) {}

  private final AtomicReference<@Nullable Held> held;
  private final InstantSource clock;
  private final SignaturePolicy policy;

  private SealKey(
      AtomicReference<@Nullable Held> held, InstantSource clock, SignaturePolicy policy) {
    this.held = held;
    this.clock = clock;
    this.policy = policy;
  }

  /**
   * Opens the seal in the directory; makes it at the first start, and a new one (the old
   * certificate stays in {@link #certificates}) when a self-made one ends within a year.
   *
   * @param machine name of this machine, for the certificate's subject
   * @throws CryptoException when the files cannot be read or written, or key and certificate do not
   *     belong together
   */
  public static SealKey openOrCreate(
      Path keys, String machine, SecureRandom random, InstantSource clock) throws CryptoException {
    SealStore store = new SealStore(keys);
    try {
      SigningIdentity identity;
      if (store.exists()) {
        identity = store.read();
        if (!identity.fits()) {
          throw new IOException("key and certificate do not belong together");
        }
        if (isSelfMade(identity.certificate())
            && endsBefore(identity.certificate(), clock.instant().plus(RENEW_BEFORE))) {
          identity = make(store, machine, random, clock.instant());
          LOG.atInfo()
              .addKeyValue("sha256", Certificates.fingerprint(identity.certificate()))
              .log("Machine seal is renewed; the old certificate stays for verification");
        }
      } else {
        identity = make(store, machine, random, clock.instant());
        LOG.atInfo()
            .addKeyValue("sha256", Certificates.fingerprint(identity.certificate()))
            .log("Machine seal is made");
      }
      return open(store, identity, clock);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "machine seal "
              + store.keyFile()
              + " cannot be used ("
              + e.getMessage()
              + "); restore the file from the backup of the state directory, or move it away to"
              + " have a new seal made (the old certificates stay in seal.pem)",
          e);
    }
  }

  /**
   * Takes over a key from a PKCS#12 file, from now on the machine's seal; the certificates before
   * it stay for verification.
   *
   * @throws CryptoException when the password is wrong, or key or certificate cannot seal: message
   *     says why; the seal before stays in use
   */
  public static SealKey importPkcs12(Path keys, byte[] pkcs12, Secret password, InstantSource clock)
      throws CryptoException {
    SealStore store = new SealStore(keys);
    try {
      if (pkcs12.length > MAX_IMPORT) {
        throw new IOException("it is larger than 64 KiB");
      }
      SigningIdentity identity = SealStore.entry(pkcs12, password.reveal().toCharArray());
      Optional<String> wrong = SealFitness.objection(identity, clock.instant());
      if (wrong.isPresent()) {
        throw new IOException(wrong.get());
      }
      // Before the key: one that is noted and not there is seen, the other way round is not.
      SealImports.note(keys, identity.certificate(), clock.instant());
      store.write(identity);
      LOG.atInfo()
          .addKeyValue("sha256", Certificates.fingerprint(identity.certificate()))
          .log("Machine seal is imported");
      return open(store, identity, clock);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException("the PKCS#12 file cannot be the seal: " + e.getMessage(), e);
    }
  }

  /**
   * A seal whose key is on a hardware module; the directory keeps only the certificates. The token
   * is the caller's to close, after the seal.
   *
   * @throws CryptoException when key or certificate cannot seal; the message says why
   */
  public static SealKey onToken(Path keys, Pkcs11Token token, InstantSource clock)
      throws CryptoException {
    try {
      Optional<String> wrong = SealFitness.objection(token.identity(), clock.instant());
      if (wrong.isPresent()) {
        throw new IOException(wrong.get());
      }
      return open(new SealStore(keys), token.identity(), clock);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException("the key on the module cannot be the seal: " + e.getMessage(), e);
    }
  }

  private static SealKey open(SealStore store, SigningIdentity identity, InstantSource clock)
      throws IOException {
    Held held = new Held(identity, store.remember(identity.certificate()));
    return new SealKey(new AtomicReference<>(held), clock, SignaturePolicy.NONE);
  }

  private static SigningIdentity make(
      SealStore store, String machine, SecureRandom random, Instant now)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    SigningIdentity made =
        new SigningIdentity(
            pair.getPrivate(), List.of(SealCertificate.make(pair, machine, random, now)), null);
    if (store.exists()) {
      // So that the certificate before is kept even when seal.pem was lost.
      store.remember(store.read().certificate());
    }
    store.write(made);
    return made;
  }

  private static boolean endsBefore(X509Certificate certificate, Instant time) {
    return certificate.getNotAfter().toInstant().isBefore(time);
  }

  /** Whether we made it: one that the operator imported is never replaced. */
  private static boolean isSelfMade(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && certificate.getSubjectX500Principal().getName().contains(SealCertificate.ORGANISATION);
  }

  /** The same key, naming a policy in what it signs; closing one closes both. */
  public MachineSeal under(SignaturePolicy named) {
    return new SealKey(held, clock, named);
  }

  @Override
  public byte[] sign(byte[] content) throws CryptoException {
    return signDigest(Digests.sha256().digest(content));
  }

  @Override
  public byte[] sign(InputStream content) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] buffer = new byte[BUFFER];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return signDigest(digest.digest());
  }

  @Override
  public byte[] signDigest(byte[] sha256) throws CryptoException {
    return CadesSigner.sign(sha256, held().identity(), clock.instant(), policy);
  }

  @Override
  public X509Certificate certificate() {
    return held().identity().certificate();
  }

  @Override
  public List<X509Certificate> certificates() {
    return held().certificates();
  }

  @Override
  public String keyId() {
    return Certificates.fingerprint(certificate());
  }

  private Held held() {
    Held now = held.get();
    if (now == null) {
      throw new IllegalStateException("the machine seal is closed");
    }
    return now;
  }

  /** Lets the key go; whoever signs afterwards gets an IllegalStateException. */
  @Override
  public void close() {
    Held before = held.getAndSet(null);
    if (before == null) {
      return;
    }
    try {
      before.identity().key().destroy();
    } catch (DestroyFailedException e) {
      // The JDK's own keys cannot be wiped: without a reference the collector takes them.
      LOG.atDebug().log("The seal's key is left to the garbage collector");
    }
  }
}
