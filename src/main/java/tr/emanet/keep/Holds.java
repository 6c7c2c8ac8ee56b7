package tr.emanet.keep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;

/**
 * Sets and ends legal holds. One person may set one; two have to agree to its end, because that is
 * the moment from which evidence can be lost. Thread-safe.
 */
public final class Holds {

  private static final Pattern STREAM = Pattern.compile("\\*|[a-z0-9-]{1,32}");
  private static final int MAX_REASON = 500;
  private static final int MAX_HOLDS = 1_000;
  private static final Duration ASKED_FOR = Duration.ofHours(24);

  private final KeepStore store;
  private final AuditLog audit;
  private final InstantSource clock;

  Holds(KeepStore store, AuditLog audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** Newest first, ended ones too. */
  public List<LegalHold> all() {
    return store.holds();
  }

  /** Whether a segment of this stream and day must stay. */
  public boolean covers(String stream, LocalDate day) {
    return store.holds().stream().anyMatch(hold -> hold.covers(stream, day));
  }

  /**
   * Sets a hold; it works at once.
   *
   * @param stream a stream's name or {@link LegalHold#ALL}
   */
  public HoldResult set(
      Principal who,
      String stream,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      String reason) {
    if (!STREAM.matcher(stream).matches()) {
      return new HoldResult.Refused("keep.hold.stream");
    }
    if (from != null && to != null && to.isBefore(from)) {
      return new HoldResult.Refused("keep.hold.days");
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      return new HoldResult.Refused("keep.hold.reason");
    }
    if (store.holds().stream().filter(LegalHold::holds).count() >= MAX_HOLDS) {
      return new HoldResult.Refused("keep.hold.many");
    }
    Instant now = clock.instant();
    LegalHold wanted =
        new LegalHold(0, stream, from, to, reason.strip(), who.id(), now, "", "", null, "", null);
    long[] id = new long[1];
    store.transaction(
        () -> {
          id[0] = store.addHold(wanted);
          audit.record(
              who,
              "hold.set",
              Map.of(
                  "hold",
                  Long.toString(id[0]),
                  "stream",
                  stream,
                  "from",
                  from == null ? "" : from.toString(),
                  "to",
                  to == null ? "" : to.toString(),
                  "reason",
                  wanted.reason()));
        });
    return store.hold(id[0]).<HoldResult>map(HoldResult.Done::new).orElse(new HoldResult.Unknown());
  }

  /**
   * Asks for the end of a hold, or agrees to it: the second of two different people ends it.
   *
   * @param reason why it may end; of the second person it may be empty
   */
  public HoldResult release(Principal who, long id, String reason) {
    LegalHold hold = store.hold(id).orElse(null);
    if (hold == null) {
      return new HoldResult.Unknown();
    }
    if (!hold.holds()) {
      return new HoldResult.Refused("keep.hold.ended");
    }
    Instant now = clock.instant();
    Instant asked = hold.releaseAskedAt();
    boolean open = asked != null && now.isBefore(asked.plus(ASKED_FOR)) && !now.isBefore(asked);
    if (open && hold.releaseBy().equals(who.id())) {
      return new HoldResult.Refused("keep.hold.second");
    }
    if (!open && (reason.isBlank() || reason.length() > MAX_REASON)) {
      return new HoldResult.Refused("keep.hold.reason");
    }
    store.transaction(
        () -> {
          if (open) {
            store.release(id, who, now);
          } else {
            store.askRelease(id, who, reason.strip(), now);
          }
          audit.record(
              who,
              open ? "hold.release" : "hold.release-asked",
              Map.of(
                  "hold", Long.toString(id),
                  "stream", hold.stream(),
                  "reason", open ? hold.releaseReason() : reason.strip()));
        });
    LegalHold after = store.hold(id).orElse(hold);
    return open ? new HoldResult.Done(after) : new HoldResult.Waiting(after);
  }
}
