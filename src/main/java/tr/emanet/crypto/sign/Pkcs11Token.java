package tr.emanet.crypto.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Secret;

/**
 * A key on a hardware module or card, reached by the JDK's SunPKCS11; it never leaves the module.
 * Cards that hold two private keys under one id cannot be read this way: give the key an id of its
 * own. Meant for the machine's key; people sign elsewhere, and their PIN is never here.
 */
public final class Pkcs11Token implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Token.class);
  private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9._/+-]+");

  /**
   * Where the key is.
   *
   * @param library the module's PKCS#11 library, absolute
   * @param slotIndex position in the module's list of slots, from 0
   * @param alias label of the key, ASCII (the JDK does not find others again); null when there is
   *     only one
   */
  public record Place(Path library, int slotIndex, @Nullable String alias) {
    public Place {
      if (!PLAIN_PATH.matcher(library.toString()).matches()) {
        throw new IllegalArgumentException(
            "the PKCS#11 library must be an absolute path of letters, digits and . _ + -");
      }
      if (alias != null && !alias.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("the key's label must be ASCII without spaces");
      }
      if (slotIndex < 0) {
        throw new IllegalArgumentException("slot indexes begin at 0");
      }
    }
  }

  private final Provider provider;
  private final SigningIdentity identity;

  private Pkcs11Token(Provider provider, SigningIdentity identity) {
    this.provider = provider;
    this.identity = identity;
  }

  /**
   * Logs in and finds the key with its certificate.
   *
   * @throws CryptoException when library, slot, PIN or key are not as said; the message has the
   *     cause
   */
  public static Pkcs11Token open(Place place, Secret pin) throws CryptoException {
    char[] clear = pin.reveal().toCharArray();
    try {
      if (!Files.isReadable(place.library())) {
        throw new IOException("the library cannot be read");
      }
      Provider base = Security.getProvider("SunPKCS11");
      if (base == null) {
        throw new IOException("this Java has no SunPKCS11");
      }
      Provider provider =
          base.configure(
              "--name = emanet-"
                  + place.slotIndex()
                  + "\nlibrary = "
                  + place.library()
                  + "\nslotListIndex = "
                  + place.slotIndex()
                  + "\nshowInfo = false\n");
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, clear);
      return new Pkcs11Token(provider, identity(store, place.alias(), provider));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The provider reports a wrong library or slot with unchecked exceptions.
      throw new CryptoException(
          "the key on the PKCS#11 module "
              + place.library()
              + ", slot index "
              + place.slotIndex()
              + ", cannot be used: "
              + reason(e),
          e);
    } finally {
      Arrays.fill(clear, '\0');
    }
  }

  /** Keys on a module name the failure only deep in the chain of causes. */
  private static String reason(Exception top) {
    String out = String.valueOf(top.getMessage());
    Throwable inner = top.getCause();
    for (int i = 0; i < 5 && inner != null; i++) {
      if (inner.getMessage() != null) {
        out = out + ": " + inner.getMessage();
      }
      inner = inner.getCause();
    }
    return out;
  }

  private static SigningIdentity identity(KeyStore store, @Nullable String alias, Provider provider)
      throws IOException, GeneralSecurityException {
    List<String> found = new ArrayList<>();
    for (String one : Collections.list(store.aliases())) {
      if (store.isKeyEntry(one) && (alias == null || alias.equals(one))) {
        found.add(one);
      }
    }
    if (found.size() != 1) {
      throw new IOException(
          "it holds " + found.size() + " keys with a certificate that fit, not one");
    }
    Key key = store.getKey(found.getFirst(), null);
    Certificate[] chain = store.getCertificateChain(found.getFirst());
    if (!(key instanceof PrivateKey secret) || chain == null) {
      throw new IOException("its key has no certificate");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate one : chain) {
      certificates.add((X509Certificate) one);
    }
    return new SigningIdentity(secret, certificates, provider);
  }

  SigningIdentity identity() {
    return identity;
  }

  /** Logs out of the module. */
  @Override
  public void close() {
    if (provider instanceof AuthProvider module) {
      try {
        module.logout();
      } catch (LoginException e) {
        LOG.atWarn()
            .addKeyValue("module", provider.getName())
            .log("PKCS#11 module does not log out");
      }
    }
  }
}
