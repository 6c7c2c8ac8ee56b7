package tr.emanet.crypto.stamp;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import tr.emanet.crypto.Secret;

/**
 * The {@code identity} header of Kamu SM's time stamp service (ESYA), as its public clients agree:
 * the DER of a sequence (customer, salt, iterations, IV, encrypted digest) written as a number in
 * hexadecimal. Key: PBKDF2-HMAC-SHA256 of the password; AES-256-CBC over the digest. 100 iterations
 * are the service's rule, not our choice: over plain HTTP the password must be long and random.
 */
final class KamuSmIdentity {

  private static final int SALT_BYTES = 16;
  private static final int ITERATIONS = 100;
  private static final int KEY_BITS = 256;

  private KamuSmIdentity() {}

  /**
   * The header's value.
   *
   * @param customer a positive decimal number
   * @param digest the message imprint, or for credits {@link #creditDigest}
   */
  static String header(String customer, Secret password, byte[] digest, SecureRandom random)
      throws GeneralSecurityException, IOException {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    char[] clear = password.reveal().toCharArray();
    PBEKeySpec spec = new PBEKeySpec(clear, salt, ITERATIONS, KEY_BITS);
    byte[] key = {};
    try {
      key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(salt));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(new ASN1Integer(new BigInteger(customer)));
      parts.add(new DEROctetString(salt));
      parts.add(new ASN1Integer(ITERATIONS));
      parts.add(new DEROctetString(salt));
      parts.add(new DEROctetString(aes.doFinal(digest)));
      return new BigInteger(1, new DERSequence(parts).getEncoded()).toString(16);
    } finally {
      spec.clearPassword();
      Arrays.fill(clear, '\0');
      Arrays.fill(key, (byte) 0);
    }
  }

  /** What a credit query encrypts: SHA-1 of customer and time, the service's rule. */
  static byte[] creditDigest(String customer, long millis) {
    try {
      return MessageDigest.getInstance("SHA-1")
          .digest((customer + millis).getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
