package tr.emanet.alert.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of measures and of their completions. Thread-safe. */
final class MeasureStore {

  private static final String SELECT =
      "SELECT m.id, m.kind, m.subject, m.owner, m.at, m.due, coalesce(d.at, m.done), m.text, m.who,"
          + " coalesce(d.who, ''), coalesce(d.text, '') FROM measure m"
          + " LEFT JOIN measure_done d ON d.measure = m.id ";
  private static final String OPEN = "m.done IS NULL AND d.at IS NULL";
  private static final int MANY = 500;

  private final Database database;

  MeasureStore(Database database) {
    this.database = database;
  }

  /** Adds a row; its id is ignored. */
  Measure add(Measure measure) {
    long id =
        database.write(
            h ->
                h.createQuery(
                        "INSERT INTO measure (kind, subject, owner, at, due, done, text, who)"
                            + " VALUES (:kind, :subject, :owner, :at, :due, :done, :text, :who)"
                            + " RETURNING id")
                    .bind("kind", measure.subject().kind().id())
                    .bind("subject", measure.subject().key())
                    .bind("owner", measure.owner())
                    .bind("at", measure.at().toEpochMilli())
                    .bind("due", millis(measure.due()))
                    .bind("done", millis(measure.done()))
                    .bind("text", measure.text())
                    .bind("who", measure.by())
                    .mapTo(Long.class)
                    .one());
    return find(id).orElseThrow(() -> new IllegalStateException("measure " + id + " is gone"));
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  void complete(long id, Instant at, String who, String text) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO measure_done (measure, at, who, text)"
                        + " VALUES (:id, :at, :who, :text)")
                .bind("id", id)
                .bind("at", at.toEpochMilli())
                .bind("who", who)
                .bind("text", text)
                .execute());
  }

  Optional<Measure> find(long id) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE m.id = :id")
                .bind("id", id)
                .map((rs, context) -> measure(rs))
                .findOne());
  }

  List<Measure> of(Subject subject) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE m.kind = :kind AND m.subject = :subject ORDER BY m.id LIMIT 200")
                .bind("kind", subject.kind().id())
                .bind("subject", subject.key())
                .map((rs, context) -> measure(rs))
                .list());
  }

  Steps steps(Subject subject) {
    return steps(subject.kind(), List.of(subject.key())).getOrDefault(subject.key(), Steps.NONE);
  }

  Map<String, Steps> steps(Subject.Kind kind, List<String> keys) {
    return counted(
        "SELECT m.subject, count(coalesce(d.at, m.done)), count(*) FROM measure m"
            + " LEFT JOIN measure_done d ON d.measure = m.id"
            + " WHERE m.kind = '"
            + kind.id()
            + "' AND m.subject IN (<keys>) GROUP BY m.subject",
        keys);
  }

  Map<String, Steps> alertsAnswered(List<String> keys) {
    return counted(
        "SELECT a.match_key, sum(EXISTS (SELECT 1 FROM measure m WHERE "
            + "m.kind = 'alert' AND m.subject = a.number OR"
            + " m.kind = 'indicator' AND m.subject = a.match_key)), count(*)"
            + " FROM alert a WHERE a.kind = 'indicator' AND a.match_key IN (<keys>)"
            + " GROUP BY a.match_key",
        keys);
  }

  private Map<String, Steps> counted(String sql, List<String> keys) {
    Map<String, Steps> out = new HashMap<>();
    for (int from = 0; from < keys.size(); from += MANY) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + MANY));
      for (Map.Entry<String, Steps> entry : chunk(sql, some)) {
        out.put(entry.getKey(), entry.getValue());
      }
    }
    return out;
  }

  private List<Map.Entry<String, Steps>> chunk(String sql, List<String> keys) {
    return database.read(
        h ->
            h.createQuery(sql)
                .bindList("keys", keys)
                .map(
                    (rs, context) ->
                        Map.entry(rs.getString(1), new Steps(rs.getLong(2), rs.getLong(3))))
                .list());
  }

  List<Measure> open(int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT + "WHERE " + OPEN + " ORDER BY m.due IS NULL, m.due, m.id LIMIT :limit")
                .bind("limit", limit)
                .map((rs, context) -> measure(rs))
                .list());
  }

  /** Open steps that are due before a moment; {@link Long#MAX_VALUE} counts those without too. */
  long countOpen(long before) {
    String sql =
        "SELECT count(*) FROM measure m LEFT JOIN measure_done d ON d.measure = m.id WHERE "
            + OPEN
            + " AND coalesce(m.due, 9223372036854775806) < :before";
    return database.read(h -> h.createQuery(sql).bind("before", before).mapTo(Long.class).one());
  }

  long unanswered() {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(*) FROM alert a WHERE a.kind = 'indicator'"
                        + " AND NOT (a.state = 'closed'"
                        + " AND a.reason IN ('false-alarm', 'duplicate', 'accepted'))"
                        + " AND NOT EXISTS (SELECT 1 FROM measure m WHERE m.kind = 'alert'"
                        + " AND m.subject = a.number)"
                        + " AND NOT EXISTS (SELECT 1 FROM measure m WHERE m.kind = 'indicator'"
                        + " AND m.subject = a.match_key)")
                .mapTo(Long.class)
                .one());
  }

  private static Measure measure(ResultSet row) throws SQLException {
    Subject.Kind kind =
        Subject.Kind.named(row.getString(2))
            .orElseThrow(() -> new SQLException("measure of an unknown kind"));
    return new Measure(
        row.getLong(1),
        new Subject(kind, row.getString(3)),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        moment(row, 6),
        moment(row, 7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11));
  }

  private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
