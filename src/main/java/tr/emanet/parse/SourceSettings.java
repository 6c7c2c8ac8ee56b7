package tr.emanet.parse;

import java.nio.charset.Charset;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.SourceAddress;

/**
 * Says how a sender writes its lines. Asked once for each {@link SourceAddress} instance and
 * parser, then remembered; answers must not change while parsers live. Safe for many threads.
 */
@FunctionalInterface
public interface SourceSettings {

  /** The habits of one transport peer. */
  Sender of(SourceAddress source);

  /**
   * What a line itself does not tell.
   *
   * @param zone for time stamps without a zone
   * @param fallback for lines that are not valid UTF-8; one byte a character
   * @param imports whether old records come in by intent, so that any claimed time is believed
   * @param host name of the sender for lines that name none, or null
   */
  record Sender(ZoneId zone, Charset fallback, boolean imports, @Nullable String host) {

    /** What holds in Turkey unless configured: Europe/Istanbul, windows-1254, live records. */
    public static final Sender TURKEY =
        new Sender(ZoneId.of("Europe/Istanbul"), Charset.forName("windows-1254"), false);

    /** A sender without a configured name. */
    public Sender(ZoneId zone, Charset fallback, boolean imports) {
      this(zone, fallback, imports, null);
    }

    public Sender {
      if (fallback.newEncoder().maxBytesPerChar() != 1.0f) {
        throw new IllegalArgumentException(
            "charset " + fallback.name() + " uses more than one byte a character");
      }
    }
  }

  /** The same answer for everybody. */
  static SourceSettings all(Sender sender) {
    return source -> sender;
  }
}
