package tr.emanet.web.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values that show that a form came from a page of the same session: an HMAC keyed with the session
 * id, so nothing is stored, under a fresh random mask each time, so that compressed pages do not
 * leak it letter by letter (BREACH). Thread-safe.
 */
final class FormTokens {

  private static final byte[] LABEL = "emanet-form-1".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTES = 32;

  private final SecureRandom random;

  FormTokens(SecureRandom random) {
    this.random = random;
  }

  /** A new value for this session: 86 characters of base64url. */
  String next(String sessionId) {
    byte[] out = new byte[2 * BYTES];
    byte[] mask = new byte[BYTES];
    random.nextBytes(mask);
    byte[] plain = plain(sessionId);
    for (int i = 0; i < BYTES; i++) {
      out[i] = mask[i];
      out[BYTES + i] = (byte) (mask[i] ^ plain[i]);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out);
  }

  /** Whether a value was made for this session. */
  boolean matches(String sessionId, String token) {
    if (token.length() != 86) {
      return false;
    }
    byte[] sent;
    try {
      sent = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return false;
    }
    byte[] unmasked = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      unmasked[i] = (byte) (sent[i] ^ sent[BYTES + i]);
    }
    return MessageDigest.isEqual(unmasked, plain(sessionId));
  }

  private static byte[] plain(String sessionId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(sessionId.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      return mac.doFinal(LABEL);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
