package tr.emanet.journal.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** Days that have a root, and how their time stamps stand. Safe for many threads. */
final class RootStore {

  /**
   * One day.
   *
   * @param tries how often a stamp was asked for in vain
   * @param problem of the last of them, empty before the first
   * @param stampedAt the authority's time, null while the stamp is missing
   */
  record Day(
      LocalDate day, int tries, Instant nextTry, String problem, @Nullable Instant stampedAt) {}

  private static final String SELECT =
      "SELECT day, tries, next_try, problem, stamped_at FROM seal_day ";

  private final Database database;

  RootStore(Database database) {
    this.database = database;
  }

  /** Takes note of a root; keeps what is known of its stamp. */
  void made(LocalDate day, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO seal_day (day, made_at) VALUES (:day, :at)"
                        + " ON CONFLICT (day) DO NOTHING")
                .bind("day", day.toString())
                .bind("at", SealStore.micros(at))
                .execute());
  }

  void stamped(LocalDate day, Instant at, String authority) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE seal_day SET stamped_at = :at, authority = :who, problem = ''"
                        + " WHERE day = :day")
                .bind("at", SealStore.micros(at))
                .bind("who", authority)
                .bind("day", day.toString())
                .execute());
  }

  void refused(LocalDate day, String problem, Instant next) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE seal_day SET tries = tries + 1, problem = :problem, next_try = :next"
                        + " WHERE day = :day")
                .bind("problem", problem)
                .bind("next", SealStore.micros(next))
                .bind("day", day.toString())
                .execute());
  }

  /** Days without a stamp, oldest first. */
  List<Day> unstamped(int limit) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE stamped_at IS NULL ORDER BY day LIMIT :limit")
                .bind("limit", limit)
                .map((rs, c) -> day(rs))
                .list());
  }

  long countUnstamped() {
    return database.read(
        h ->
            h.createQuery("SELECT count(*) FROM seal_day WHERE stamped_at IS NULL")
                .mapTo(Long.class)
                .one());
  }

  Optional<Day> find(LocalDate day) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE day = :day")
                .bind("day", day.toString())
                .map((rs, c) -> day(rs))
                .findFirst());
  }

  /** The newest day that has a stamp. */
  Optional<Day> lastStamped() {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE stamped_at IS NOT NULL ORDER BY day DESC LIMIT 1")
                .map((rs, c) -> day(rs))
                .findFirst());
  }

  private static Day day(ResultSet row) throws SQLException {
    long stamped = row.getLong(5);
    Instant at = row.wasNull() ? null : SealStore.instant(stamped);
    return new Day(
        LocalDate.parse(row.getString(1)),
        row.getInt(2),
        SealStore.instant(row.getLong(3)),
        row.getString(4),
        at);
  }
}
