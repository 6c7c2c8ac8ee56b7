package tr.emanet.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tr.emanet.event.IpAddress;
import tr.emanet.journal.JournalRecord;

/** One line a record, as the archive's text files have it ({@code format-seal.md}). One thread. */
final class TextLines {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  /** The line with its line feed. */
  byte[] of(JournalRecord record) {
    line.reset();
    ascii(Long.toString(record.position().sequence()));
    line.write('\t');
    time(record.receivedMicros());
    line.write('\t');
    String address = IpAddress.text(record.source().address(), 0);
    ascii(address.indexOf(':') < 0 ? address : '[' + address + ']');
    line.write(':');
    ascii(Integer.toString(record.source().port()));
    line.write('\t');
    visible(record.source().listener().getBytes(StandardCharsets.UTF_8));
    line.write('\t');
    visible(record.bytes());
    line.write('\n');
    return line.toByteArray();
  }

  /** A time with six digits behind the point. */
  static String time(Instant at) {
    return MICROS.format(at);
  }

  private void time(long micros) {
    long now = Math.floorDiv(micros, 1_000_000L);
    if (now != second) {
      second = now;
      secondText = SECONDS.format(Instant.ofEpochSecond(now));
    }
    ascii(secondText);
    ascii(Long.toString(Math.floorMod(micros, 1_000_000L) + 1_000_000L).substring(1));
    line.write('Z');
  }

  private void ascii(String text) {
    line.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void visible(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < 0x20 || b == 0x7f || b == '\\') {
        line.write('\\');
        line.write('x');
        line.write(HEX[b >> 4]);
        line.write(HEX[b & 15]);
      } else {
        line.write(b);
      }
    }
  }
}
