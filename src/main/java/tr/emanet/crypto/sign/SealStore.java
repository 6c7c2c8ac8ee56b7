package tr.emanet.crypto.sign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.certificate.Certificates;

/**
 * The files of the machine seal: {@code seal.p12} with the key and its chain, {@code seal.pem} with
 * every certificate that ever signed. Both are 0600 and written complete or not at all.
 */
final class SealStore {

  private static final String ALIAS = "seal";

  /** Not a secret: PKCS#12 demands one, the file mode is what protects the key. */
  private static final String STORE_PASSWORD = "emanet";

  private final Path keyFile;
  private final Path certificatesFile;

  SealStore(Path keys) {
    this.keyFile = keys.resolve("seal.p12");
    this.certificatesFile = keys.resolve("seal.pem");
  }

  Path keyFile() {
    return keyFile;
  }

  boolean exists() {
    return Files.exists(keyFile);
  }

  SigningIdentity read() throws IOException, GeneralSecurityException {
    return entry(PrivateFiles.read(keyFile), STORE_PASSWORD.toCharArray());
  }

  /** The one key entry of a PKCS#12; wipes the password. */
  static SigningIdentity entry(byte[] pkcs12, char[] password)
      throws IOException, GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(pkcs12), password);
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new IOException("it holds " + keys.size() + " private keys, not one");
      }
      Key key = store.getKey(keys.getFirst(), password);
      Certificate[] chain = store.getCertificateChain(keys.getFirst());
      if (!(key instanceof PrivateKey secret) || chain == null) {
        throw new IOException("it holds no private key with a certificate");
      }
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate one : chain) {
        certificates.add((X509Certificate) one);
      }
      return new SigningIdentity(secret, certificates, null);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** All certificates that ever signed, the given one first. */
  List<X509Certificate> remember(X509Certificate now) throws IOException {
    List<X509Certificate> before =
        Files.exists(certificatesFile) ? Certificates.read(certificatesFile) : List.of();
    if (!before.isEmpty() && before.getFirst().equals(now)) {
      return before;
    }
    List<X509Certificate> all = new ArrayList<>();
    all.add(now);
    before.stream().filter(c -> !c.equals(now)).forEach(all::add);
    PrivateFiles.write(certificatesFile, Certificates.pem(all).getBytes(StandardCharsets.US_ASCII));
    return List.copyOf(all);
  }

  void write(SigningIdentity identity) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        ALIAS,
        identity.key(),
        STORE_PASSWORD.toCharArray(),
        identity.chain().toArray(Certificate[]::new));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, STORE_PASSWORD.toCharArray());
    byte[] bytes = out.toByteArray();
    try {
      PrivateFiles.write(keyFile, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
