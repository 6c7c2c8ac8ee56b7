package tr.emanet.indicator.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody owes because of a notice.
 *
 * @param number such as {@code G-2026-0007}
 * @param owner who answers for it: an account, a name or a desk; empty when nobody is named
 * @param due until the end of this day
 * @param createdBy id of the person, {@link NoticeDesk#SELF} when it was made automatically
 * @param measure id of the measure that ended it, or null
 */
public record NoticeTask(
    long id,
    String number,
    NoticeKey notice,
    String owner,
    LocalDate due,
    State state,
    Instant createdAt,
    String createdBy,
    @Nullable Instant closedAt,
    String closedBy,
    @Nullable Long measure) {

  /** Where a task stands. */
  public enum State {
    OPEN,
    /** Done, with a measure on record. */
    CLOSED,
    /** All matches it stood for were rejected by a person. */
    DROPPED;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State named(String id) {
      return State.valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether it is open and its day has passed. */
  public boolean overdue(LocalDate today) {
    return state == State.OPEN && due.isBefore(today);
  }
}
