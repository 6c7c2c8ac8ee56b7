package tr.emanet.journal.seal;

import java.util.Optional;
import tr.emanet.store.Database;

/** How far each witness has got. Safe for many threads. */
final class WitnessStore {

  /** One witness; {@code problem} is empty when the last try was good. */
  record Row(long delivered, long failures, String problem) {}

  private final Database database;

  WitnessStore(Database database) {
    this.database = database;
  }

  Optional<Row> find(String name) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT delivered, failures, problem FROM seal_witness WHERE name = :name")
                .bind("name", name)
                .map((rs, c) -> new Row(rs.getLong(1), rs.getLong(2), rs.getString(3)))
                .findFirst());
  }

  void put(String name, Row row) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO seal_witness (name, delivered, failures, problem)"
                        + " VALUES (:name, :delivered, :failures, :problem)")
                .bind("name", name)
                .bind("delivered", row.delivered())
                .bind("failures", row.failures())
                .bind("problem", row.problem())
                .execute());
  }
}
