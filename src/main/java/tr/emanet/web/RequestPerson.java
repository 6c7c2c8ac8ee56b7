package tr.emanet.web;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import tr.emanet.event.Principal;

/**
 * The signed-in person of a request as the security filter hands it over: the filter sets a {@link
 * SecurityContext} whose user principal is one of these, resources ask {@link #of}.
 *
 * @param person who acts
 * @param formToken value that forms must send back, empty for bearer tokens, which need none
 */
public record RequestPerson(Principal person, String formToken) implements java.security.Principal {

  @Override
  public String getName() {
    return person.id();
  }

  /** The person, or the answer 401. */
  public static Principal of(SecurityContext context) {
    return optional(context)
        .map(RequestPerson::person)
        .orElseThrow(() -> new NotAuthorizedException("Bearer"));
  }

  /** The person when one is signed in. */
  public static Optional<RequestPerson> optional(SecurityContext context) {
    return context.getUserPrincipal() instanceof RequestPerson person
        ? Optional.of(person)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return person.id();
  }
}
