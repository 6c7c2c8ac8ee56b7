package tr.emanet.backup.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import tr.emanet.store.Database;

/** The rows of repositories that people gave up. Thread-safe. */
final class RetiredStore {

  private final Database database;

  RetiredStore(Database database) {
    this.database = database;
  }

  /** All of them by address. */
  Map<String, UnusedRepository.Retired> all() {
    return database.read(
        h -> {
          Map<String, UnusedRepository.Retired> found = new TreeMap<>();
          h.createQuery("SELECT * FROM backup_retired")
              .map(
                  (row, c) ->
                      Map.entry(
                          row.getString("address"),
                          new UnusedRepository.Retired(
                              row.getString("by"),
                              Instant.ofEpochMilli(row.getLong("at")),
                              row.getString("why"))))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return found;
        });
  }

  void retired(String address, UnusedRepository.Retired retired) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO backup_retired (address, at, by, why)"
                        + " VALUES (:address, :at, :by, :why)")
                .bind("address", address)
                .bind("at", retired.at().toEpochMilli())
                .bind("by", retired.by())
                .bind("why", retired.why())
                .execute());
  }

  /** Those of the addresses are looked after again. */
  void forget(Collection<String> addresses) {
    Map<String, UnusedRepository.Retired> known = all();
    for (String address : addresses) {
      if (known.containsKey(address)) {
        database.write(
            h ->
                h.createUpdate("DELETE FROM backup_retired WHERE address = :address")
                    .bind("address", address)
                    .execute());
      }
    }
  }
}
