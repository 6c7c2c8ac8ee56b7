package tr.emanet.backup.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import tr.emanet.crypto.Digests;

/**
 * One of three shares of a password. On paper it is 16 groups of five letters of base32: four carry
 * 20 bits, the fifth checks them and the group's place, so that a slip of the pen is found where it
 * is. The 40 bytes are: version 1 (four bits) and number (four bits), the name of the set (2), the
 * share of the 32 bytes of the password (32), and the first five bytes of the SHA-256 of all
 * before.
 */
public final class Share implements AutoCloseable {

  static final int GROUPS = 16;
  private static final int DATA = 4;
  private static final int VALUES = GROUPS * DATA;
  private static final int BYTES = 40;
  private static final int CHECKED = 35;
  private static final int BODY = 3;
  private static final int VERSION = 1;

  private final int number;
  private final String set;
  private final byte[] bytes;

  private Share(int number, String set, byte[] bytes) {
    this.number = number;
    this.set = set;
    this.bytes = bytes;
  }

  /** What came of reading a share from paper. */
  public sealed interface Read {

    /** It is as it was printed. */
    record Good(Share share) implements Read {}

    /**
     * It is not.
     *
     * @param group the first wrong group, from 1; 0 when it is not one group
     */
    record Wrong(int group, String why) implements Read {}
  }

  /** Makes a share; the bytes are copied. */
  static Share of(int number, String set, byte[] body) {
    return new Share(number, set, body.clone());
  }

  /** 1 to 3. */
  public int number() {
    return number;
  }

  /** Four hexadecimal digits; only shares of one set fit together. */
  public String set() {
    return set;
  }

  byte[] body() {
    return bytes;
  }

  /** What is printed, ASCII, four lines of four groups; the caller wipes it. */
  public byte[] print() {
    byte[] whole = new byte[BYTES];
    whole[0] = (byte) (VERSION << 4 | number);
    System.arraycopy(HexFormat.of().parseHex(set), 0, whole, 1, 2);
    System.arraycopy(bytes, 0, whole, BODY, bytes.length);
    System.arraycopy(sum(whole), 0, whole, CHECKED, BYTES - CHECKED);
    byte[] values = Base32.values(whole);
    byte[] out = new byte[GROUPS * (DATA + 2)];
    int at = 0;
    for (int group = 0; group < GROUPS; group++) {
      for (int i = 0; i < DATA; i++) {
        out[at++] = (byte) Base32.letter(values[group * DATA + i]);
      }
      out[at++] = (byte) Base32.letter(check(values, group));
      out[at++] = (byte) (group % 4 == 3 ? '\n' : ' ');
    }
    Arrays.fill(whole, (byte) 0);
    Arrays.fill(values, (byte) 0);
    return out;
  }

  /**
   * Reads what a person typed: either case, with any spaces, hyphens and line ends.
   *
   * @param typed UTF-8; stays the caller's to wipe
   */
  public static Read read(byte[] typed) {
    if (typed.length > 4096) {
      return new Read.Wrong(0, "this is too long for a share");
    }
    byte[] values = new byte[VALUES];
    byte[] group = new byte[DATA + 1];
    int letters = 0;
    java.nio.CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(typed));
    try {
      while (text.hasRemaining()) {
        char letter = text.get();
        if (letter == '-' || letter == '\ufeff' || Character.isWhitespace(letter)) {
          continue;
        }
        int number = letters / (DATA + 1);
        int value = Base32.value(letter);
        if (value < 0) {
          return new Read.Wrong(
              number + 1, "group " + (number + 1) + " has a sign that no share has");
        }
        if (number >= GROUPS) {
          return new Read.Wrong(0, "a share has " + GROUPS + " groups of five letters, not more");
        }
        group[letters++ % (DATA + 1)] = (byte) value;
        if (letters % (DATA + 1) == 0) {
          System.arraycopy(group, 0, values, number * DATA, DATA);
          if (check(values, number) != group[DATA]) {
            return new Read.Wrong(
                number + 1, "group " + (number + 1) + " is not as it was printed");
          }
        }
      }
      return letters == GROUPS * (DATA + 1)
          ? whole(Base32.bytes(values))
          : new Read.Wrong(0, "a share has " + GROUPS + " groups of five letters, not fewer");
    } finally {
      Arrays.fill(values, (byte) 0);
      Arrays.fill(group, (byte) 0);
      Arrays.fill(text.array(), '\0');
    }
  }

  private static Read whole(byte[] whole) {
    try {
      int number = whole[0] & 15;
      byte[] sum = Arrays.copyOfRange(whole, CHECKED, BYTES);
      if (!MessageDigest.isEqual(sum, sum(whole))) {
        return new Read.Wrong(0, "the groups are well, but do not belong together");
      }
      if (whole[0] >> 4 != VERSION || number < 1 || number > 3) {
        return new Read.Wrong(0, "this share was made by another version");
      }
      return new Read.Good(
          of(
              number,
              HexFormat.of().formatHex(whole, 1, BODY),
              Arrays.copyOfRange(whole, BODY, CHECKED)));
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  private static byte[] sum(byte[] whole) {
    byte[] checked = Arrays.copyOf(whole, CHECKED);
    byte[] digest = Digests.sha256().digest(checked);
    Arrays.fill(checked, (byte) 0);
    return Arrays.copyOf(digest, BYTES - CHECKED);
  }

  /**
   * The check letter of a group: g + a·d1 + a²·d2 + a³·d3 + a⁴·d4 over GF(32), so that every wrong
   * letter, every two letters that changed places, and every group in a wrong place shows.
   */
  private static int check(byte[] values, int group) {
    int out = 0;
    for (int i = DATA - 1; i >= 0; i--) {
      out = times2(out ^ values[group * DATA + i]);
    }
    return out ^ group;
  }

  /** Times a (that is x) in GF(32) with x⁵ + x² + 1. */
  private static int times2(int value) {
    int out = value << 1;
    return (out & 32) == 0 ? out : out ^ 0x25;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "Share[" + number + " of " + set + "]";
  }
}
