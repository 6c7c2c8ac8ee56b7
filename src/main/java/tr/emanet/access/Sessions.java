package tr.emanet.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tr.emanet.crypto.Tokens;
import tr.emanet.store.Database;

/**
 * Sessions of signed-in people: a new random id at every log-in, only its digest stored, looked up
 * at every request so that ending one acts at once. Ends after 30 minutes without activity and
 * after 12 hours in any case. Thread-safe.
 */
public final class Sessions {

  public static final Duration IDLE = Duration.ofMinutes(30);
  public static final Duration ABSOLUTE = Duration.ofHours(12);

  /** Activity is written at most this often: each write costs an fsync. */
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private static final int MAX_AGENT = 200;
  private static final int ID_LENGTH = 43;
  private static final int MAX_PER_PERSON = 50;

  private final Database database;
  private final SessionStore store;
  private final Tokens tokens;
  private final InstantSource clock;

  Sessions(Database database, Tokens tokens, InstantSource clock) {
    this.database = database;
    this.store = new SessionStore(database);
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Opens a session and returns the id for the cookie; it is shown once and stored nowhere. */
  String open(UserName name, Client client) {
    Instant now = now();
    String id = tokens.next();
    Session session =
        new Session(
            Tokens.digest(id),
            name,
            now,
            now,
            now.plus(ABSOLUTE),
            client.address(),
            client.agent().substring(0, Math.min(MAX_AGENT, client.agent().length())));
    database.transaction(
        () -> {
          store.deleteEnded(now, now.minus(IDLE));
          List<Session> open = store.of(name);
          for (int i = MAX_PER_PERSON - 1; i < open.size(); i++) {
            store.delete(open.get(i).idHash());
          }
          store.insert(session);
          return id;
        });
    return id;
  }

  /**
   * Looks a cookie's id up; empty when it is unknown, ended or over.
   *
   * @param active whether the request is a person's act: polling does not prolong a session
   */
  public Optional<Session> find(String id, boolean active) {
    if (id.length() != ID_LENGTH) {
      return Optional.empty();
    }
    Instant now = now();
    Optional<Session> found = store.find(Tokens.digest(id)).filter(s -> now.isBefore(s.endsAt()));
    if (found.isPresent()
        && active
        && Duration.between(found.get().seenAt(), now).compareTo(TOUCH) >= 0) {
      store.touch(found.get().idHash(), now);
    }
    return found;
  }

  /** Open sessions of a person, the last used first. */
  public List<Session> of(UserName name) {
    Instant now = now();
    return store.of(name).stream().filter(s -> now.isBefore(s.endsAt())).toList();
  }

  /** Prolongs the idle time now; the absolute end stays. */
  public void extend(Session session) {
    store.touch(session.idHash(), now());
  }

  /** Ends one session; false when there was none. */
  boolean end(String idHash) {
    return store.delete(idHash);
  }

  /** Ends all sessions of a person. */
  void endAll(UserName name) {
    store.deleteOf(name, "");
  }

  /** Stored times have milliseconds; a finer clock would make a new session look old. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
