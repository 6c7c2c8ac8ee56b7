package tr.emanet.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;

/**
 * The door for devices that prove themselves by HTTP Basic or a secret address. A right key always
 * opens, whoever else guesses from the same network; a wrong one is counted and slowed as failed
 * log-ins are ({@link LoginThrottle}), and a flood of them does not fill the audit chain.
 * Thread-safe.
 */
public final class KeyDoor {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int AUDITED_PER_WINDOW = 10;
  private static final int MAX_NAME = 64;

  /** What became of a key. */
  public sealed interface Outcome {
    /**
     * It is right.
     *
     * @param who for people: the name the device gave, else the label of its token
     * @param key for the records: {@code token:7}
     */
    record Open(String who, String key) implements Outcome {}

    /** It is wrong. */
    record Shut() implements Outcome {}

    /** It is wrong, and so were too many before. */
    record Wait(Duration time) implements Outcome {}
  }

  private final ApiTokens tokens;
  private final LoginThrottle throttle;
  private final AuditLog audit;
  private final InstantSource clock;
  private long windowStart = Long.MIN_VALUE;
  private int audited;

  KeyDoor(ApiTokens tokens, LoginThrottle throttle, AuditLog audit, InstantSource clock) {
    this.tokens = tokens;
    this.throttle = throttle;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Judges a token of the scope {@code lists}.
   *
   * @param user any name; shown to people when it is plain text
   */
  public Outcome token(String user, String clear, String address) {
    Optional<ApiToken> token = tokens.forLists(clear);
    if (token.isEmpty()) {
      return wrong(address);
    }
    boolean plain = user.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0," + (MAX_NAME - 1) + "}");
    return new Outcome.Open(plain ? user : token.get().label(), token.get().principalId());
  }

  /** Counts a wrong key of any kind. */
  public Outcome wrong(String address) {
    Duration wait = throttle.attempt("?lists", address);
    if (!wait.isZero()) {
      return new Outcome.Wait(wait);
    }
    if (mayAudit()) {
      audit.record(AuditLog.NOBODY, "list.refused", Map.of("address", address));
    }
    return new Outcome.Shut();
  }

  private synchronized boolean mayAudit() {
    long window = clock.millis() / WINDOW.toMillis();
    if (window != windowStart) {
      windowStart = window;
      audited = 0;
    }
    return ++audited <= AUDITED_PER_WINDOW;
  }
}
