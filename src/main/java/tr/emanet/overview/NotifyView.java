package tr.emanet.overview;

import java.time.Instant;
import java.util.List;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.web.Formats;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;

/**
 * Notifications in words.
 *
 * @param failed what was given up, the newest first
 */
public record NotifyView(List<ChannelLine> channels, List<FailedLine> failed, boolean blown) {

  private static final int SHOWN = 10;

  public NotifyView {
    channels = List.copyOf(channels);
    failed = List.copyOf(failed);
  }

  /** One way out; {@code problem} in the words of the other side, empty for none. */
  public record ChannelLine(
      String name,
      Health health,
      String state,
      String problem,
      String waiting,
      String sent,
      String failed,
      String last) {}

  /** One notification that nobody got. */
  public record FailedLine(
      String alert, String channel, String step, String time, String problem) {}

  static NotifyView of(OutboxStatus status, Texts texts) {
    Formats formats = texts.formats();
    return new NotifyView(
        status.channels().stream().map(c -> line(c, texts)).toList(),
        status.failed().stream()
            .limit(SHOWN)
            .map(
                f ->
                    new FailedLine(
                        f.alert(), f.channel(), f.step(), formats.dateTime(f.at()), f.problem()))
            .toList(),
        status.blownAt().isPresent());
  }

  private static ChannelLine line(OutboxStatus.ChannelStatus c, Texts texts) {
    boolean trouble = !c.problem().isEmpty();
    String state = c.fuse() ? "fuse" : trouble ? "trouble" : "ok";
    Instant last = c.lastSentAt();
    return new ChannelLine(
        c.name(),
        c.fuse() || trouble ? Health.ATTENTION : Health.OK,
        texts.get("system.notify." + state),
        c.problem(),
        texts.formats().number(c.waiting()),
        texts.formats().number(c.sent()),
        texts.formats().number(c.failed()),
        last == null ? "–" : texts.formats().dateTime(last));
  }
}
