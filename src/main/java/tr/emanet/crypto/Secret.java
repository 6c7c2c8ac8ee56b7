package tr.emanet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Text that must not be seen: its {@code toString} is masked, {@link #close} wipes it. Safe for
 * many threads until closed.
 */
public final class Secret implements AutoCloseable {

  private static final String MASK = "******";

  private final byte[] utf8;

  private Secret(byte[] utf8) {
    this.utf8 = utf8;
  }

  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** From clear bytes (UTF-8), which stay the caller's to wipe. */
  public static Secret of(byte[] utf8) {
    return new Secret(utf8.clone());
  }

  /** The clear text; only for the one place that needs it. A string cannot be wiped. */
  public String reveal() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A copy of the clear bytes (UTF-8); the caller wipes it. */
  public byte[] copy() {
    return utf8.clone();
  }

  /** Compares in a time that does not depend on where the two differ. */
  public boolean matches(Secret other) {
    return MessageDigest.isEqual(utf8, other.utf8);
  }

  /** Overwrites the clear text. */
  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
