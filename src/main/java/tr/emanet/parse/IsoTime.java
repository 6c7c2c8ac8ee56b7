package tr.emanet.parse;

/** Writes instants as {@code 2026-10-11T22:14:15.003Z}, always 24 bytes. */
final class IsoTime {

  static final int LENGTH = 24;

  private static final long FIRST = -62_167_219_200_000L;
  private static final long LAST = 253_402_300_799_999L;

  private IsoTime() {}

  /** Writes the instant, held to the years 0000 to 9999. */
  static void write(long millis, byte[] out, int at) {
    long held = Math.max(FIRST, Math.min(LAST, millis));
    long day = Math.floorDiv(held, Dates.DAY_MILLIS);
    int milli = (int) Math.floorMod(held, Dates.DAY_MILLIS);
    int year = Dates.yearOfDay(day);
    int month = 1;
    while (month < 12 && Dates.dayOf(year, month + 1, 1) <= day) {
      month++;
    }
    int dayOfMonth = (int) (day - Dates.dayOf(year, month, 1)) + 1;
    two(year / 100, out, at);
    two(year % 100, out, at + 2);
    out[at + 4] = '-';
    two(month, out, at + 5);
    out[at + 7] = '-';
    two(dayOfMonth, out, at + 8);
    out[at + 10] = 'T';
    two(milli / 3_600_000, out, at + 11);
    out[at + 13] = ':';
    two(milli / 60_000 % 60, out, at + 14);
    out[at + 16] = ':';
    two(milli / 1000 % 60, out, at + 17);
    out[at + 19] = '.';
    out[at + 20] = (byte) ('0' + milli % 1000 / 100);
    two(milli % 100, out, at + 21);
    out[at + 23] = 'Z';
  }

  private static void two(int value, byte[] out, int at) {
    out[at] = (byte) ('0' + value / 10);
    out[at + 1] = (byte) ('0' + value % 10);
  }
}
