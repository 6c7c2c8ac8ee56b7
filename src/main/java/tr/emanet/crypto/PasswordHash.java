package tr.emanet.crypto;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with its parameters, as in the PHC string format. {@link #parse} refuses
 * parameters that would cost too much, before anybody derives with them.
 *
 * @param memoryKib 8 to 131,072
 * @param passes 1 to 10
 * @param lanes 1 to 4
 * @param salt 8 to 48 bytes
 * @param tag 16 to 64 bytes
 */
record PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] tag) {

  static final int MAX_MEMORY_KIB = 131_072;
  static final int MAX_PASSES = 10;
  static final int MAX_LANES = 4;
  private static final int MAX_LENGTH = 256;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,6}),t=([0-9]{1,2}),p=([0-9])"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

  PasswordHash {
    boolean sound =
        memoryKib >= 8 * lanes
            && memoryKib <= MAX_MEMORY_KIB
            && passes >= 1
            && passes <= MAX_PASSES
            && lanes >= 1
            && lanes <= MAX_LANES
            && salt.length >= 8
            && tag.length >= 16;
    if (!sound) {
      throw new IllegalArgumentException(
          "Argon2id m=" + memoryKib + ",t=" + passes + ",p=" + lanes + " is out of bounds");
    }
  }

  /** Reads a PHC string; empty when it is malformed or asks for more than the bounds allow. */
  static Optional<PasswordHash> parse(String phc) {
    if (phc.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PasswordHash(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              Base64.getDecoder().decode(matcher.group(4)),
              Base64.getDecoder().decode(matcher.group(5))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String phc() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + memoryKib
        + ",t="
        + passes
        + ",p="
        + lanes
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(tag);
  }

  @Override
  public String toString() {
    return "PasswordHash[m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "]";
  }
}
