package tr.emanet.alert.measure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A measure as a person writes it.
 *
 * @param owner who answers for it; empty means the writer
 * @param due until when, or null
 * @param done whether it is taken already; false plans a step
 */
public record Draft(String owner, @Nullable Instant due, boolean done, String text) {

  /** Something that was done already, by the writer. */
  public static Draft taken(String text) {
    return new Draft("", null, true, text);
  }

  /** Something that is to be done. */
  public static Draft planned(String owner, @Nullable Instant due, String text) {
    return new Draft(owner, due, false, text);
  }
}
