package tr.emanet.backup.restic;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Poly1305Aes;

/**
 * Seals bytes as restic does: 16 bytes IV, AES-256-CTR, 16 bytes Poly1305-AES over the cipher text
 * with the IV as its nonce. Nothing is deciphered before its tag has been checked. One thread at a
 * time.
 */
final class Sealer {

  /** How many bytes a seal adds. */
  static final int OVERHEAD = 32;

  private static final int IV = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final Poly1305Aes code;
  private final SecureRandom random;

  Sealer(MasterKey keys, SecureRandom random) {
    this.random = random;
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
    key = new SecretKeySpec(keys.encrypt(), "AES");
    code = new Poly1305Aes(keys.macK(), keys.macR());
  }

  /** Writes the sealed form of the bytes, 32 longer, into the array at the offset. */
  int seal(byte[] plain, int offset, int length, byte[] into, int at) {
    byte[] iv = new byte[IV];
    random.nextBytes(iv);
    System.arraycopy(iv, 0, into, at, IV);
    run(Cipher.ENCRYPT_MODE, iv, plain, offset, length, into, at + IV);
    code.tag(iv, 0, into, at + IV, length, into, at + IV + length);
    return length + OVERHEAD;
  }

  byte[] seal(byte[] plain) {
    byte[] sealed = new byte[plain.length + OVERHEAD];
    seal(plain, 0, plain.length, sealed, 0);
    return sealed;
  }

  /**
   * Opens sealed bytes into an array, 32 fewer.
   *
   * @param what names the object in the message
   * @throws BackupException when they are not what was sealed with this key
   */
  int open(byte[] sealed, int offset, int length, byte[] into, int at, String what)
      throws BackupException {
    int plain = length - OVERHEAD;
    if (plain < 0
        || !code.verifies(
            sealed, offset, sealed, offset + IV, plain, sealed, offset + IV + plain)) {
      throw new BackupException(what + " is damaged: its seal does not fit its bytes");
    }
    byte[] iv = java.util.Arrays.copyOfRange(sealed, offset, offset + IV);
    run(Cipher.DECRYPT_MODE, iv, sealed, offset + IV, plain, into, at);
    return plain;
  }

  byte[] open(byte[] sealed, String what) throws BackupException {
    byte[] plain = new byte[Math.max(0, sealed.length - OVERHEAD)];
    open(sealed, 0, sealed.length, plain, 0, what);
    return plain;
  }

  private void run(int mode, byte[] iv, byte[] from, int offset, int length, byte[] into, int at) {
    try {
      cipher.init(mode, key, new IvParameterSpec(iv));
      cipher.doFinal(from, offset, length, into, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR over " + length + " bytes", e);
    }
  }
}
