package tr.emanet.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How notifications stand.
 *
 * @param channels configured ones and those that still have rows, by name
 * @param failed what was given up, the newest first, at most 50
 * @param failedToday how many were given up in the last 24 hours
 * @param blownAt since when the fuse over all channels lets nothing out; empty while it holds
 */
public record OutboxStatus(
    List<ChannelStatus> channels,
    List<Failed> failed,
    long failedToday,
    Optional<Instant> blownAt) {

  public OutboxStatus {
    channels = List.copyOf(channels);
    failed = List.copyOf(failed);
  }

  /**
   * One way out.
   *
   * @param sent in the last 90 days
   * @param fuse whether the fuse holds it back at the moment
   * @param problem why the last try did not work; empty when nothing waits for another try
   */
  public record ChannelStatus(
      String name,
      long waiting,
      long sent,
      long failed,
      @Nullable Instant lastSentAt,
      boolean fuse,
      String problem) {

    ChannelStatus troubled(String with) {
      return new ChannelStatus(name, waiting, sent, failed, lastSentAt, fuse, with);
    }
  }

  /** A notification that nobody got. */
  public record Failed(
      String channel, String alert, String step, Instant at, int attempts, String problem) {}
}
