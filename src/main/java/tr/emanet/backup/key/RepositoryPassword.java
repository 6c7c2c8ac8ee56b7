package tr.emanet.backup.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.Secret;

/**
 * The password of a repository: 32 random bytes, as 13 groups of four letters of base32 joined by
 * hyphens ({@code abcd-efgh-...}, 64 characters, the hyphens belong to it), so that a person can
 * type it and stock restic takes it from a file.
 */
final class RepositoryPassword {

  static final int RANDOM_BYTES = 32;
  private static final int GROUP = 4;
  private static final int LETTERS = 52;
  private static final byte[] CHECK_DOMAIN =
      "emanet backup password check 1\n".getBytes(StandardCharsets.US_ASCII);

  private RepositoryPassword() {}

  static Secret random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    try {
      return of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The password that stands for 32 bytes. */
  static Secret of(byte[] bytes) {
    byte[] values = Base32.values(bytes);
    byte[] text = new byte[LETTERS + LETTERS / GROUP - 1];
    for (int i = 0; i < LETTERS; i++) {
      int at = i + i / GROUP;
      text[at] = (byte) Base32.letter(values[i]);
      if (i % GROUP == 0 && i > 0) {
        text[at - 1] = '-';
      }
    }
    Arrays.fill(values, (byte) 0);
    try {
      return Secret.of(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * The 32 bytes that the password stands for; the caller wipes them.
   *
   * @throws KeysException when we did not make it
   */
  static byte[] bytes(Secret password) throws KeysException {
    byte[] text = password.copy();
    byte[] values = new byte[LETTERS];
    try {
      boolean ours = text.length == LETTERS + LETTERS / GROUP - 1;
      for (int i = 0; ours && i < LETTERS; i++) {
        int value = Base32.value(text[i + i / GROUP]);
        ours = value >= 0;
        values[i] = (byte) value;
      }
      if (!ours) {
        throw new KeysException("the password was not made by Emanet and cannot be split");
      }
      return Base32.bytes(values);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(values, (byte) 0);
    }
  }

  /**
   * What the record keeps to recognise the password: SHA-256, hexadecimal. With 256 random bits it
   * says nothing about it.
   */
  static String check(Secret password) {
    byte[] text = password.copy();
    try {
      MessageDigest digest = Digests.sha256();
      digest.update(CHECK_DOMAIN);
      return HexFormat.of().formatHex(digest.digest(text));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Without white space around it; the caller closes both. */
  static Secret stripped(Secret brought) {
    byte[] text = brought.copy();
    int from = 0;
    int to = text.length;
    while (to > from && text[to - 1] <= ' ' && text[to - 1] >= 0) {
      to--;
    }
    while (from < to && text[from] <= ' ' && text[from] >= 0) {
      from++;
    }
    byte[] core = Arrays.copyOfRange(text, from, to);
    try {
      return Secret.of(core);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(core, (byte) 0);
    }
  }
}
