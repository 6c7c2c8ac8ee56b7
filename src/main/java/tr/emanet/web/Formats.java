package tr.emanet.web;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Numbers, dates and spans as people of one language write them: Turkish 1.284 · 31,4 · %62 ·
 * 22.11.2026 03:12:08, English 1,284 · 31.4 · 62% · 22 Nov 2026 03:12:08. Always 24 hours.
 * Immutable.
 */
public final class Formats {

  private static final String[] BYTES = {"B", "KB", "MB", "GB", "TB", "PB"};

  private final Language language;
  private final ZoneId zone;
  private final DecimalFormatSymbols symbols;
  private final DateTimeFormatter date;
  private final DateTimeFormatter dayMonth;
  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("HH:mm:ss", java.util.Locale.ROOT);
  private final DateTimeFormatter minute =
      DateTimeFormatter.ofPattern("HH:mm", java.util.Locale.ROOT);

  /** The forms of one language, times shown in one zone. */
  public Formats(Language language, ZoneId zone) {
    this.language = language;
    this.zone = zone;
    this.symbols = new DecimalFormatSymbols(language.locale());
    boolean turkish = language == Language.TR;
    symbols.setGroupingSeparator(turkish ? '.' : ',');
    symbols.setDecimalSeparator(turkish ? ',' : '.');
    symbols.setMinusSign('-');
    this.date =
        DateTimeFormatter.ofPattern(turkish ? "dd.MM.yyyy" : "d MMM yyyy", language.locale());
    this.dayMonth = DateTimeFormatter.ofPattern("d MMM", language.locale());
  }

  public ZoneId zone() {
    return zone;
  }

  /** 1.284 or 1,284. */
  public String number(long n) {
    return new DecimalFormat("#,##0", symbols).format(n);
  }

  /** One digit after the separator: 31,4 or 31.4. */
  public String decimal(double n) {
    return new DecimalFormat("#,##0.#", symbols).format(n);
  }

  /** A share of 0 to 1: %62 or 62%. */
  public String percent(double share) {
    double hundred = share * 100;
    String text =
        hundred > 0 && hundred < 1
            ? new DecimalFormat("0.#", symbols).format(Math.max(0.1, hundred))
            : number(Math.round(hundred));
    return language == Language.TR ? "%" + text : text + "%";
  }

  /** 8 bin, 1,2 Mn; 8k, 1.2M: for axis labels. */
  public String compact(long n) {
    boolean turkish = language == Language.TR;
    if (n >= 1_000_000) {
      return decimal(n / 1e6) + (turkish ? " Mn" : "M");
    }
    if (n >= 1_000) {
      return decimal(n / 1e3) + (turkish ? " bin" : "k");
    }
    return number(n);
  }

  /** 2,3 TB; decimal units. */
  public String bytes(long n) {
    double value = n;
    int unit = 0;
    while (Math.abs(value) >= 1000 && unit < BYTES.length - 1) {
      value /= 1000;
      unit++;
    }
    return (unit == 0 ? number(n) : decimal(value)) + " " + BYTES[unit];
  }

  /** 22.11.2026 or 22 Nov 2026. */
  public String date(Instant instant) {
    return date.format(at(instant));
  }

  /** 22 Kas or 22 Nov. */
  public String dayMonth(Instant instant) {
    return dayMonth.format(at(instant));
  }

  /** 03:12:08. */
  public String time(Instant instant) {
    return time.format(at(instant));
  }

  /** 03:12. */
  public String minute(Instant instant) {
    return minute.format(at(instant));
  }

  /** 22.11.2026 03:12:08. */
  public String dateTime(Instant instant) {
    return date(instant) + " " + time(instant);
  }

  /** Milliseconds with the decimal separator in front: ,207 or .207. */
  public String millis(Instant instant) {
    String digits = Integer.toString(1000 + at(instant).getNano() / 1_000_000).substring(1);
    return symbols.getDecimalSeparator() + digits;
  }

  /** 22.11 03:12 or 22 Nov 03:12: a moment whose year is plain. */
  public String shortMoment(Instant instant) {
    ZonedDateTime at = at(instant);
    if (language == Language.TR) {
      return two(at.getDayOfMonth()) + "." + two(at.getMonthValue()) + " " + minute.format(at);
    }
    return dayMonth.format(at) + " " + minute.format(at);
  }

  /** UTC+3, UTC+5:45. */
  public String offset(Instant instant) {
    int minutes = zone.getRules().getOffset(instant).getTotalSeconds() / 60;
    int rest = Math.abs(minutes) % 60;
    return "UTC"
        + (minutes < 0 ? "-" : "+")
        + Math.abs(minutes) / 60
        + (rest == 0 ? "" : ":" + two(rest));
  }

  /** 45 sn, 15 dk, 6 sa 04 dk, 3 gün; 45 s, 15 min, 6 h 04 min, 3 days. */
  public String span(Duration span) {
    boolean turkish = language == Language.TR;
    long seconds = span.toSeconds();
    if (seconds < 1) {
      return number(span.toMillis()) + " ms";
    }
    if (seconds < 60) {
      return seconds + (turkish ? " sn" : " s");
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      long rest = seconds % 60;
      String whole = minutes + (turkish ? " dk" : " min");
      return rest == 0 ? whole : whole + " " + two((int) rest) + (turkish ? " sn" : " s");
    }
    long hours = minutes / 60;
    if (hours < 48) {
      long rest = minutes % 60;
      String whole = hours + (turkish ? " sa" : " h");
      return rest == 0 ? whole : whole + " " + two((int) rest) + (turkish ? " dk" : " min");
    }
    long days = hours / 24;
    return number(days) + (turkish ? " gün" : " days");
  }

  private ZonedDateTime at(Instant instant) {
    return instant.atZone(zone);
  }

  private static String two(int n) {
    return n < 10 ? "0" + n : Integer.toString(n);
  }
}
