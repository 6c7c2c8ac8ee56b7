package tr.emanet.indicator.hunt;

/** The order in which partitions are hunted: by falling day, then by stream. Pure functions. */
final class Order {

  private Order() {}

  /**
   * Whether a partition was done when {@code mark} was the last one done. A day that is newer than
   * the mark began after the hunt did: its events were compared with the list when they came.
   *
   * @param mark name of a partition; empty: none was done
   */
  static boolean done(String partition, String mark) {
    if (mark.isEmpty()) {
      return false;
    }
    int byDay = day(mark).compareTo(day(partition));
    return byDay < 0 || byDay == 0 && partition.compareTo(mark) <= 0;
  }

  private static String day(String partition) {
    return partition.substring(0, Math.max(0, partition.indexOf('/')));
  }
}
