package tr.emanet.backup.key;

/**
 * RFC 4648 base32 in small letters without padding: no 0, 1, 8 or 9, so that what is read from
 * paper is what was meant. Works on bytes, because strings cannot be wiped.
 */
final class Base32 {

  static final int BITS = 5;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  /** The letter of a value of 0 to 31. */
  static char letter(int value) {
    return LETTERS.charAt(value);
  }

  /** The value of a letter, either case and as a Turkish keyboard writes it; -1 when it is none. */
  static int value(int letter) {
    int lower = letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    return switch (lower) {
      case 'ı', 'İ' -> LETTERS.indexOf('i');
      case '0' -> LETTERS.indexOf('o');
      case '8' -> LETTERS.indexOf('b');
      default -> LETTERS.indexOf(lower);
    };
  }

  /** The values, five bits each, zero bits at the end. */
  static byte[] values(byte[] bytes) {
    byte[] out = new byte[(bytes.length * Byte.SIZE + BITS - 1) / BITS];
    for (int i = 0; i < out.length * BITS; i++) {
      int bit = i < bytes.length * Byte.SIZE ? bytes[i / Byte.SIZE] >> (7 - i % Byte.SIZE) & 1 : 0;
      out[i / BITS] |= (byte) (bit << (BITS - 1 - i % BITS));
    }
    return out;
  }

  /** The bytes of values; bits that fill no byte are left out. */
  static byte[] bytes(byte[] values) {
    byte[] out = new byte[values.length * BITS / Byte.SIZE];
    for (int i = 0; i < out.length * Byte.SIZE; i++) {
      int bit = values[i / BITS] >> (BITS - 1 - i % BITS) & 1;
      out[i / Byte.SIZE] |= (byte) (bit << (7 - i % Byte.SIZE));
    }
    return out;
  }
}
