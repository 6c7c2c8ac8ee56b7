package tr.emanet.search;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * The searches that each person keeps by name; nobody sees another's. Keeping and deleting are in
 * the audit chain. Safe for many threads.
 */
public final class SavedSearches {

  /** Most searches of one person. */
  public static final int MAX = 200;

  /** Longest name in characters. */
  public static final int MAX_NAME = 100;

  /** Longest address in characters. */
  public static final int MAX_URL = 16_384;

  private final Database database;
  private final SavedSearchStore store;
  private final AuditLog audit;
  private final InstantSource clock;

  public SavedSearches(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.store = new SavedSearchStore(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a search to keep. */
  public sealed interface Keeping {
    record Kept(SavedSearch search) implements Keeping {}

    /** The name is empty, too long or holds control characters, or the address is too long. */
    record BadName() implements Keeping {}

    /** The person keeps {@link #MAX} already. */
    record TooMany() implements Keeping {}
  }

  /** Everything a person keeps, by name. */
  public List<SavedSearch> of(Principal who) {
    return store.of(who.id());
  }

  /**
   * Keeps a search; one of the same name gets the new address.
   *
   * @param url of the search screen, already checked
   */
  public Keeping keep(Principal who, String wanted, String url) {
    String name = wanted.strip();
    boolean plain = name.chars().noneMatch(Character::isISOControl);
    if (name.isEmpty() || name.length() > MAX_NAME || !plain || url.length() > MAX_URL) {
      return new Keeping.BadName();
    }
    Instant at = Instant.ofEpochMilli(clock.millis());
    return database.transaction(
        () -> {
          List<SavedSearch> all = store.of(who.id());
          if (all.size() >= MAX && all.stream().noneMatch(s -> s.name().equals(name))) {
            return new Keeping.TooMany();
          }
          SavedSearch kept = store.put(who.id(), name, url, at);
          audit.record(who, "search.save", Map.of("name", name, "url", url));
          return new Keeping.Kept(kept);
        });
  }

  /** Deletes a search; false when the person keeps none of this number. */
  public boolean delete(Principal who, long id) {
    return database.transaction(
        () -> {
          Optional<String> name = store.delete(who.id(), id);
          name.ifPresent(n -> audit.record(who, "search.delete", Map.of("name", n)));
          return name.isPresent();
        });
  }
}
