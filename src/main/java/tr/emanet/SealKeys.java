package tr.emanet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.sign.Pkcs11Token;
import tr.emanet.crypto.sign.SealKey;

/** Opens the machine's seal where the configuration says that its key is. */
final class SealKeys {

  private SealKeys() {}

  /**
   * The key on the module when one is configured, else the one in the directory, which is made at
   * the first start. The module stays logged in until the process ends. A key that is new here is
   * put into the audit chain.
   */
  static SealKey open(
      SealSettings settings,
      Path keys,
      String machine,
      SecureRandom random,
      InstantSource clock,
      AuditLog audit)
      throws CryptoException {
    SealKey key = key(settings, keys, machine, random, clock);
    String place = settings.pkcs11().library();
    SealHistory.tell(key, place.isEmpty() ? "keys/seal.p12" : place, keys, audit);
    return key;
  }

  private static SealKey key(
      SealSettings settings, Path keys, String machine, SecureRandom random, InstantSource clock)
      throws CryptoException {
    Pkcs11Token.Place place = settings.pkcs11().place();
    if (place == null) {
      return SealKey.openOrCreate(keys, machine, random, clock);
    }
    try (Secret pin = pin(Path.of(settings.pkcs11().pinFile()))) {
      return SealKey.onToken(keys, Pkcs11Token.open(place, pin), clock);
    }
  }

  private static Secret pin(Path file) throws CryptoException {
    try {
      return Secret.of(new String(PrivateFiles.read(file), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new CryptoException("seal.pkcs11.pinFile: " + e.getMessage(), e);
    }
  }
}
