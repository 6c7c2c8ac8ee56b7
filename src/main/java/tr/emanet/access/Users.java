package tr.emanet.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

/**
 * What administrators do with people. Each change is audited in its own transaction and ends the
 * person's sessions where it takes rights away. Whether the caller may do it is checked by the
 * resource; {@link #ADMINISTRATORS_ONLY} is checked here again. Thread-safe.
 */
public final class Users {

  /** The role every method that changes something asks for. */
  public static final Role ADMINISTRATORS_ONLY = Role.ADMINISTRATOR;

  /** How long a one-time code for a new password holds. */
  public static final Duration CODE_LIFE = Duration.ofHours(24);

  private final Database database;
  private final UserStore store;
  private final Sessions sessions;
  private final Tokens tokens;
  private final AuditLog audit;
  private final InstantSource clock;

  Users(Database database, Sessions sessions, Tokens tokens, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.store = new UserStore(database);
    this.sessions = sessions;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  /** Everybody, by name. */
  public List<User> all() {
    return store.all();
  }

  public Optional<User> find(UserName name) {
    return store.find(name);
  }

  /** Whether nobody has an account yet. */
  public boolean isEmpty() {
    return store.isEmpty();
  }

  /** Makes a person and a one-time code by which that person chooses a password. */
  public UserChange create(Principal by, String typedName, String typedDisplay, Set<Role> roles) {
    demandAdministrator(by);
    Optional<UserName> name = UserName.parse(typedName);
    Optional<String> display = DisplayNames.clean(typedDisplay);
    if (name.isEmpty()) {
      return new UserChange.Refused(AccessProblem.BAD_NAME);
    }
    if (display.isEmpty()) {
      return new UserChange.Refused(AccessProblem.BAD_DISPLAY_NAME);
    }
    if (roles.isEmpty()) {
      return new UserChange.Refused(AccessProblem.NO_ROLE);
    }
    return database.transaction(
        () -> {
          if (store.find(name.get()).isPresent()) {
            return new UserChange.Refused(AccessProblem.NAME_TAKEN);
          }
          store.insert(name.get(), display.get(), clock.instant());
          store.setRoles(name.get(), roles);
          audit.record(
              by,
              "user.create",
              Map.of(
                  "name", name.get().value(),
                  "display-name", display.get(),
                  "roles", Roles.text(roles)));
          return withNewCode(name.get());
        });
  }

  /** Gives a person other roles; all sessions of that person end. */
  public UserChange setRoles(Principal by, UserName name, Set<Role> roles) {
    demandAdministrator(by);
    if (roles.isEmpty()) {
      return new UserChange.Refused(AccessProblem.NO_ROLE);
    }
    return database.transaction(
        () -> {
          Optional<User> user = store.find(name);
          if (user.isEmpty()) {
            return new UserChange.Refused(AccessProblem.UNKNOWN_USER);
          }
          if (!roles.contains(Role.ADMINISTRATOR) && isLastAdministrator(user.get())) {
            return new UserChange.Refused(AccessProblem.LAST_ADMINISTRATOR);
          }
          store.setRoles(name, roles);
          sessions.endAll(name);
          audit.record(
              by,
              "user.roles",
              Map.of(
                  "name", name.value(),
                  "from", Roles.text(user.get().roles()),
                  "to", Roles.text(roles)));
          return done(name);
        });
  }

  /** Disables or enables a person; all sessions of that person end. */
  public UserChange setDisabled(Principal by, UserName name, boolean disabled) {
    demandAdministrator(by);
    return database.transaction(
        () -> {
          Optional<User> user = store.find(name);
          if (user.isEmpty()) {
            return new UserChange.Refused(AccessProblem.UNKNOWN_USER);
          }
          if (disabled && isLastAdministrator(user.get())) {
            return new UserChange.Refused(AccessProblem.LAST_ADMINISTRATOR);
          }
          store.setDisabled(name, disabled);
          sessions.endAll(name);
          audit.record(by, disabled ? "user.disable" : "user.enable", Map.of("name", name.value()));
          return done(name);
        });
  }

  /** Takes the password away and makes a one-time code for a new one; all sessions end. */
  public UserChange reset(Principal by, UserName name) {
    demandAdministrator(by);
    return database.transaction(
        () -> {
          if (store.find(name).isEmpty()) {
            return new UserChange.Refused(AccessProblem.UNKNOWN_USER);
          }
          sessions.endAll(name);
          audit.record(by, "user.reset", Map.of("name", name.value()));
          return withNewCode(name);
        });
  }

  /** Ends one session, or all when the digest is empty. */
  public void endSessions(Principal by, UserName name, String idHash) {
    database.transaction(
        () -> {
          Map<String, String> details = new HashMap<>(Map.of("name", name.value()));
          if (idHash.isEmpty()) {
            sessions.endAll(name);
          } else {
            boolean own = sessions.of(name).stream().anyMatch(s -> s.idHash().equals(idHash));
            if (!own || !sessions.end(idHash)) {
              return false;
            }
            details.put("session", idHash.substring(0, Math.min(8, idHash.length())));
          }
          audit.record(by, "session.end", details);
          return true;
        });
  }

  private UserChange withNewCode(UserName name) {
    String code = tokens.nextCode();
    Instant expires = Instant.ofEpochMilli(clock.millis()).plus(CODE_LIFE);
    store.setReset(name, Tokens.digest(Tokens.normalizeCode(code)), expires);
    return new UserChange.DoneWithCode(store.find(name).orElseThrow(), code, expires);
  }

  private UserChange done(UserName name) {
    return new UserChange.Done(store.find(name).orElseThrow());
  }

  private boolean isLastAdministrator(User user) {
    return user.isActive()
        && user.roles().contains(Role.ADMINISTRATOR)
        && store.all().stream()
            .filter(u -> u.isActive() && u.roles().contains(Role.ADMINISTRATOR))
            .allMatch(u -> u.name().equals(user.name()));
  }

  private static void demandAdministrator(Principal by) {
    if (!by.has(ADMINISTRATORS_ONLY)) {
      throw new SecurityException(by.id() + " is no administrator");
    }
  }
}
