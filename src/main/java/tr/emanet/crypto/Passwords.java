package tr.emanet.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106). At most two derivations run at a time: each takes 19
 * MiB and a core for a good part of a second, and a flood of log-ins must not stop the intake.
 * Thread-safe.
 */
public final class Passwords {

  /** How much a derivation costs. */
  public record Cost(int memoryKib, int passes, int lanes) {

    /** The OWASP minimum of 2023: 19 MiB, two passes, one lane. */
    public static final Cost STANDARD = new Cost(19_456, 2, 1);
  }

  /** What a comparison said. */
  public enum Check {
    MATCH,
    MISMATCH,
    /** Too many derivations are waiting; ask again in a few seconds. */
    BUSY
  }

  private static final int PARALLEL = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  private final SecureRandom random;
  private final Cost cost;
  private final Semaphore permits = new Semaphore(PARALLEL, true);
  private final PasswordHash decoy;

  public Passwords(SecureRandom random, Cost cost) {
    this.random = random;
    this.cost = cost;
    // Never derived: a tag of zeros is as unreachable as any other.
    this.decoy =
        new PasswordHash(
            cost.memoryKib(), cost.passes(), cost.lanes(), salt(), new byte[TAG_BYTES]);
  }

  /**
   * Hashes a new password; the result is a PHC string of about 97 characters. Empty when too many
   * derivations are waiting.
   */
  public Optional<String> hash(Secret password) {
    if (!acquire()) {
      return Optional.empty();
    }
    try {
      byte[] salt = salt();
      PasswordHash wanted =
          new PasswordHash(
              cost.memoryKib(), cost.passes(), cost.lanes(), salt, new byte[TAG_BYTES]);
      byte[] tag = derive(password, wanted);
      return Optional.of(
          new PasswordHash(cost.memoryKib(), cost.passes(), cost.lanes(), salt, tag).phc());
    } finally {
      permits.release();
    }
  }

  /** Compares a password with a stored hash; a malformed or too costly hash matches nothing. */
  public Check check(Secret password, String phc) {
    Optional<PasswordHash> stored = PasswordHash.parse(phc);
    return stored.isEmpty() ? checkNothing(password) : check(password, stored.get());
  }

  /** Takes as long as {@link #check} for a person who does not exist, and never matches. */
  public Check checkNothing(Secret password) {
    Check result = check(password, decoy);
    return result == Check.MATCH ? Check.MISMATCH : result;
  }

  /** Whether the hash was made with less than today's cost and should be made anew at log-in. */
  public boolean isWeak(String phc) {
    return PasswordHash.parse(phc)
        .map(h -> h.memoryKib() < cost.memoryKib() || h.passes() < cost.passes())
        .orElse(true);
  }

  private Check check(Secret password, PasswordHash stored) {
    if (!acquire()) {
      return Check.BUSY;
    }
    try {
      return MessageDigest.isEqual(derive(password, stored), stored.tag())
          ? Check.MATCH
          : Check.MISMATCH;
    } finally {
      permits.release();
    }
  }

  private boolean acquire() {
    try {
      return permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private byte[] salt() {
    byte[] out = new byte[SALT_BYTES];
    random.nextBytes(out);
    return out;
  }

  private static byte[] derive(Secret password, PasswordHash parameters) {
    byte[] clear = password.copy();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(parameters.memoryKib())
              .withIterations(parameters.passes())
              .withParallelism(parameters.lanes())
              .withSalt(parameters.salt())
              .build());
      byte[] out = new byte[parameters.tag().length];
      generator.generateBytes(clear, out);
      return out;
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
