package tr.emanet.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

/**
 * The way in on a fresh machine: while nobody has an account, each start prints a one-time code;
 * whoever reads it makes the first account. Its digest lives in memory for an hour. Thread-safe.
 */
public final class FirstAdministrator {

  /** How long a printed code holds; a restart prints a new one. */
  public static final Duration LIFE = Duration.ofHours(1);

  /** What the first person may do; more roles are given on the users page. */
  static final Set<Role> ROLES = Set.of(Role.ADMINISTRATOR, Role.ANALYST);

  private static final String ACCOUNT = "?setup";

  private final Database database;
  private final UserStore users;
  private final LogIn logIn;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final AuditLog audit;
  private final InstantSource clock;
  private final PasswordRules rules = new PasswordRules();
  private @Nullable String digest;
  private Instant expiresAt = Instant.MIN;

  FirstAdministrator(
      Database database,
      LogIn logIn,
      Passwords passwords,
      LoginThrottle throttle,
      AuditLog audit,
      InstantSource clock) {
    this.database = database;
    this.users = new UserStore(database);
    this.logIn = logIn;
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
    this.clock = clock;
  }

  /** A new code to print, replacing an earlier one; empty once somebody has an account. */
  public synchronized Optional<String> offer(Tokens tokens) {
    if (!users.isEmpty()) {
      return Optional.empty();
    }
    String code = tokens.nextCode();
    digest = Tokens.digest(Tokens.normalizeCode(code));
    expiresAt = clock.instant().plus(LIFE);
    return Optional.of(code);
  }

  /** Whether the set-up page is open. */
  public boolean isWaiting() {
    return users.isEmpty();
  }

  /** Makes the first account and signs it in. */
  public LogIn.Outcome redeem(
      String code, String typedName, String typedDisplay, Secret typed, Client client) {
    Duration wait = throttle.attempt(ACCOUNT, client.address());
    if (!wait.isZero()) {
      return new LogIn.Outcome.Wait(wait);
    }
    if (!users.isEmpty()) {
      return new LogIn.Outcome.Refused(AccessProblem.ALREADY_SET_UP);
    }
    if (!isRight(code)) {
      return new LogIn.Outcome.Refused(AccessProblem.WRONG_CODE);
    }
    throttle.succeeded(ACCOUNT, client.address());
    Optional<UserName> name = UserName.parse(typedName);
    if (name.isEmpty()) {
      return new LogIn.Outcome.Refused(AccessProblem.BAD_NAME);
    }
    Optional<String> display = DisplayNames.clean(typedDisplay);
    if (display.isEmpty()) {
      return new LogIn.Outcome.Refused(AccessProblem.BAD_DISPLAY_NAME);
    }
    Secret password = PasswordRules.normalized(typed);
    Optional<AccessProblem> problem = rules.judge(password, name.get());
    if (problem.isPresent()) {
      return new LogIn.Outcome.Refused(problem.get());
    }
    Optional<String> phc = passwords.hash(password);
    if (phc.isEmpty()) {
      return new LogIn.Outcome.Refused(AccessProblem.BUSY);
    }
    boolean made = database.transaction(() -> insert(name.get(), display.get(), phc.get(), client));
    if (!made) {
      return new LogIn.Outcome.Refused(AccessProblem.ALREADY_SET_UP);
    }
    forget();
    return logIn.opened(users.find(name.get()).orElseThrow(), client, "setup");
  }

  private boolean insert(UserName name, String display, String phc, Client client) {
    if (!users.isEmpty()) {
      return false;
    }
    users.insert(name, display, clock.instant());
    users.setRoles(name, ROLES);
    users.setPassword(name, phc);
    audit.record(
        name.value(),
        "user.first",
        Map.of("name", name.value(), "roles", Roles.text(ROLES), "address", client.address()));
    return true;
  }

  private synchronized boolean isRight(String code) {
    return digest != null
        && clock.instant().isBefore(expiresAt)
        && Tokens.same(digest, Tokens.digest(Tokens.normalizeCode(code)));
  }

  private synchronized void forget() {
    digest = null;
  }
}
