package tr.emanet.alert;

import java.time.Instant;

/**
 * One thing that happened to an alert.
 *
 * @param who id of the person, {@code -} for the appliance itself
 * @param what opened, reopened, raised, acknowledged, assigned, note or closed
 * @param text note, reason or assignee; may be empty
 */
public record HistoryEntry(long id, Instant at, String who, String what, String text) {

  /** The appliance itself. */
  public static final String APPLIANCE = "-";
}
