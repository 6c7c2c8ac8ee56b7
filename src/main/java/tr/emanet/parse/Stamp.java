package tr.emanet.parse;

/**
 * Reads the time stamps that senders put into their lines: RFC 3339 and its relatives, BSD stamps
 * with and without year, Cisco's marks and zone names, BIND and access-log dates, seconds to
 * nanoseconds since 1970. One thread only.
 *
 * <p>A stamp without a zone is in the zone of its source; one without a year is in the year that
 * puts it nearest to the time of receipt. Second 60 is the first of the next minute.
 */
final class Stamp {

  private static final long HALF_YEAR = 180 * Dates.DAY_MILLIS;
  private static final int NO_ZONE = Integer.MIN_VALUE;
  private static final int[] YEARS_TRIED = {0, -1, 1, -2, 2, -3, 3, -4, 4, -8, 8};

  private long millis;
  private int secondOfDay;
  private int milli;

  /** The year of the last received day: any of its zones will do, the nearest year is sought. */
  private int year;

  private long yearDay = Long.MIN_VALUE;

  /** The result of the last successful {@link #scan}: milliseconds since 1970 UTC. */
  long millis() {
    return millis;
  }

  /**
   * Reads a stamp at {@code i}.
   *
   * @return the index after it, or -1 when there is none
   */
  int scan(byte[] b, int i, int to, ZoneClock zone, long receivedMillis) {
    if (to - i < 10) {
      return -1;
    }
    int c = b[i];
    if (c >= '0' && c <= '9') {
      return scanDigits(b, i, to, zone, receivedMillis);
    }
    if ((c == '*' || c == '.') && Ascii.letter(b[i + 1])) {
      return scanMonth(b, i + 1, to, zone, receivedMillis);
    }
    return Ascii.letter(c) ? scanMonth(b, i, to, zone, receivedMillis) : -1;
  }

  private int scanDigits(byte[] b, int i, int to, ZoneClock zone, long received) {
    int fifth = b[i + 4];
    if (fifth == '-' || fifth == '/') {
      return scanIso(b, i, to, zone);
    }
    if (fifth == ' ' && to - i > 15 && Ascii.letter(b[i + 5])) {
      int year = four(b, i);
      return year < 0 ? -1 : scanBsd(b, i + 5, to, zone, received, year);
    }
    int third = b[i + 2];
    if ((third == '-' || third == '/') && Ascii.letter(b[i + 3])) {
      return scanDayFirst(b, i, to, zone);
    }
    return scanEpoch(b, i, to);
  }

  /** {@code 2026-10-11T22:14:15.003+03:00}; space for T, slashes, no zone, a Z after an offset. */
  private int scanIso(byte[] b, int i, int to, ZoneClock zone) {
    int separator = b[i + 4];
    if (to - i < 19 || b[i + 7] != separator) {
      return -1;
    }
    int t = b[i + 10];
    if (t != 'T' && t != ' ' && t != 't') {
      return -1;
    }
    int year = four(b, i);
    int month = two(b, i + 5);
    int day = two(b, i + 8);
    if (year < 0 || month < 0 || day < 0 || !Dates.valid(year, month, day)) {
      return -1;
    }
    int at = scanTime(b, i + 11, to);
    return at < 0 ? -1 : zoned(b, at, to, zone, Dates.millis(year, month, day, secondOfDay, milli));
  }

  /** {@code 19-Oct-2022 05:34:02.425} and {@code 29/Sep/2021:14:11:34 +0200}. */
  private int scanDayFirst(byte[] b, int i, int to, ZoneClock zone) {
    if (to - i < 20 || b[i + 6] != b[i + 2]) {
      return -1;
    }
    int day = two(b, i);
    int month = month(b, i + 3);
    int year = four(b, i + 7);
    if (day < 0 || month < 0 || year < 0 || !Dates.valid(year, month, day)) {
      return -1;
    }
    if (b[i + 11] != ' ' && b[i + 11] != ':') {
      return -1;
    }
    int at = scanTime(b, i + 12, to);
    return at < 0 ? -1 : zoned(b, at, to, zone, Dates.millis(year, month, day, secondOfDay, milli));
  }

  /** A month, or a day of the week and a month, at {@code i}. */
  private int scanMonth(byte[] b, int i, int to, ZoneClock zone, long received) {
    int at = scanBsd(b, i, to, zone, received, -1);
    if (at >= 0 || to - i < 19 || b[i + 3] != ' ' || !weekday(b, i)) {
      return at;
    }
    return scanBsd(b, i + 4, to, zone, received, -1);
  }

