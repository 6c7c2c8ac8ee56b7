package tr.emanet.backup.plan;

/**
 * How many snapshots of a job are kept: the last of each of so many days, weeks, months and years
 * that have one.
 */
public record Keep(int daily, int weekly, int monthly, int yearly) {

  /** What a new job proposes: a month of days, a quarter of weeks, a year of months. */
  public static final Keep PROPOSED = new Keep(30, 13, 12, 3);

  private static final int MAX = 10_000;

  public Keep {
    if (Math.min(Math.min(daily, weekly), Math.min(monthly, yearly)) < 0
        || Math.max(Math.max(daily, weekly), Math.max(monthly, yearly)) > MAX) {
      throw new IllegalArgumentException("keep outside 0.." + MAX);
    }
  }

  /** Whether this rule would remove nothing that the other keeps. */
  boolean atLeast(Keep other) {
    return daily >= other.daily
        && weekly >= other.weekly
        && monthly >= other.monthly
        && yearly >= other.yearly;
  }

  /** Whether it keeps anything at all; a rule without numbers is no rule. */
  boolean keepsSomething() {
    return daily + weekly + monthly + yearly > 0;
  }

  /** As the store keeps it: {@code 30/13/12/3}. */
  String text() {
    return daily + "/" + weekly + "/" + monthly + "/" + yearly;
  }

  static Keep parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("'" + text + "' is no rule");
    }
    return new Keep(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }
}
