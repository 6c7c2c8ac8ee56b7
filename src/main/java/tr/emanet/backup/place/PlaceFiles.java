package tr.emanet.backup.place;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.target.TargetAccess;
import tr.emanet.crypto.PrivateFiles;

/**
 * What we show at places to be let in: files of mode 0600 that are no part of the store. An SFTP
 * server gets a key pair of its own that is made here; only its public half ever leaves. Any
 * thread.
 */
public final class PlaceFiles {

  private static final int BITS = 3072;
  private static final int LINE = 64;

  private final Path directory;
  private final SecureRandom random;

  public PlaceFiles(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /** Makes the key pair of a place when there is none. */
  void makeKey(long place) throws IOException {
    if (Files.exists(file(place, "key"))) {
      return;
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, random);
      KeyPair pair = generator.generateKeyPair();
      String pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                  .encodeToString(pair.getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      PrivateFiles.write(
          file(place, "pub"),
          line((RSAPublicKey) pair.getPublic(), place).getBytes(StandardCharsets.US_ASCII));
      PrivateFiles.write(file(place, "key"), pem.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  /** As a line of {@code authorized_keys} (RFC 4253, section 6.6). */
  private static String line(RSAPublicKey key, long place) {
    byte[] name = "ssh-rsa".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer blob = ByteBuffer.allocate(BITS);
    for (byte[] part : List.of(name, bytes(key.getPublicExponent()), bytes(key.getModulus()))) {
      blob.putInt(part.length).put(part);
    }
    byte[] encoded = new byte[blob.flip().remaining()];
    blob.get(encoded);
    return "ssh-rsa " + Base64.getEncoder().encodeToString(encoded) + " emanet-" + place + "\n";
  }

  private static byte[] bytes(BigInteger number) {
    return number.toByteArray();
  }

  /** The line for {@code authorized_keys}; empty when the place has no key. */
  public String publicKey(long place) throws IOException {
    Path file = file(place, "pub");
    return Files.isRegularFile(file) ? Files.readString(file).strip() : "";
  }

  /** Whether all is there that a copy needs; while a place is being made it is not. */
  boolean ready(Place place) {
    return !place.spec().kind().equals("sftp") || Files.isRegularFile(file(place.id(), "key"));
  }

  /** Keeps the password, or the secret access key. */
  void secret(long place, String secret) throws IOException {
    PrivateFiles.write(
        file(place, "secret"), (secret.strip() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text is certificates in PEM form and nothing more. */
  static boolean certificates(String pem) {
    try (InputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
      return pem.strip().startsWith("-----BEGIN CERTIFICATE-----")
          && !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
    } catch (CertificateException | IOException e) {
      return false;
    }
  }

  /** Keeps the certificates of the authorities to believe instead of the machine's. */
  void authorities(long place, String pem) throws IOException {
    PrivateFiles.write(file(place, "ca"), pem.getBytes(StandardCharsets.UTF_8));
  }

  /** How to identify at a place. */
  TargetAccess access(Place place) {
    PlaceSpec spec = place.spec();
    boolean sftp = spec.kind().equals("sftp");
    return new TargetAccess(
        spec.hostKey().isEmpty() ? List.of() : List.of(spec.hostKey()),
        sftp ? file(place.id(), "key") : null,
        spec.user().isEmpty() ? null : spec.user(),
        sftp ? null : existing(place.id(), "secret"),
        existing(place.id(), "ca"),
        spec.region().isEmpty() ? TargetAccess.none().region() : spec.region(),
        spec.lockDays());
  }

  /** Forgets what a place needed. */
  void remove(long place) throws IOException {
    for (String kind : List.of("key", "pub", "secret", "ca")) {
      Files.deleteIfExists(file(place, kind));
    }
  }

  private @Nullable Path existing(long place, String kind) {
    Path file = file(place, kind);
    return Files.isRegularFile(file) ? file : null;
  }

  private Path file(long place, String kind) {
    return directory.resolve(place + "." + kind);
  }
}
