package tr.emanet.access;

import java.util.Optional;
import tr.emanet.event.Principal;
import tr.emanet.web.security.Authenticator;

/** Looks cookies and tokens up in the store, at every request. Thread-safe. */
public final class RequestAuthenticator implements Authenticator {

  private final Access access;
  private final LocalToken local;

  public RequestAuthenticator(Access access, LocalToken local) {
    this.access = access;
    this.local = local;
  }

  @Override
  public Optional<Principal> session(String id, boolean active) {
    return access
        .sessions()
        .find(id, active)
        .flatMap(s -> access.users().find(s.name()))
        .filter(User::isActive)
        .map(User::principal);
  }

  @Override
  public Optional<Principal> bearer(String token, boolean loopback) {
    if (local.matches(token)) {
      return loopback ? Optional.of(local.principal()) : Optional.empty();
    }
    return access.tokens().principal(token);
  }
}
