package tr.emanet.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tr.emanet.event.Role;

/**
 * A token for programs; the clear text is shown once when it is made.
 *
 * @param id for the audit chain: {@code token:7}
 * @param label what it is for, 1 to 100 characters
 * @param owner whose roles limit it at every use; absent for one made on the machine itself
 * @param createdBy {@link tr.emanet.event.Principal#id()} of who made it
 * @param lists whether it opens the block lists and nothing else; it then has no roles
 */
public record ApiToken(
    long id,
    String label,
    Optional<UserName> owner,
    String createdBy,
    Set<Role> roles,
    boolean lists,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> usedAt,
    Optional<Instant> revokedAt) {

  public ApiToken {
    roles = Set.copyOf(roles);
  }

  /** Whether it opens anything at this moment. */
  public boolean isValidAt(Instant now) {
    return revokedAt.isEmpty() && now.isBefore(expiresAt);
  }

  /** Name in the audit chain. */
  public String principalId() {
    return "token:" + id;
  }
}
