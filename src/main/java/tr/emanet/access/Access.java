package tr.emanet.access;

import java.security.SecureRandom;
import java.time.InstantSource;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Tokens;
import tr.emanet.store.Database;

/**
 * The services of this package, wired together. Thread-safe.
 *
 * @param users what administrators do
 * @param sessions open sessions
 * @param logIn signing in and out
 * @param tokens tokens of programs
 * @param first the way in on a fresh machine
 * @param keys the way in for devices that pull
 */
public record Access(
    Users users,
    Sessions sessions,
    LogIn logIn,
    ApiTokens tokens,
    FirstAdministrator first,
    KeyDoor keys) {

  /** Wires everything on an open database with the features {@code audit} and {@code access}. */
  public static Access wire(
      Database database,
      AuditLog audit,
      Passwords passwords,
      SecureRandom random,
      InstantSource clock) {
    Tokens ids = new Tokens(random);
    LoginThrottle throttle = new LoginThrottle(clock, new ThrottleStore(database));
    Sessions sessions = new Sessions(database, ids, clock);
    LogIn logIn = new LogIn(database, sessions, passwords, throttle, audit, clock);
    ApiTokens tokens = new ApiTokens(database, new UserStore(database), ids, audit, clock);
    return new Access(
        new Users(database, sessions, ids, audit, clock),
        sessions,
        logIn,
        tokens,
        new FirstAdministrator(database, logIn, passwords, throttle, audit, clock),
        new KeyDoor(tokens, throttle, audit, clock));
  }
}