  private static boolean weekday(byte[] b, int i) {
    int key = (b[i] | 0x20) << 16 | (b[i + 1] | 0x20) << 8 | b[i + 2] | 0x20;
    return switch (key) {
      case 'm' << 16 | 'o' << 8 | 'n',
          't' << 16 | 'u' << 8 | 'e',
          'w' << 16 | 'e' << 8 | 'd',
          't' << 16 | 'h' << 8 | 'u',
          'f' << 16 | 'r' << 8 | 'i',
          's' << 16 | 'a' << 8 | 't',
          's' << 16 | 'u' << 8 | 'n' ->
          true;
      default -> false;
    };
  }

  /**
   * {@code Oct 11 22:14:15}, {@code Oct 1 2026 22:14:15.123 UTC}, year before, between or after.
   */
  private int scanBsd(byte[] b, int i, int to, ZoneClock zone, long received, int yearBefore) {
    if (to - i < 14 || b[i + 3] != ' ') {
      return -1;
    }
    int month = month(b, i);
    if (month < 0) {
      return -1;
    }
    int at = i + 4;
    if (b[at] == ' ') {
      at++;
    }
    int day = b[at++] - '0';
    if (day < 0 || day > 9) {
      return -1;
    }
    int next = b[at] - '0';
    if (next >= 0 && next <= 9) {
      day = day * 10 + next;
      at++;
    }
    if (at < to && b[at] == ',') {
      at++;
    }
    if (at + 9 > to || b[at] != ' ') {
      return -1;
    }
    at++;
    int year = yearBefore;
    if (at + 4 < to && b[at + 4] == ' ') {
      year = four(b, at);
      if (year < 0) {
        return -1;
      }
      at += 5;
    }
    at = scanTime(b, at, to);
    if (at < 0) {
      return -1;
    }
    int offset = NO_ZONE;
    int named = zoneName(b, at, to);
    if (named > 0) {
      offset = 0;
      at = named;
    }
    if (year < 0 && at + 5 <= to && b[at] == ' ' && (at + 5 == to || !inWord(b[at + 5]))) {
      int after = four(b, at + 1);
      if (after >= 1970 && after <= 2100) {
        year = after;
        at += 5;
      }
    }
    if (year >= 0) {
      if (!Dates.valid(year, month, day)) {
        return -1;
      }
      millis = utc(Dates.millis(year, month, day, secondOfDay, milli), offset, zone);
      return at;
    }
    return nearestYear(month, day, offset, zone, received) ? at : -1;
  }

  private boolean nearestYear(int month, int day, int offset, ZoneClock zone, long received) {
    int year = yearOf(zone, received);
    boolean found = false;
    long best = 0;
    for (int k = 0; k < YEARS_TRIED.length && (k < 3 || !found); k++) {
      int candidate = year + YEARS_TRIED[k];
      if (!Dates.valid(candidate, month, day)) {
        continue;
      }
      long at = utc(Dates.millis(candidate, month, day, secondOfDay, milli), offset, zone);
      if (!found || Math.abs(at - received) < Math.abs(best - received)) {
        best = at;
        found = true;
      }
      if (Math.abs(at - received) < HALF_YEAR) {
        break;
      }
    }
    millis = best;
    return found;
  }

  private int yearOf(ZoneClock zone, long received) {
    long day = Math.floorDiv(received, Dates.DAY_MILLIS);
    if (day != yearDay) {
      yearDay = day;
      year = zone.yearAt(received);
    }
    return year;
  }

  private static long utc(long local, int offsetSeconds, ZoneClock zone) {
    return offsetSeconds == NO_ZONE ? zone.utcMillis(local) : local - offsetSeconds * 1000L;
  }

  /** Seconds, milli-, micro- or nanoseconds since 1970, with or without a fraction. */
  private int scanEpoch(byte[] b, int i, int to) {
    int end = Ascii.digitsEnd(b, i, Math.min(to, i + 20));
    long value = Ascii.number(b, i, Math.min(end, i + 18));
    int at = end;
    switch (end - i) {
      case 10 -> {
        millis = value * 1000;
        if (at + 1 < to && b[at] == '.' && Ascii.digit(b[at + 1])) {
          at = scanFraction(b, at + 1, to);
          millis += milli;
        }
      }
      case 13 -> millis = value;
      case 16 -> millis = value / 1000;
      case 19 -> millis = value / 100_000;
      default -> {
        return -1;
      }
    }
    boolean ends = at == to || Ascii.blank(b[at]) || b[at] == ',' || b[at] == ':';
    return ends && b[i] != '0' ? at : -1;
  }

