package tr.emanet.backup.place;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One healing between a job's repository and its copy at a place.
 *
 * @param repository the address of the repository
 * @param side which of the two is healed
 * @param owner who asked for it; {@code -} for the program itself
 * @param healed objects that are sound again, {@code healedNames} the first of them
 * @param left what is not, {@code leftNames} the first of it: a line each, English
 * @param problem why it failed, English; else empty
 */
public record HealRecord(
    long id,
    long place,
    long plan,
    String repository,
    Side side,
    String owner,
    State state,
    Instant askedAt,
    @Nullable Instant endedAt,
    long healed,
    List<String> healedNames,
    long left,
    List<String> leftNames,
    String problem) {

  public HealRecord {
    healedNames = List.copyOf(healedNames);
    leftNames = List.copyOf(leftNames);
  }

  /** Which of the two is healed from the other. */
  public enum Side {
    REPOSITORY,
    COPY;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Side ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** How it ended, when it has. */
  public enum State {
    QUEUED,
    RUNNING,
    /** All is sound. */
    WHOLE,
    /** Something could not be healed. */
    PARTLY,
    FAILED,
    STOPPED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen. */
    public boolean ended() {
      return this != QUEUED && this != RUNNING;
    }

    static State ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }
}
