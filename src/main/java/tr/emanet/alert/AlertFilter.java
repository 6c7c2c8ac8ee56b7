package tr.emanet.alert;

import org.jspecify.annotations.Nullable;

/**
 * Which alerts are wanted.
 *
 * @param states open: new and acknowledged; closed: closed; all
 * @param severity exactly this one, or null
 * @param assignee id of a person, or null
 * @param text part of value, key, asset or number in any case, empty for all
 * @param fromMillis only alerts with an event or change since then; 0 for all
 */
public record AlertFilter(
    Wanted states,
    @Nullable Severity severity,
    @Nullable String assignee,
    String text,
    long fromMillis) {

  /** Sets of states. */
  public enum Wanted {
    OPEN,
    CLOSED,
    ALL
  }

  /** Everything open. */
  public static final AlertFilter OPEN = new AlertFilter(Wanted.OPEN, null, null, "", 0);

  public AlertFilter {
    text = Hit.cut(text.strip(), 200);
  }
}
