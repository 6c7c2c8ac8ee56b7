package tr.emanet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Opaque ids of 256 random bits for sessions and API tokens, and short codes that a person types.
 * Whoever stores one stores its {@link #digest}: a stolen database opens no door. Thread-safe.
 */
public final class Tokens {

  private static final int BYTES = 32;
  private static final int CODE_LETTERS = 20;

  /** Crockford's alphabet: no I, L, O, U, so that nothing is mistaken when read aloud. */
  private static final String CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final SecureRandom random;

  public Tokens(SecureRandom random) {
    this.random = random;
  }

  /** A new id: 43 characters of base64url. */
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A new code of 100 bits for a person to type: {@code ABCDE-FGHJK-...}, four groups of five. */
  public String nextCode() {
    StringBuilder out = new StringBuilder(CODE_LETTERS + 3);
    for (int i = 0; i < CODE_LETTERS; i++) {
      if (i > 0 && i % 5 == 0) {
        out.append('-');
      }
      out.append(CODE_ALPHABET.charAt(random.nextInt(CODE_ALPHABET.length())));
    }
    return out.toString();
  }

  /** Brings a typed code to the form that was shown: case, spaces and dashes do not matter. */
  public static String normalizeCode(String typed) {
    StringBuilder out = new StringBuilder(CODE_LETTERS);
    for (int i = 0; i < typed.length() && out.length() <= CODE_LETTERS; i++) {
      char c = typed.charAt(i);
      char upper = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
      if (upper != '-' && upper != ' ') {
        out.append(upper);
      }
    }
    return out.toString();
  }

  /**
   * What is stored of an id: SHA-256 in hex. Ids have full entropy, so nothing slower is needed.
   */
  public static String digest(String id) {
    return Digests.sha256Hex(id);
  }

  /** Compares two texts in a time that does not depend on where they differ. */
  public static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
