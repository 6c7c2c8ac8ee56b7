package tr.emanet.web.security;

import java.util.Optional;
import tr.emanet.event.Principal;

/** Says whom a cookie or token belongs to; asked at every request. Safe for many threads. */
public interface Authenticator {

  /**
   * The person of a session cookie.
   *
   * @param active whether the request is a person's act; polling does not prolong a session
   */
  Optional<Principal> session(String id, boolean active);

  /**
   * The principal of a bearer token.
   *
   * @param loopback whether the peer is this machine
   */
  Optional<Principal> bearer(String token, boolean loopback);
}
