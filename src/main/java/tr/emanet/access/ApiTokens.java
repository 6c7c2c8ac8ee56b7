package tr.emanet.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
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
 * Tokens for programs, {@code emt_} and 43 characters, stored as digests. A token of a person never
 * gives more than that person's roles at the moment of use. Thread-safe.
 */
public final class ApiTokens {

  public static final String PREFIX = "emt_";

  /** The scope that opens the block lists and nothing else. */
  public static final String LISTS = "lists";

  public static final Duration LONGEST = Duration.ofDays(730);
  public static final Duration USUAL = Duration.ofDays(365);
  private static final Duration TOUCH = Duration.ofMinutes(5);
  private static final int MAX_LABEL = 100;
  private static final int LENGTH = PREFIX.length() + 43;

  /** How making a token ended. */
  public sealed interface Creation {
    /** The clear token, for this moment only. */
    record Created(ApiToken token, String clear) implements Creation {

      @Override
      public String toString() {
        return "Created[" + token.principalId() + "]";
      }
    }

    /** Nothing was made. */
    record Refused(AccessProblem problem) implements Creation {}
  }

  private final Database database;
  private final TokenStore store;
  private final UserStore users;
  private final Tokens tokens;
  private final AuditLog audit;
  private final InstantSource clock;

  ApiTokens(
      Database database, UserStore users, Tokens tokens, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.store = new TokenStore(database);
    this.users = users;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes a token. A person may pass on only roles held by themselves; the command line on the
   * machine, which could make people with any role, may pass on all.
   *
   * @param validity more than zero, at most {@link #LONGEST}
   */
  public Creation create(Principal by, String label, Set<Role> roles, Duration validity) {
    return create(by, label, roles, false, validity);
  }

  /**
   * Makes a token with the scopes that somebody wrote: ids of roles, or {@link #LISTS} alone.
   *
   * @param validity as for {@link #create}
   */
  public Creation createScoped(Principal by, String label, List<String> scopes, Duration validity) {
    return scopes.equals(List.of(LISTS))
        ? createForLists(by, label, validity)
        : Roles.parse(scopes)
            .map(roles -> create(by, label, roles, validity))
            .orElseGet(() -> new Creation.Refused(AccessProblem.NO_ROLE));
  }

  /**
   * Makes a token for a firewall: it opens the block lists and has no role. Only administrators
   * make one; it ends when its maker is no administrator any more.
   *
   * @param validity as for {@link #create}
   */
  public Creation createForLists(Principal by, String label, Duration validity) {
    return create(by, label, Set.of(), true, validity);
  }

  private Creation create(
      Principal by, String label, Set<Role> roles, boolean lists, Duration validity) {
    String clean = label.strip();
    boolean local = LocalToken.isLocal(by);
    Optional<UserName> owner = local ? Optional.empty() : UserName.parse(by.id());
    if (clean.isEmpty() || clean.length() > MAX_LABEL || DisplayNames.hasControls(clean)) {
      return new Creation.Refused(AccessProblem.BAD_LABEL);
    }
    if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
      return new Creation.Refused(AccessProblem.BAD_VALIDITY);
    }
    if (roles.isEmpty() && !lists) {
      return new Creation.Refused(AccessProblem.NO_ROLE);
    }
    if (!local
        && (owner.isEmpty()
            || !by.roles().containsAll(roles)
            || lists && !by.has(Role.ADMINISTRATOR))) {
      return new Creation.Refused(AccessProblem.ROLE_NOT_HELD);
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    String clear = PREFIX + tokens.next();
    ApiToken wanted =
        new ApiToken(
            0,
            clean,
            owner,
            by.id(),
            roles,
            lists,
            now,
            now.plus(validity),
            Optional.empty(),
            Optional.empty());
    return database.transaction(
        () -> {
          long id = store.insert(wanted, Tokens.digest(clear));
          audit.record(
              by,
              "token.create",
              Map.of(
                  "token",
                  "token:" + id,
                  "label",
                  clean,
                  "roles",
                  lists ? LISTS : Roles.text(roles),
                  "expires",
                  wanted.expiresAt().toString()));
          return new Creation.Created(store.find(id).orElseThrow(), clear);
        });
  }

  /** The principal a clear token stands for; empty when it is unknown, over or revoked. */
  Optional<Principal> principal(String clear) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Optional<ApiToken> found = find(clear, now);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ApiToken token = found.get();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(token.roles());
    if (token.owner().isPresent()) {
      roles.retainAll(
          users.find(token.owner().get()).filter(User::isActive).map(User::roles).orElse(Set.of()));
    }
    if (roles.isEmpty()) {
      return Optional.empty();
    }
    touch(token, now);
    return Optional.of(new Principal(token.principalId(), token.label(), roles));
  }

  private Optional<ApiToken> find(String clear, Instant now) {
    return clear.length() != LENGTH || !clear.startsWith(PREFIX)
        ? Optional.empty()
        : store.find(Tokens.digest(clear)).filter(t -> t.isValidAt(now));
  }

  private void touch(ApiToken token, Instant now) {
    if (token.usedAt().isEmpty() || token.usedAt().get().plus(TOUCH).isBefore(now)) {
      store.use(token.id(), now);
    }
  }

  /** The token for block lists; empty when it is unknown, over, revoked or for something else. */
  Optional<ApiToken> forLists(String clear) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Optional<ApiToken> found =
        find(clear, now).filter(ApiToken::lists).filter(t -> administrator(t.owner()));
    found.ifPresent(token -> touch(token, now));
    return found;
  }

  private boolean administrator(Optional<UserName> owner) {
    return owner.isEmpty()
        || users
            .find(owner.get())
            .filter(User::isActive)
            .filter(u -> u.roles().contains(Role.ADMINISTRATOR))
            .isPresent();
  }

  /** All tokens for an administrator, else those of the person; newest first. */
  public List<ApiToken> visibleTo(Principal who) {
    return store.all().stream().filter(token -> mayHandle(who, token)).toList();
  }

  /** Revokes a token at once; a foreign token looks like none. */
  public Optional<AccessProblem> revoke(Principal by, long id) {
    return database.transaction(
        () -> {
          Optional<ApiToken> token = store.find(id).filter(t -> mayHandle(by, t));
          if (token.isEmpty() || !store.revoke(id, clock.instant())) {
            return Optional.of(AccessProblem.UNKNOWN_TOKEN);
          }
          audit.record(
              by,
              "token.revoke",
              Map.of("token", token.get().principalId(), "label", token.get().label()));
          return Optional.<AccessProblem>empty();
        });
  }

  private static boolean mayHandle(Principal who, ApiToken token) {
    return who.has(Role.ADMINISTRATOR)
        || token.owner().map(o -> o.value().equals(who.id())).orElse(false);
  }
}