  /** {@code hh:mm:ss} with an optional fraction; sets secondOfDay and milli. */
  private int scanTime(byte[] b, int i, int to) {
    if (to - i < 8 || b[i + 2] != ':' || b[i + 5] != ':') {
      return -1;
    }
    int hour = two(b, i);
    int minute = two(b, i + 3);
    int second = two(b, i + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return -1;
    }
    secondOfDay = hour * 3600 + minute * 60 + second;
    milli = 0;
    int at = i + 8;
    if (at + 1 < to && (b[at] == '.' || b[at] == ',') && Ascii.digit(b[at + 1])) {
      at = scanFraction(b, at + 1, to);
    }
    return at;
  }

  private int scanFraction(byte[] b, int i, int to) {
    int end = Ascii.digitsEnd(b, i, to);
    int value = b[i] - '0';
    value = value * 10 + (i + 1 < end ? b[i + 1] - '0' : 0);
    milli = value * 10 + (i + 2 < end ? b[i + 2] - '0' : 0);
    return end;
  }

  /** Applies an offset that follows at {@code at}, or the source's zone. */
  private int zoned(byte[] b, int at, int to, ZoneClock zone, long local) {
    int i = at;
    if (i < to && (b[i] == 'Z' || b[i] == 'z') && (i + 1 == to || !Ascii.letter(b[i + 1]))) {
      millis = local;
      return i + 1;
    }
    if (i + 1 < to && b[i] == ' ' && (b[i + 1] == '+' || b[i + 1] == '-')) {
      i++;
    }
    if (i + 4 < to && (b[i] == '+' || b[i] == '-')) {
      int hours = two(b, i + 1);
      int minuteAt = b[i + 3] == ':' ? i + 4 : i + 3;
      int minutes = minuteAt + 2 <= to ? two(b, minuteAt) : -1;
      if (hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59) {
        long offset = (hours * 60L + minutes) * 60_000L;
        millis = b[i] == '-' ? local + offset : local - offset;
        int end = minuteAt + 2;
        return end < to && b[end] == 'Z' ? end + 1 : end;
      }
      return i == at ? -1 : noZone(at, zone, local);
    }
    int named = zoneName(b, at, to);
    if (named > 0) {
      millis = local;
      return named;
    }
    return noZone(at, zone, local);
  }

  private int noZone(int at, ZoneClock zone, long local) {
    millis = zone.utcMillis(local);
    return at;
  }

  /** The index after {@code " UTC"} or {@code " GMT"}, else -1. */
  private static int zoneName(byte[] b, int at, int to) {
    if (at + 4 > to || b[at] != ' ' || at + 4 < to && inWord(b[at + 4])) {
      return -1;
    }
    boolean utc = b[at + 1] == 'U' && b[at + 2] == 'T' && b[at + 3] == 'C';
    boolean gmt = b[at + 1] == 'G' && b[at + 2] == 'M' && b[at + 3] == 'T';
    return utc || gmt ? at + 4 : -1;
  }

  private static boolean inWord(int c) {
    return c > ' ' && c != ':' && c != ',' && c != ']';
  }

  /** 1 to 12 for an English three-letter month in any case, else -1. */
  static int month(byte[] b, int i) {
    int key = (b[i] | 0x20) << 16 | (b[i + 1] | 0x20) << 8 | b[i + 2] | 0x20;
    return switch (key) {
      case 'j' << 16 | 'a' << 8 | 'n' -> 1;
      case 'f' << 16 | 'e' << 8 | 'b' -> 2;
      case 'm' << 16 | 'a' << 8 | 'r' -> 3;
      case 'a' << 16 | 'p' << 8 | 'r' -> 4;
      case 'm' << 16 | 'a' << 8 | 'y' -> 5;
      case 'j' << 16 | 'u' << 8 | 'n' -> 6;
      case 'j' << 16 | 'u' << 8 | 'l' -> 7;
      case 'a' << 16 | 'u' << 8 | 'g' -> 8;
      case 's' << 16 | 'e' << 8 | 'p' -> 9;
      case 'o' << 16 | 'c' << 8 | 't' -> 10;
      case 'n' << 16 | 'o' << 8 | 'v' -> 11;
      case 'd' << 16 | 'e' << 8 | 'c' -> 12;
      default -> -1;
    };
  }

  /** The number in two digits that are known to lie inside the array, else negative. */
  private static int two(byte[] b, int i) {
    int high = b[i] - '0';
    int low = b[i + 1] - '0';
    return (high | low | 9 - high | 9 - low) < 0 ? -1 : high * 10 + low;
  }

  private static int four(byte[] b, int i) {
    int high = two(b, i);
    int low = two(b, i + 2);
    return (high | low) < 0 ? -1 : high * 100 + low;
  }
}
