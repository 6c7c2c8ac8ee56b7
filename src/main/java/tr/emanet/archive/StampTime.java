package tr.emanet.archive;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time in a TimeStampResp, to be shown in a calendar: the first GeneralizedTime of a
 * response is its TSTInfo's genTime (RFC 3161, section 2.4.2). The verifier reads it properly.
 */
final class StampTime {

  private static final Pattern TIME =
      Pattern.compile("\u0018[\u000f-\u0019](20[0-9]{12})(\\.[0-9]+)?Z");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private StampTime() {}

  static @Nullable Instant of(byte[] der) {
    Matcher found = TIME.matcher(new String(der, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      return null;
    }
    try {
      return LocalDateTime.parse(found.group(1), SECONDS).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
