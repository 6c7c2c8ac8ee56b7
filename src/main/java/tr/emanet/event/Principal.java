package tr.emanet.event;

import java.util.Set;

/**
 * Who acts: a person, an API token or the local command line.
 *
 * @param id stable name for the audit chain: {@code ayse}, {@code token:7}, {@code local:0}
 * @param displayName what the UI shows
 * @param roles never empty
 */
public record Principal(String id, String displayName, Set<Role> roles) {

  public Principal {
    roles = Set.copyOf(roles);
    if (id.isBlank() || roles.isEmpty()) {
      throw new IllegalArgumentException("principal '" + id + "' needs a name and a role");
    }
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether events may be read at all, masked or not. */
  public boolean readsEvents() {
    return has(Role.ANALYST) || has(Role.AUDITOR) || has(Role.ADMINISTRATOR);
  }

  /** Whether personal data is shown in clear: only analysts. */
  public boolean readsUnmasked() {
    return has(Role.ANALYST);
  }
}
