package tr.emanet.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * Records acts and reads them back. Thread-safe.
 *
 * <p>{@link #record} joins the transaction that is open on the thread: wrap act and record in
 * {@link Database#transaction} and neither exists without the other.
 */
public final class AuditLog {

  /** The actor of what nobody could be held responsible for, such as a failed log-in. */
  public static final String NOBODY = "-";

  /** Most entries a page holds. */
  public static final int MAX_PAGE = 500;

  private static final Pattern ACTION = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern ACTOR = Pattern.compile("[!-~]{1,128}");
  private static final int VERIFY_STEP = 1_000;

  private final Database database;
  private final AuditStore store;
  private final InstantSource clock;

  public AuditLog(Database database, InstantSource clock) {
    this.database = database;
    this.store = new AuditStore(database);
    this.clock = clock;
  }

  /**
   * Records one act; it is durable when the outermost transaction returns.
   *
   * @param action lower-case words joined by dots, the object first: {@code user.create}
   * @param details at most 32; long values are cut. Never a password, token or code
   * @throws java.io.UncheckedIOException when it cannot be written: the act must then not happen
   */
  public void record(Principal who, String action, Map<String, String> details) {
    record(who.id(), action, details);
  }

  /** Like {@link #record(Principal, String, Map)} for an actor known by id only. */
  public void record(String actor, String action, Map<String, String> details) {
    if (!ACTION.matcher(action).matches() || !ACTOR.matcher(actor).matches()) {
      throw new IllegalArgumentException("audit entry of '" + actor + "' for '" + action + "'");
    }
    String json = AuditDetails.json(details);
    database.transaction(
        () -> {
          AuditStore.Head head = store.head();
          Instant at = clock.instant();
          store.append(AuditEntry.after(head.sequence() + 1, at, actor, action, json, head.hash()));
          return head.sequence();
        });
  }

  /**
   * Reads entries, newest first.
   *
   * @param before only entries with a smaller sequence; {@link Long#MAX_VALUE} for the newest
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<AuditEntry> page(AuditFilter filter, long before, int limit) {
    return store.before(filter, before, Math.clamp(limit, 1, MAX_PAGE));
  }

  /** The end of the chain now; what a checkpoint fixes. */
  public AuditHead head() {
    AuditStore.Head head = store.head();
    return new AuditHead(head.sequence(), head.hash());
  }

  /**
   * Reads entries with a higher sequence, oldest first.
   *
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<AuditEntry> after(long sequence, int limit) {
    return store.after(sequence, Math.clamp(limit, 1, MAX_PAGE));
  }

  /** Walks the whole chain; about 100,000 entries a second. Entries may be added meanwhile. */
  public ChainCheck verify() {
    AuditStore.Head head = store.head();
    long sequence = 0;
    String hash = AuditEntry.GENESIS;
    while (sequence < head.sequence()) {
      List<AuditEntry> step = store.after(sequence, VERIFY_STEP);
      if (step.isEmpty()) {
        return new ChainCheck.Broken(sequence + 1, ChainCheck.Cause.MISSING);
      }
      for (AuditEntry entry : step) {
        if (entry.sequence() != sequence + 1) {
          return new ChainCheck.Broken(sequence + 1, ChainCheck.Cause.MISSING);
        }
        if (!entry.isIntact()) {
          return new ChainCheck.Broken(entry.sequence(), ChainCheck.Cause.EDITED);
        }
        if (!entry.previous().equals(hash)) {
          return new ChainCheck.Broken(entry.sequence(), ChainCheck.Cause.OUT_OF_ORDER);
        }
        sequence = entry.sequence();
        hash = entry.hash();
        if (sequence == head.sequence() && !hash.equals(head.hash())) {
          return new ChainCheck.Broken(sequence, ChainCheck.Cause.WRONG_HEAD);
        }
      }
    }
    List<AuditEntry> stray = store.outsideTheChain();
    return stray.isEmpty()
        ? new ChainCheck.Intact(sequence, hash)
        : new ChainCheck.Broken(stray.getFirst().sequence(), ChainCheck.Cause.WRONG_HEAD);
  }
}
