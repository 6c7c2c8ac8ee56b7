package tr.emanet.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RSA keys that all tests of a process share: to find the primes takes up to a second a key, and
 * dozens of tests want one. Thread-safe.
 */
final class TestKeys {

  private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();

  private TestKeys() {}

  /** The same pair for the same size and number. */
  static KeyPair rsa(int bits, int number) throws GeneralSecurityException {
    String name = bits + "/" + number;
    KeyPair made = MADE.get(name);
    if (made == null) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      made = generator.generateKeyPair();
      KeyPair before = MADE.putIfAbsent(name, made);
      made = before == null ? made : before;
    }
    return made;
  }
}
