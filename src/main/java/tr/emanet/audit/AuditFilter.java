package tr.emanet.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries an auditor wants; an absent part does not restrict.
 *
 * @param actor exactly this actor
 * @param action this action, or all that begin with it and a dot: {@code user}
 * @param from inclusive
 * @param to exclusive
 */
public record AuditFilter(
    @Nullable String actor, @Nullable String action, @Nullable Instant from, @Nullable Instant to) {

  /** Everything. */
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null);
}
