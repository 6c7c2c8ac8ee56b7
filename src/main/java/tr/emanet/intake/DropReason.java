package tr.emanet.intake;

import java.util.Locale;

/** Why a record that was read did not reach the journal. Each has a text {@code intake.drop.*}. */
public enum DropReason {
  /** Its source sent more records a second than allowed. */
  RATE,
  /** Its source was not known and too many unknown sources sent at once (spoofed flood). */
  CROWD,
  /** Its source used up its share of the day's disk. */
  DAY_SHARE,
  /** Disk space is scarce and its source is among the heaviest unauthenticated ones. */
  DISK_PRESSURE,
  /** The disk guard has closed intake. */
  DISK_GUARD,
  /** The route failed or does not end in the journal. */
  ROUTE_FAILED,
  /** More arrived unasked (MQTT QoS 0) than could wait. */
  OVERLOAD,
  /** The service stopped while the record waited for room. */
  STOPPED;

  /** Key in the text bundles. */
  public String textKey() {
    return "intake.drop." + name().toLowerCase(Locale.ROOT);
  }
}
