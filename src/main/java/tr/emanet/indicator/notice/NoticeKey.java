package tr.emanet.indicator.notice;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which notice.
 *
 * @param kind {@code incident} or {@code announcement}
 * @param external its number at the publisher
 */
public record NoticeKey(String kind, long external) {

  private static final Pattern TEXT = Pattern.compile("(incident|announcement)-([0-9]{1,18})");

  /** Reads {@code incident-155}. */
  public static Optional<NoticeKey> read(String text) {
    Matcher m = TEXT.matcher(text);
    return m.matches()
        ? Optional.of(new NoticeKey(m.group(1), Long.parseLong(m.group(2))))
        : Optional.empty();
  }

  /** Such as {@code incident-155}: the id in addresses, and the subject of measures. */
  public String id() {
    return kind + "-" + external;
  }
}
