package tr.emanet.alert.measure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One measure: taken already, or a step that somebody owes. Immutable.
 *
 * @param owner who answers for it: a person's id or the name of a unit
 * @param at when it was written
 * @param due until when it shall be done, or null
 * @param done when it was done, null while it is open
 * @param text what was done or is to be done
 * @param by id of the person who wrote it
 * @param doneBy id of the person who completed it; empty while open and when it was done at once
 * @param doneText what was said at completion, may be empty
 */
public record Measure(
    long id,
    Subject subject,
    String owner,
    Instant at,
    @Nullable Instant due,
    @Nullable Instant done,
    String text,
    String by,
    String doneBy,
    String doneText) {

  /** Whether it is still to be done. */
  public boolean open() {
    return done == null;
  }

  /** Whether it is open and its time has passed. */
  public boolean overdue(Instant now) {
    Instant until = due;
    return open() && until != null && until.isBefore(now);
  }
}
