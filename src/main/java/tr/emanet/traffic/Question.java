package tr.emanet.traffic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;

/**
 * What is asked.
 *
 * @param address canonical text of the outside address
 * @param port 1 to 65535
 * @param at the instant of the connection
 * @param reason why it is asked, such as the number of a case; never blank
 */
public record Question(String address, int port, Instant at, String reason) {

  /** Longest reason in characters. */
  public static final int MAX_REASON = 300;

  private static final int MAX_INPUT = 80;
  private static final DateTimeFormatter ISO_LIKE = local("uuuu-MM-dd");
  private static final DateTimeFormatter TURKISH = local("dd.MM.uuuu");

  /** What became of an input. */
  public sealed interface Read {

    record Asked(Question question) implements Read {}

    /**
     * It cannot be asked.
     *
     * @param problem last part of the text key {@code traffic.refused.<problem>}
     */
    record Refused(String problem) implements Read {}
  }

  private static DateTimeFormatter local(String date) {
    return new DateTimeFormatterBuilder()
        .appendPattern(date)
        .appendPattern("[' ']['T']HH:mm[:ss]")
        .appendOptional(
            new DateTimeFormatterBuilder()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .toFormatter(Locale.ROOT))
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * Reads what people type.
   *
   * @param endpoint {@code 203.0.113.7:61234} or {@code [2001:db8::1]:443}
   * @param time ISO with offset, or {@code 2026-11-22 14:03[:11]}, {@code 22.11.2026 14:03[:11]} in
   *     the zone
   */
  public static Read read(
      @Nullable String endpoint, @Nullable String time, @Nullable String reason, ZoneId zone) {
    String typed = endpoint == null ? "" : endpoint.strip();
    String address = typed.length() > MAX_INPUT ? "" : address(typed);
    byte[] parsed = IpAddress.parse(address);
    if (parsed == null) {
      return new Read.Refused("address");
    }
    int port = port(typed.substring(typed.lastIndexOf(':') + 1));
    if (port < 0) {
      return new Read.Refused("port");
    }
    Instant at = instant(time == null ? "" : time.strip(), zone);
    if (at == null) {
      return new Read.Refused("time");
    }
    String why = reason == null ? "" : reason.strip();
    if (why.isEmpty() || why.length() > MAX_REASON) {
      return new Read.Refused("reason");
    }
    return new Read.Asked(new Question(IpAddress.text(parsed, 0), port, at, why));
  }

  private static String address(String typed) {
    int colon = typed.lastIndexOf(':');
    if (colon < 1) {
      return "";
    }
    String front = typed.substring(0, colon);
    if (front.startsWith("[") && front.endsWith("]")) {
      return front.substring(1, front.length() - 1);
    }
    // Without brackets nobody can tell the port from the last group of an IPv6 address.
    return front.indexOf(':') >= 0 ? "" : front;
  }

  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 0xffff ? port : -1;
  }

  private static @Nullable Instant instant(String text, ZoneId zone) {
    if (text.isEmpty() || text.length() > MAX_INPUT) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      // Not with an offset: the next forms are tried.
      Instant found = local(text, ISO_LIKE, zone);
      return found != null ? found : local(text, TURKISH, zone);
    }
  }

  private static @Nullable Instant local(String text, DateTimeFormatter format, ZoneId zone) {
    try {
      return LocalDateTime.parse(text, format).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      // Another form, or none.
      return null;
    }
  }

  /** Address and port as people write them. */
  public String endpoint() {
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
  }
}
