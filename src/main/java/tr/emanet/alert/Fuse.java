package tr.emanet.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.store.Database;

/**
 * The fuse over all channels: when so many messages have left within an hour, nothing more leaves
 * until an hour is over or a person mends it. A rule gone wild then fills no mailbox and no
 * telephone. Stored, so a restart does not mend it. Safe for many threads.
 */
final class Fuse {

  private static final Logger LOG = LoggerFactory.getLogger(Fuse.class);
  private static final Duration HOUR = Duration.ofHours(1);

  private final FuseStore store;
  private final int perHour;

  Fuse(Database database, int perHour) {
    this.store = new FuseStore(database);
    this.perHour = perHour;
  }

  /** When it blew; empty while it holds. */
  Optional<Instant> blownAt(Instant now) {
    FuseStore.Times times = store.times();
    return times.blown() && now.isBefore(times.blownAt().plus(HOUR))
        ? Optional.of(times.blownAt())
        : Optional.empty();
  }

  /**
   * Whether a message may leave; may blow the fuse.
   *
   * @param mended called when the hour is over, before the first message leaves
   */
  synchronized boolean lets(Instant now, Runnable mended) {
    FuseStore.Times times = store.times();
    if (times.blown()) {
      if (now.isBefore(times.blownAt().plus(HOUR))) {
        return false;
      }
      store.mend(now, "-");
      mended.run();
      return true;
    }
    Instant hourAgo = now.minus(HOUR);
    Instant since = times.mendedAt().isAfter(hourAgo) ? times.mendedAt() : hourAgo;
    if (store.sentSince(since) < perHour) {
      return true;
    }
    store.blow(now);
    LOG.atError()
        .addKeyValue("messages", perHour)
        .log("The fuse of all notifications has blown; nothing leaves for an hour");
    return false;
  }

  /** Mends it for a person; false when it has not blown. */
  synchronized boolean mend(Instant now, String by) {
    if (blownAt(now).isEmpty()) {
      return false;
    }
    store.mend(now, by);
    return true;
  }
}
