package tr.emanet.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of alerts and their history. Thread-safe. */
final class AlertStore {

  private static final String SELECT =
      "SELECT id, number, kind, match_key, asset, severity, raised, state, reason, assignee, hits,"
          + " live, allowed, first_at, last_at, seen_at, created_at, changed_at, facts FROM alert ";

  private final Database database;

  AlertStore(Database database) {
    this.database = database;
  }

  Optional<Alert> byGroup(String group) {
    return one("WHERE group_key = :key", group);
  }

  Optional<Alert> byNumber(String number) {
    return one("WHERE number = :key", number);
  }

  private Optional<Alert> one(String where, String key) {
    return database.read(
        h ->
            h.createQuery(SELECT + where)
                .bind("key", key)
                .map((rs, context) -> alert(rs))
                .findOne());
  }

  Alert byId(long id) {
    return one("WHERE id = CAST(:key AS INTEGER)", Long.toString(id))
        .orElseThrow(() -> new IllegalStateException("alert " + id + " is gone"));
  }

  /** The worst alerts that a summary of a channel stands for. */
  List<Alert> ofSummary(String channel, String summary, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE id IN (SELECT alert FROM alert_outbox WHERE channel = :channel"
                        + " AND summary = :summary) ORDER BY severity DESC, id LIMIT :limit")
                .bind("channel", channel)
                .bind("summary", summary)
                .bind("limit", limit)
                .map((rs, context) -> alert(rs))
                .list());
  }

  /** Alerts of conditions of one thing, whatever their state. */
  List<Alert> ofConditions(Hit.Kind kind, String asset) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE asset = :asset AND kind = :kind ORDER BY id LIMIT 1000")
                .bind("asset", asset)
                .bind("kind", kind.id())
                .map((rs, context) -> alert(rs))
                .list());
  }

  /** Adds an alert; its id is ignored. */
  Alert insert(String group, Alert alert) {
    return database.write(
        h -> {
          bind(
                  h.createUpdate(
                      "INSERT INTO alert (number, group_key, kind, match_key, asset, severity,"
                          + " raised, state, reason, assignee, hits, live, allowed, first_at,"
                          + " last_at, seen_at, created_at, changed_at, facts) VALUES (:number,"
                          + " :group, :kind, :match, :asset, :severity, :raised, :state,"
                          + " :reason, :assignee, :hits, :live, :allowed, :first, :last, :seen,"
                          + " :created, :changed, :facts)"),
                  alert)
              .bind("number", alert.number())
              .bind("group", group)
              .bind("kind", alert.kind().id())
              .bind("match", alert.key())
              .bind("asset", alert.asset())
              .bind("created", alert.createdAt().toEpochMilli())
              .execute();
          return byNumber(alert.number())
              .orElseThrow(() -> new IllegalStateException("alert " + alert.number() + " is gone"));
        });
  }

  /** Writes everything that may change. */
  void update(Alert alert) {
    database.write(
        h ->
            bind(
                    h.createUpdate(
                        "UPDATE alert SET severity = :severity, raised = :raised, state = :state,"
                            + " reason = :reason, assignee = :assignee, hits = :hits, live = :live,"
                            + " allowed = :allowed, first_at = :first, last_at = :last,"
                            + " seen_at = :seen, changed_at = :changed, facts = :facts"
                            + " WHERE id = :id"),
                    alert)
                .bind("id", alert.id())
                .execute());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Alert alert) {
    return statement
        .bind("severity", alert.severity().ordinal())
        .bind("raised", Raise.text(alert.raised()))
        .bind("state", alert.state().id())
        .bind("reason", alert.reason())
        .bind("assignee", alert.assignee())
        .bind("hits", alert.hits())
        .bind("live", alert.live())
        .bind("allowed", alert.allowed())
        .bind("first", alert.firstAt().toEpochMilli())
        .bind("last", alert.lastAt().toEpochMilli())
        .bind("seen", alert.seenAt().toEpochMilli())
        .bind("changed", alert.changedAt().toEpochMilli())
        .bind("facts", FactsJson.write(alert.facts()));
  }

  /** The next free number of a year, such as {@code A-2026-0381}. */
  String nextNumber(int year) {
    long next =
        database.write(
            h ->
                h.createQuery(
                        "INSERT INTO alert_year (year, last) VALUES (:year, 1) ON CONFLICT (year)"
                            + " DO UPDATE SET last = last + 1 RETURNING last")
                    .bind("year", year)
                    .mapTo(Long.class)
                    .one());
    String digits = Long.toString(next);
    return "A-" + year + "-" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /** Indicator alerts of an asset with an event in a time, newest first. */
  List<Alert> ofAsset(String asset, Instant from, Instant to, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE asset = :asset AND kind = 'indicator' AND last_at >= :from"
                        + " AND first_at <= :to ORDER BY last_at DESC LIMIT :limit")
                .bind("asset", asset)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bind("limit", limit)
                .map((rs, context) -> alert(rs))
                .list());
  }

  /**
   * Alerts, the last seen first.
   *
   * @param plain whether assets may be searched; else only what matched and numbers
   * @param beforeId 0, or the id of the last alert of the page before
   */
  List<Alert> list(AlertFilter filter, boolean plain, long beforeId, int limit) {
    String where = where(filter, plain);
    if (beforeId > 0) {
      where += " AND (seen_at, id) < (SELECT seen_at, id FROM alert WHERE id = :before)";
    }
    String sql = SELECT + where + " ORDER BY seen_at DESC, id DESC LIMIT :limit";
    return database.read(
        h -> {
          Query query = bind(h.createQuery(sql), filter).bind("limit", limit);
          if (beforeId > 0) {
            query.bind("before", beforeId);
          }
          return query.map((rs, context) -> alert(rs)).list();
        });
  }

  /** How many there are by severity. */
  Map<Severity, Long> counts(AlertFilter filter, boolean plain) {
    String sql =
        "SELECT severity, count(*) FROM alert " + where(filter, plain) + " GROUP BY severity";
    return database.read(
        h -> {
          Map<Severity, Long> out = new EnumMap<>(Severity.class);
          bind(h.createQuery(sql), filter)
              .map((rs, context) -> Map.entry(Severity.stored(rs.getInt(1)), rs.getLong(2)))
              .forEach(e -> out.put(e.getKey(), e.getValue()));
          return out;
        });
  }

  long newOnes() {
    return database.read(
        h ->
            h.createQuery("SELECT count(*) FROM alert WHERE state = 'new'")
                .mapTo(Long.class)
                .one());
  }

  private static String where(AlertFilter filter, boolean plain) {
    StringBuilder out =
        new StringBuilder(
            switch (filter.states()) {
              case OPEN -> "WHERE state IN ('new', 'acknowledged')";
              case CLOSED -> "WHERE state = 'closed'";
              case ALL -> "WHERE state IN ('new', 'acknowledged', 'closed')";
            });
    if (filter.severity() != null) {
      out.append(" AND severity = :severity");
    }
    if (filter.assignee() != null) {
      out.append(" AND assignee = :assignee");
    }
    if (!filter.text().isEmpty()) {
      out.append(" AND instr(lower(match_key || ' ' || number")
          .append(plain ? " || ' ' || asset || ' ' || facts" : "")
          .append("), lower(:text)) > 0");
    }
    if (filter.fromMillis() > 0) {
      out.append(" AND seen_at >= :from");
    }
    return out.toString();
  }

  private static Query bind(Query query, AlertFilter filter) {
    Severity severity = filter.severity();
    if (severity != null) {
      query.bind("severity", severity.ordinal());
    }
    String assignee = filter.assignee();
    if (assignee != null) {
      query.bind("assignee", assignee);
    }
    if (!filter.text().isEmpty()) {
      query.bind("text", filter.text());
    }
    if (filter.fromMillis() > 0) {
      query.bind("from", filter.fromMillis());
    }
    return query;
  }

  void tell(long alert, Instant at, String who, String what, @Nullable String text) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO alert_history (alert, at, who, what, text)"
                        + " VALUES (:alert, :at, :who, :what, :text)")
                .bind("alert", alert)
                .bind("at", at.toEpochMilli())
                .bind("who", who)
                .bind("what", what)
                .bind("text", text == null ? "" : text)
                .execute());
  }

  /** The latest entries, oldest first. */
  List<HistoryEntry> history(long alert, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT id, at, who, what, text FROM (SELECT * FROM alert_history WHERE alert ="
                        + " :alert ORDER BY id DESC LIMIT :limit) ORDER BY id")
                .bind("alert", alert)
                .bind("limit", limit)
                .map(
                    (rs, context) ->
                        new HistoryEntry(
                            rs.getLong(1),
                            Instant.ofEpochMilli(rs.getLong(2)),
                            rs.getString(3),
                            rs.getString(4),
                            rs.getString(5)))
                .list());
  }

  private static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        row.getLong(1),
        row.getString(2),
        Hit.Kind.named(row.getString(3)),
        row.getString(4),
        row.getString(5),
        Severity.stored(row.getInt(6)),
        Raise.stored(row.getString(7)),
        AlertState.named(row.getString(8)).orElse(AlertState.NEW),
        row.getString(9),
        row.getString(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13),
        Instant.ofEpochMilli(row.getLong(14)),
        Instant.ofEpochMilli(row.getLong(15)),
        Instant.ofEpochMilli(row.getLong(16)),
        Instant.ofEpochMilli(row.getLong(17)),
        Instant.ofEpochMilli(row.getLong(18)),
        FactsJson.read(row.getString(19)));
  }
}
