package tr.emanet.backup.proof;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository that was followed by another one with a master key of its own. Nothing is written to
 * it any more.
 *
 * @param address of the old one
 * @param followedBy address of the new one
 * @param closedAt since when only the escrow opens it; null while this machine can, too
 */
public record Era(
    String address,
    String followedBy,
    String by,
    Instant at,
    String closedBy,
    @Nullable Instant closedAt) {}
