package tr.emanet.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;

/** A small authority made with the openssl command, for one test. */
public final class Certificates {

  private static final char[] WORD = "changeit".toCharArray();

  /** Made in a moment, unlike an RSA key. */
  private static final String EC = "ec -pkeyopt ec_paramgen_curve:P-256";

  private final Path folder;

  public Certificates(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    run("req -x509 -newkey " + EC + " -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=TestCA");
  }

  /** Makes {@code name.pem}, {@code name.key} and {@code name.p12}, signed by the authority. */
  public Certificates issue(String name, String alternativeNames)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("ext"), "subjectAltName=" + alternativeNames + "\n");
    run("req -newkey " + EC + " -nodes -keyout NAME.key -out NAME.csr -subj /CN=NAME", name);
    run(
        "x509 -req -in NAME.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out NAME.pem"
            + " -extfile ext",
        name);
    run("pkcs12 -export -in NAME.pem -inkey NAME.key -out NAME.p12 -passout pass:changeit", name);
    return this;
  }

  /**
   * How a certificate is made that somebody should refuse.
   *
   * @param key for {@code openssl req -newkey}, such as {@code rsa:2048}
   * @param from first moment, such as {@code 20260101000000Z}
   * @param extensions lines of an openssl extension section, parted by line feeds
   */
  public record Odd(String key, String digest, String from, String to, String extensions) {

    /** As it should be for a client. */
    public static Odd sound() {
      return new Odd(
          EC, "sha256", "20200101000000Z", "20400101000000Z", "basicConstraints=CA:FALSE");
    }

    public Odd valid(String first, String last) {
      return new Odd(key, digest, first, last, extensions);
    }

    public Odd signed(String keyKind, String digestName) {
      return new Odd(keyKind, digestName, from, to, extensions);
    }

    public Odd with(String lines) {
      return new Odd(key, digest, from, to, lines);
    }
  }

  /** Makes {@code name.pem} and {@code name.key} in any odd way, signed by {@code authority}. */
  public Certificates make(String name, Odd odd, String authority)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("index.txt"), "");
    Files.writeString(folder.resolve("ext"), odd.extensions() + "\n");
    Files.writeString(
        folder.resolve("ca.cnf"),
        """
        [ca]
        default_ca=d
        [d]
        database=index.txt
        rand_serial=yes
        new_certs_dir=.
        policy=p
        unique_subject=no
        [p]
        commonName=supplied
        """);
    run("req -newkey " + odd.key() + " -nodes -keyout NAME.key -out NAME.csr -subj /CN=NAME", name);
    run(
        "ca -batch -notext -config ca.cnf -in NAME.csr -out NAME.pem -extfile ext"
            + (" -cert " + authority + ".pem -keyfile " + authority + ".key")
            + (" -md " + odd.digest() + " -startdate " + odd.from() + " -enddate " + odd.to()),
        name);
    return this;
  }

  /** Makes {@code name.pem} and {@code name.key} of another authority, or of nobody. */
  public Certificates selfSigned(String name) throws IOException, InterruptedException {
    run(
        "req -x509 -newkey " + EC + " -nodes -keyout NAME.key -out NAME.pem -days 2 -subj /CN=NAME",
        name);
    return this;
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** A context with this certificate that trusts the authority. */
  public SSLContext context(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(in, WORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, WORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("ca.pem"))) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }

  private void run(String arguments) throws IOException, InterruptedException {
    run(arguments, "");
  }

  private void run(String arguments, String name) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(arguments.replace("NAME", name).split(" ", -1)));
    command.addFirst("openssl");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(
          "openssl " + arguments + ": " + Files.readString(folder.resolve("openssl.log")));
    }
  }
}
