package tr.emanet.traffic.day;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One line of the lists of a day, byte for byte as the de-facto format asks. */
final class DayList {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu/MM/dd-HH:mm:ss", Locale.ROOT);

  private DayList() {}

  /** {@code IP<TAB><TAB>begin<TAB><TAB>end<TAB><TAB>MAC<CRLF>}. */
  static byte[] lease(String address, Instant from, Instant until, String mac, ZoneId zone) {
    return (address
            + "\t\t"
            + time(from, zone)
            + "\t\t"
            + time(until, zone)
            + "\t\t"
            + mac
            + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Cells parted by two tabs; control characters in them become blanks. */
  static byte[] cells(String... cells) {
    StringBuilder out = new StringBuilder(120);
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : "\t\t");
      cells[i].chars().forEach(c -> out.append(c < ' ' || c == 0x7f ? ' ' : (char) c));
    }
    return out.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }
}
