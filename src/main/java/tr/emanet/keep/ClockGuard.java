package tr.emanet.keep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;

/**
 * Notices a wall clock that was set by more than ten minutes and remembers it, over restarts, until
 * an administrator confirms the time. It compares with a fixed anchor, so many small steps add up.
 * Thread-safe.
 */
public final class ClockGuard {

  /** A clock may differ this much from the machine's own count. */
  public static final Duration TOLERANCE = Duration.ofMinutes(10);

  private final KeepStore store;
  private final AuditLog audit;
  private final InstantSource clock;
  private final BootClock boot;

  ClockGuard(KeepStore store, AuditLog audit, InstantSource clock, BootClock boot) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.boot = boot;
  }

  /**
   * Compares and remembers; to be called every minute or so, and before anything is destroyed.
   *
   * @return the state after the comparison
   */
  synchronized ClockState tick() {
    BootClock.Reading now = boot.read();
    Instant wall = clock.instant();
    Optional<KeepStore.ClockMark> last = store.clock();
    if (last.isEmpty()) {
      store.clock(KeepStore.ClockMark.anchored(wall, now));
      return new ClockState.Believed();
    }
    KeepStore.ClockMark mark = last.get();
    if (mark.jump() != null) {
      return mark.jump();
    }
    boolean restarted = !mark.boot().equals(now.boot());
    Instant expected =
        restarted ? mark.seen() : mark.anchor().plus(now.since().minus(mark.anchorSince()));
    if (Duration.between(expected, wall).abs().compareTo(TOLERANCE) > 0) {
      ClockState.Jumped jump = new ClockState.Jumped(expected, wall, restarted);
      store.clock(mark.jumped(jump));
      return jump;
    }
    store.clock(restarted ? KeepStore.ClockMark.anchored(wall, now) : mark.seen(wall));
    return new ClockState.Believed();
  }

  /** The state as it was found last. */
  ClockState state() {
    return store.clock().map(KeepStore.ClockMark::state).orElseGet(ClockState.Believed::new);
  }

  /**
   * A person says that the clock is right now.
   *
   * @return false when it was believed already
   */
  synchronized boolean confirm(Principal who) {
    if (!(state() instanceof ClockState.Jumped jump)) {
      return false;
    }
    Instant wall = clock.instant();
    store.transaction(
        () -> {
          store.clock(KeepStore.ClockMark.anchored(wall, boot.read()));
          audit.record(
              who,
              "retention.clock-confirmed",
              Map.of(
                  "expected", jump.expected().toString(),
                  "shown", jump.shown().toString(),
                  "confirmed", wall.toString()));
        });
    return true;
  }
}
