package tr.emanet.backup.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository that no job writes to any more: its job was removed, or writes to another.
 *
 * @param left what of runs still stands there
 * @param retired that and why people gave it up; null: it is looked after and has its alarms
 */
public record UnusedRepository(
    RepositoryState state, LeftStore.Left left, @Nullable Retired retired) {

  /** Who gave it up, when and why. */
  public record Retired(String by, Instant at, String why) {}
}
