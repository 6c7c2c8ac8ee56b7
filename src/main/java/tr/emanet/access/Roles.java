package tr.emanet.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tr.emanet.event.Role;

/** Reads and writes sets of roles as comma-separated ids, such as {@code analyst,auditor}. */
public final class Roles {

  private Roles() {}

  /** Finds a role by its id. */
  public static Optional<Role> role(String id) {
    for (Role role : Role.values()) {
      if (role.id().equals(id)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** Reads ids; empty when one of them names no role. */
  public static Optional<Set<Role>> parse(Collection<String> ids) {
    Set<Role> out = EnumSet.noneOf(Role.class);
    for (String id : ids) {
      Optional<Role> role = role(id);
      if (role.isEmpty()) {
        return Optional.empty();
      }
      out.add(role.get());
    }
    return Optional.of(out);
  }

  /** Ids in the fixed order of the roles, joined by commas. */
  public static String text(Set<Role> roles) {
    return java.util.Arrays.stream(Role.values())
        .filter(roles::contains)
        .map(Role::id)
        .collect(Collectors.joining(","));
  }

  /** Reads what {@link #text} wrote; names that no longer exist give no right. */
  static Set<Role> stored(String text) {
    Set<Role> out = EnumSet.noneOf(Role.class);
    for (String id : text.split(",", -1)) {
      role(id).ifPresent(out::add);
    }
    return out;
  }
}
