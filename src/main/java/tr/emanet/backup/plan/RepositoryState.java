package tr.emanet.backup.plan;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealHead;

/**
 * How a repository stood when it was last looked at.
 *
 * @param head the newest seal that this appliance knows of, kept here and not there
 * @param rolledBackAt since when the repository is older than that; null: it is not
 * @param lookedAt last look that came to its end; null: none did
 * @param failedSince since when looks fail; null: the last one did not
 * @param problem why it failed, English; else empty
 * @param findings what does not fit the seals
 * @param findingsSince since when something does not; null: everything fits
 * @param unstamped days without a time stamp and why, a line each, English; else empty
 * @param sweepAfter from when on the space of what was marked may come free; null: nothing marked
 * @param freedBytes what the last sweep removed
 * @param adoption what waits for a second person; null: nothing
 */
public record RepositoryState(
    String address,
    SealHead head,
    @Nullable Instant rolledBackAt,
    @Nullable Instant nextUpkeep,
    @Nullable Instant lookedAt,
    @Nullable Instant failedSince,
    String problem,
    List<Found> findings,
    @Nullable Instant findingsSince,
    String unstamped,
    @Nullable Instant sweepAfter,
    @Nullable Instant sweptAt,
    long freedBytes,
    @Nullable Adoption adoption) {

  public RepositoryState {
    findings = List.copyOf(findings);
  }

  /** What kind of change is found, the worst last. */
  public enum Kind {
    /** Another tool wrote here: harmless when somebody meant to. */
    FOREIGN,
    /** Something sealed is gone, altered or replaced, or the seals themselves are. */
    DAMAGED,
    /** The whole repository is older than this appliance knows it. */
    ROLLED_BACK;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind of(SealFinding finding) {
      return switch (finding) {
        case SealFinding.Foreign f -> FOREIGN;
        case SealFinding.UnsealedSnapshot f -> FOREIGN;
        case SealFinding.Missing f -> DAMAGED;
        case SealFinding.MissingSnapshot f -> DAMAGED;
        case SealFinding.Altered f -> DAMAGED;
        case SealFinding.Broken f -> DAMAGED;
        case SealFinding.Unstamped f -> DAMAGED;
        case SealFinding.RolledBack f -> ROLLED_BACK;
      };
    }
  }

  /** One thing that does not fit the seals; the text is English. */
  public record Found(Kind kind, String object, String text) {}

  /** Somebody wants to take over what another tool has changed. */
  public record Adoption(String by, Instant at, String why) {}

  /** Whether something of a kind was found. */
  public boolean has(Kind kind) {
    return findings.stream().anyMatch(found -> found.kind() == kind);
  }
}
