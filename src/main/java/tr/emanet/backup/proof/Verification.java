package tr.emanet.backup.proof;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One check of a repository.
 *
 * @param objects objects looked at, {@code bytes} read and hashed
 * @param findings what was found, {@code count} all of them
 * @param problem why it could not be done, English; else empty
 */
public record Verification(
    long id,
    String repository,
    Rung rung,
    String owner,
    State state,
    Instant startedAt,
    @Nullable Instant endedAt,
    long objects,
    long bytes,
    List<String> findings,
    int count,
    String problem) {

  /** How it ended. */
  public enum State {
    RUNNING,
    GOOD,
    /** Something is wrong with the repository. */
    DAMAGED,
    /** It could not be done. */
    FAILED,
    STOPPED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  public Verification {
    findings = List.copyOf(findings);
  }
}
