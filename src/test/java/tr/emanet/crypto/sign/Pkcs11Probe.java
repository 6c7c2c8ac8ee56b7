package tr.emanet.crypto.sign;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.certificate.Certificates;

/**
 * Uses a PKCS#11 module in a process of its own, because SoftHSM takes the place of its tokens from
 * the environment. Arguments: library, directory, PIN.
 */
final class Pkcs11Probe {

  private Pkcs11Probe() {}

  public static void main(String[] args) throws Exception {
    Path library = Path.of(args[0]);
    Path directory = Path.of(args[1]);
    Instant now = Instant.now();
    TestAuthority authority = new TestAuthority("Modül Kök", now);
    TestAuthority.Identity made =
        authority.issue(
            args[2].equals("rsa")
                ? w -> w.key("RSA", 2048).subject("CN=a")
                : w -> w.subject("CN=b"));
    Provider provider =
        Security.getProvider("SunPKCS11")
            .configure("--name = probe\nlibrary = " + library + "\nslotListIndex = 0\n");
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    store.load(null, args[3].toCharArray());
    store.setKeyEntry(
        "seal-" + args[2], made.pair().getPrivate(), null, new Certificate[] {made.certificate()});

    Pkcs11Token.Place place = new Pkcs11Token.Place(library, 0, "seal-" + args[2]);
    try (Pkcs11Token token = Pkcs11Token.open(place, Secret.of(args[3]));
        SealKey seal = SealKey.onToken(directory, token, InstantSource.system())) {
      Files.write(
          directory.resolve("x.p7s"), seal.sign("checkpoint".getBytes(StandardCharsets.US_ASCII)));
    }
    Files.writeString(
        directory.resolve("root.pem"), Certificates.pem(List.of(authority.certificate())));
    try {
      Pkcs11Token.open(place, Secret.of("wrong")).close();
      throw new IllegalStateException("a wrong PIN opened the module");
    } catch (CryptoException e) {
      Files.writeString(directory.resolve("wrong.txt"), String.valueOf(e.getMessage()));
    }
  }
}
