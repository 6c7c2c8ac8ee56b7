package tr.emanet.backup.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule as people say it.
 *
 * @param when hourly, daily, weekly, cron or none: the choices of the form
 * @param time of the day or, of an hourly one, its minute, as HH:MM; empty for cron and none
 */
record Period(String when, String time) {

  private static final Pattern PLAIN =
      Pattern.compile("([0-5]?[0-9]) ([01]?[0-9]|2[0-3]|\\*) \\* \\* ([07*])");

  /** What five cron fields mean; those that have no short phrase stay cron. */
  static Period of(String cron) {
    if (cron.isEmpty()) {
      return new Period("none", "");
    }
    Matcher plain = PLAIN.matcher(cron);
    if (!plain.matches()) {
      return new Period("cron", "");
    }
    boolean everyHour = plain.group(2).equals("*");
    boolean everyDay = plain.group(3).equals("*");
    if (everyHour) {
      return everyDay ? new Period("hourly", time("0", plain.group(1))) : new Period("cron", "");
    }
    return new Period(everyDay ? "daily" : "weekly", time(plain.group(2), plain.group(1)));
  }

  private static String time(String hour, String minute) {
    return String.format(
        Locale.ROOT, "%02d:%02d", Integer.parseInt(hour), Integer.parseInt(minute));
  }
}
