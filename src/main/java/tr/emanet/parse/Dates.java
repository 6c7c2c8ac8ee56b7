package tr.emanet.parse;

/**
 * Gregorian calendar arithmetic on integers (the method of Howard Hinnant, "chrono-compatible
 * low-level date algorithms").
 */
final class Dates {

  static final long DAY_MILLIS = 86_400_000L;

  private Dates() {}

  /** Days since 1970-01-01; the date must be valid. */
  static long dayOf(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** The year that a day since 1970-01-01 lies in. */
  static int yearOfDay(long epochDay) {
    long z = epochDay + 719_468;
    long era = Math.floorDiv(z, 146_097L);
    int dayOfEra = (int) (z - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shifted = (5 * dayOfYear + 2) / 153;
    return (int) (yearOfEra + era * 400) + (shifted >= 10 ? 1 : 0);
  }

  static boolean leap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  static boolean valid(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    return switch (month) {
      case 2 -> day <= (leap(year) ? 29 : 28);
      case 4, 6, 9, 11 -> day <= 30;
      default -> true;
    };
  }

  /** Milliseconds since 1970 of a valid date and time of day; 60 seconds are the next minute. */
  static long millis(int year, int month, int day, int secondOfDay, int milli) {
    return dayOf(year, month, day) * DAY_MILLIS + secondOfDay * 1000L + milli;
  }
}
