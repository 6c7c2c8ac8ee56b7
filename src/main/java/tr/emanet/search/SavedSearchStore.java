package tr.emanet.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of kept searches. Thread-safe. */
final class SavedSearchStore {

  private static final String SELECT = "SELECT id, name, url, saved_at FROM saved_search ";

  private final Database database;

  SavedSearchStore(Database database) {
    this.database = database;
  }

  /** Everything one person keeps, by name. */
  List<SavedSearch> of(String person) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE person = :person ORDER BY name LIMIT 1000")
                .bind("person", person)
                .map(
                    (rs, context) ->
                        new SavedSearch(
                            rs.getLong(1),
                            rs.getString(2),
                            rs.getString(3),
                            Instant.ofEpochMilli(rs.getLong(4))))
                .list());
  }

  /** Inserts a search, or gives the one of this name another address. */
  SavedSearch put(String person, String name, String url, Instant at) {
    long id =
        database.write(
            h ->
                h.createQuery(
                        "INSERT INTO saved_search (person, name, url, saved_at)"
                            + " VALUES (:person, :name, :url, :at)"
                            + " ON CONFLICT (person, name)"
                            + " DO UPDATE SET url = excluded.url, saved_at = excluded.saved_at"
                            + " RETURNING id")
                    .bind("person", person)
                    .bind("name", name)
                    .bind("url", url)
                    .bind("at", at.toEpochMilli())
                    .mapTo(Long.class)
                    .one());
    return new SavedSearch(id, name, url, at);
  }

  /** Deletes a search of a person; the name it had, empty when there was none. */
  Optional<String> delete(String person, long id) {
    return database.write(
        h ->
            h.createQuery(
                    "DELETE FROM saved_search WHERE id = :id AND person = :person RETURNING name")
                .bind("id", id)
                .bind("person", person)
                .mapTo(String.class)
                .findOne());
  }
}
