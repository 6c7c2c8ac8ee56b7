package tr.emanet.access;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Secret;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/** The real services on a real database, with a clock that the test moves and cheap hashing. */
final class AccessFixture implements AutoCloseable, InstantSource {

  static final String PASSWORD = "dört kaplan bir çay";
  static final Principal LOCAL =
      new Principal(
          "local:0", "local:0", Set.of(Role.ANALYST, Role.ADMINISTRATOR, Role.BACKUP_OPERATOR));
  static final Client DESK = new Client("10.0.0.7", "browser");

  final Database database;
  final AuditLog audit;
  final Access access;
  private volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");

  AccessFixture(Path state) throws StoreException {
    this.database = Database.open(state, List.of("audit", "access"));
    this.audit = new AuditLog(database, this);
    SecureRandom random = new SecureRandom();
    Passwords cheap = new Passwords(random, new Passwords.Cost(64, 1, 1));
    this.access = Access.wire(database, audit, cheap, random, this);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Makes a person with {@link #PASSWORD}; the session made on the way is ended. */
  UserName person(String name, Role... roles) {
    if (access.users().create(LOCAL, name, name, Set.of(roles))
        instanceof UserChange.DoneWithCode made) {
      Secret password = Secret.of(PASSWORD);
      var outcome = access.logIn().redeem(name, made.code(), password, DESK);
      if (!(outcome instanceof LogIn.Outcome.Opened)) {
        throw new IllegalStateException("code was not taken: " + outcome);
      }
      access.sessions().endAll(made.user().name());
      return made.user().name();
    }
    throw new IllegalStateException(name + " was not made");
  }

  LogIn.Outcome tryPassword(String name, String password, String address) {
    return access.logIn().open(name, Secret.of(password), new Client(address, "browser"));
  }

  /** Signs in and returns the cookie's value. */
  String signIn(String name) {
    if (tryPassword(name, PASSWORD, DESK.address()) instanceof LogIn.Outcome.Opened opened) {
      return opened.sessionId();
    }
    throw new IllegalStateException(name + " cannot sign in");
  }

  /** Actions in the chain, newest first. */
  List<String> actions() {
    return audit.page(AuditFilter.ALL, Long.MAX_VALUE, 500).stream()
        .map(AuditEntry::action)
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
