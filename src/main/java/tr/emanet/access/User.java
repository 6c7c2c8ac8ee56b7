package tr.emanet.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;

/**
 * A person with an account.
 *
 * @param displayName for the screens, 1 to 100 characters
 * @param roles may be empty: such a person cannot sign in
 * @param hasPassword false until the first one-time code is redeemed
 */
public record User(
    UserName name,
    String displayName,
    Set<Role> roles,
    boolean disabled,
    boolean hasPassword,
    Instant createdAt) {

  public User {
    roles = Set.copyOf(roles);
  }

  /** Whether this person may act at all. */
  public boolean isActive() {
    return !disabled && !roles.isEmpty();
  }

  /** The person as resources and the audit chain see it; only for somebody active. */
  Principal principal() {
    return new Principal(name.value(), displayName, roles);
  }

  /** The roles in their fixed order, for display. */
  public Set<Role> orderedRoles() {
    Set<Role> out = EnumSet.noneOf(Role.class);
    out.addAll(roles);
    return out;
  }
}
