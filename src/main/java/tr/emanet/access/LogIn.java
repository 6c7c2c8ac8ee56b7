package tr.emanet.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * Opens and closes sessions, and lets people choose passwords. Wrong name, wrong password, disabled
 * account: all look and last the same. Thread-safe.
 */
public final class LogIn {

  /** Longest password that is looked at, in characters. */
  private static final int MAX_TYPED = 1024;

  private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);
  private static final int FAILURES_AUDITED_PER_WINDOW = 60;

  /** How an attempt ended. */
  public sealed interface Outcome {
    /**
     * Signed in.
     *
     * @param sessionId for the cookie, stored nowhere
     */
    record Opened(String sessionId, Principal person) implements Outcome {

      @Override
      public String toString() {
        return "Opened[" + person.id() + "]";
      }
    }

    /** Refused, for a reason that may be told. */
    record Refused(AccessProblem problem) implements Outcome {}

    /** Too many failures: not even looked at. */
    record Wait(Duration atLeast) implements Outcome {}
  }

  private final Database database;
  private final Sessions sessions;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final AuditLog audit;
  private final InstantSource clock;
  private final UserStore users;
  private final PasswordRules rules = new PasswordRules();
  private long windowStart = Long.MIN_VALUE;
  private int failuresInWindow;

  LogIn(
      Database database,
      Sessions sessions,
      Passwords passwords,
      LoginThrottle throttle,
      AuditLog audit,
      InstantSource clock) {
    this.database = database;
    this.users = new UserStore(database);
    this.sessions = sessions;
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
    this.clock = clock;
  }

  /** Tries to sign a person in. */
  public Outcome open(String typedName, Secret typedPassword, Client client) {
    Optional<UserName> name = UserName.parse(typedName);
    String account = account(typedName, name);
    Duration wait = throttle.attempt(account, client.address());
    if (!wait.isZero()) {
      return new Outcome.Wait(wait);
    }
    Optional<String> stored = name.flatMap(users::password);
    Secret password = PasswordRules.normalized(bounded(typedPassword));
    Passwords.Check check =
        stored.isPresent()
            ? passwords.check(password, stored.get())
            : passwords.checkNothing(password);
    if (check == Passwords.Check.BUSY) {
      throttle.unjudged(account, client.address());
      return new Outcome.Refused(AccessProblem.BUSY);
    }
    Optional<User> user =
        check == Passwords.Check.MATCH
            ? name.flatMap(users::find).filter(User::isActive)
            : Optional.empty();
    if (user.isEmpty()) {
      return failed("session.refused", name, client.address());
    }
    throttle.succeeded(account, client.address());
    Outcome outcome =
        database.transaction(
            () ->
                // The password may have been changed while this one was being derived.
                users.password(user.get().name()).equals(stored)
                    ? opened(user.get(), client, "password")
                    : failed("session.refused", name, client.address()));
    if (outcome instanceof Outcome.Opened) {
      renewHash(user.get().name(), password, stored.orElse(""));
    }
    return outcome;
  }

  /** Redeems a one-time code: sets the first or a new password and signs in. */
  public Outcome redeem(String typedName, String code, Secret typedPassword, Client client) {
    Optional<UserName> name = UserName.parse(typedName);
    String account = account(typedName, name);
    Duration wait = throttle.attempt(account, client.address());
    if (!wait.isZero()) {
      return new Outcome.Wait(wait);
    }
    String digest = Tokens.digest(Tokens.normalizeCode(code));
    boolean right =
        name.flatMap(users::reset)
            .filter(r -> Tokens.same(r.codeHash(), digest))
            .filter(r -> clock.instant().isBefore(r.expiresAt()))
            .isPresent();
    Optional<User> user =
        right ? name.flatMap(users::find).filter(User::isActive) : Optional.empty();
    if (user.isEmpty()) {
      audit("code.refused", name, client.address());
      return new Outcome.Refused(AccessProblem.WRONG_CODE);
    }
    throttle.succeeded(account, client.address());
    Secret password = PasswordRules.normalized(bounded(typedPassword));
    Optional<AccessProblem> problem = rules.judge(password, user.get().name());
    if (problem.isPresent()) {
      return new Outcome.Refused(problem.get());
    }
    Optional<String> phc = passwords.hash(password);
    if (phc.isEmpty()) {
      return new Outcome.Refused(AccessProblem.BUSY);
    }
    return database.transaction(
        () -> {
          // The code may have been used or replaced while the password was being hashed.
          if (users
              .reset(user.get().name())
              .filter(r -> Tokens.same(r.codeHash(), digest))
              .isEmpty()) {
            return new Outcome.Refused(AccessProblem.WRONG_CODE);
          }
          users.setPassword(user.get().name(), phc.get());
          sessions.endAll(user.get().name());
          return opened(user.get(), client, "code");
        });
  }

  /** Changes a person's own password; all sessions end and a new one is opened for this browser. */
  public Outcome changePassword(UserName name, Secret typedOld, Secret typedNew, Client client) {
    Duration wait = throttle.attempt(name.value(), client.address());
    if (!wait.isZero()) {
      return new Outcome.Wait(wait);
    }
    Passwords.Check check =
        passwords.check(
            PasswordRules.normalized(bounded(typedOld)), users.password(name).orElse(""));
    Optional<User> user = users.find(name).filter(User::isActive);
    if (check == Passwords.Check.BUSY) {
      throttle.unjudged(name.value(), client.address());
      return new Outcome.Refused(AccessProblem.BUSY);
    }
    if (check == Passwords.Check.MISMATCH || user.isEmpty()) {
      return new Outcome.Refused(AccessProblem.WRONG_PASSWORD);
    }
    throttle.succeeded(name.value(), client.address());
    Secret fresh = PasswordRules.normalized(bounded(typedNew));
    Optional<AccessProblem> problem =
        fresh.matches(PasswordRules.normalized(bounded(typedOld)))
            ? Optional.of(AccessProblem.PASSWORD_SAME)
            : rules.judge(fresh, name);
    if (problem.isPresent()) {
      return new Outcome.Refused(problem.get());
    }
    Optional<String> phc = passwords.hash(fresh);
    if (phc.isEmpty()) {
      return new Outcome.Refused(AccessProblem.BUSY);
    }
    return database.transaction(
        () -> {
          users.setPassword(name, phc.get());
          sessions.endAll(name);
          audit.record(user.get().principal(), "user.password", Map.of("name", name.value()));
          return opened(user.get(), client, "password-change");
        });
  }

  /** Ends the session of a cookie. */
  public void close(Session session) {
    database.transaction(
        () -> {
          if (sessions.end(session.idHash())) {
            audit.record(session.name().value(), "session.close", Map.of());
          }
          return true;
        });
  }

  /** Opens and audits the session of somebody who has just proved who they are. */
  Outcome opened(User user, Client client, String how) {
    return database.transaction(
        () -> {
          String id = sessions.open(user.name(), client);
          audit.record(
              user.principal(), "session.open", Map.of("address", client.address(), "with", how));
          return new Outcome.Opened(id, user.principal());
        });
  }

  private Outcome failed(String action, Optional<UserName> name, String address) {
    audit(action, name, address);
    return new Outcome.Refused(AccessProblem.WRONG_PASSWORD);
  }

  private void audit(String action, Optional<UserName> name, String address) {
    if (mayAudit()) {
      Map<String, String> details = new HashMap<>(Map.of("address", address));
      // What was typed is left out unless it is a name: people type passwords there by mistake.
      name.filter(n -> users.find(n).isPresent()).ifPresent(n -> details.put("name", n.value()));
      audit.record(AuditLog.NOBODY, action, details);
    }
  }

  /** A flood of failures must not fill the chain: it is bounded by the minute. */
  private synchronized boolean mayAudit() {
    long window = clock.millis() / FAILURE_WINDOW.toMillis();
    if (window != windowStart) {
      windowStart = window;
      failuresInWindow = 0;
    }
    return ++failuresInWindow <= FAILURES_AUDITED_PER_WINDOW;
  }

  private void renewHash(UserName name, Secret password, String stored) {
    if (passwords.isWeak(stored)) {
      passwords.hash(password).ifPresent(phc -> users.setPassword(name, phc));
    }
  }

  private static String account(String typedName, Optional<UserName> name) {
    return name.map(UserName::value)
        .orElseGet(() -> "?" + typedName.substring(0, Math.min(64, typedName.length())));
  }

  private static Secret bounded(Secret typed) {
    String text = typed.reveal();
    return text.length() <= MAX_TYPED ? typed : Secret.of(text.substring(0, MAX_TYPED));
  }
}
