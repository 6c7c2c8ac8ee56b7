package tr.emanet.backup.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.KemEnvelopes;
import tr.emanet.crypto.envelope.RecipientFitness;

/**
 * The certificates of those who hold the escrow, {@code escrow/NAME.pem}; their private keys must
 * never come to this machine.
 */
public final class EscrowCertificates {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final int MAX = 16;
  private static final String SUFFIX = ".pem";

  /** Not a name that a holder could have: a directory. */
  private static final String EXTRA = "mlkem";

  private final Path directory;
  private final InstantSource clock;

  /** Keeps them in this directory, which is made when it is needed. */
  public EscrowCertificates(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** By name. */
  public Map<String, X509Certificate> all() throws IOException {
    return all(directory);
  }

  /** Those with keys of ML-KEM, who get an extra copy. */
  public Map<String, X509Certificate> extra() throws IOException {
    return all(directory.resolve(EXTRA));
  }

  private static Map<String, X509Certificate> all(Path directory) throws IOException {
    Map<String, X509Certificate> out = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          out.put(
              name.substring(0, name.length() - SUFFIX.length()),
              Certificates.read(file).getFirst());
        }
      }
    }
    return out;
  }

  /**
   * Adds a certificate; envelopes are sealed to it by {@link RepositoryKeys#wrap}.
   *
   * @param file PEM or DER, one certificate and nothing else
   * @throws KeysException when it cannot receive, or a private key is in the file
   */
  public X509Certificate add(String name, byte[] file) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new KeysException("'" + name + "' is no name: small letters, digits and -");
    }
    if (new String(file, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY")) {
      throw new KeysException(
          "the file holds a private key; the escrow's must never come to this machine: make"
              + " another pair elsewhere and bring only the certificate");
    }
    X509Certificate certificate;
    try {
      var found = Certificates.parse(file);
      if (found.size() != 1) {
        throw new KeysException("the file holds " + found.size() + " certificates, not one");
      }
      certificate = found.getFirst();
    } catch (CertificateException e) {
      throw new KeysException("the file is no certificate: " + e.getMessage(), e);
    }
    if (KemEnvelopes.fits(certificate)) {
      return addExtra(name, certificate);
    }
    Optional<String> objection = RecipientFitness.objection(certificate, clock.instant());
    if (objection.isPresent()) {
      throw new KeysException("nothing can be sealed to this certificate: " + objection.get());
    }
    Map<String, X509Certificate> before = all();
    if (before.containsValue(certificate) && !certificate.equals(before.get(name))) {
      throw new KeysException("this certificate is there under another name");
    }
    if (extra().containsKey(name)) {
      throw new KeysException("'" + name + "' is the name of a holder for ML-KEM; take another");
    }
    if (before.size() >= MAX) {
      throw new KeysException("there are " + MAX + " escrow certificates; remove one first");
    }
    PrivateFiles.write(
        directory.resolve(name + SUFFIX),
        Certificates.pem(java.util.List.of(certificate)).getBytes(StandardCharsets.US_ASCII));
    return certificate;
  }

  private X509Certificate addExtra(String name, X509Certificate certificate) throws IOException {
    if (all().isEmpty()) {
      throw new KeysException(
          "a copy for ML-KEM is an extra one and never the only one: add a certificate with an RSA"
              + " key first");
    }
    Instant now = clock.instant();
    if (now.isBefore(certificate.getNotBefore().toInstant())
        || now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new KeysException("this certificate is not valid now");
    }
    if (all().containsKey(name) || extra().size() >= MAX) {
      throw new KeysException(
          "'" + name + "' is the name of another holder, or there are too many");
    }
    PrivateFiles.write(
        directory.resolve(EXTRA).resolve(name + SUFFIX),
        Certificates.pem(java.util.List.of(certificate)).getBytes(StandardCharsets.US_ASCII));
    return certificate;
  }

  /**
   * Removes it; envelopes that are sealed to it stay so until the next wrap. The extra one where
   * two have the name, as earlier versions allowed: it is never the last that can open.
   */
  public boolean remove(String name) throws IOException {
    return NAME.matcher(name).matches()
        && (Files.deleteIfExists(directory.resolve(EXTRA).resolve(name + SUFFIX))
            || Files.deleteIfExists(directory.resolve(name + SUFFIX)));
  }
}
