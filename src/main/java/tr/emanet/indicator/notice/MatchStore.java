package tr.emanet.indicator.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.asset.Product;
import tr.emanet.store.Database;

/** The rows of matches. Thread-safe. */
final class MatchStore {

  private static final String SELECT =
      "SELECT m.id, m.kind, m.external, m.asset, m.asset_name, m.vendor, m.product, m.version,"
          + " m.confidence, m.reason, m.quote, m.state, m.current, m.decided_at, m.decided_by,"
          + " k.number FROM notice_match m LEFT JOIN notice_task k ON k.id = m.task ";
  private static final String ORDER =
      " ORDER BY m.current DESC, CASE m.confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2"
          + " END, m.asset, m.id";

  private final Database database;

  MatchStore(Database database) {
    this.database = database;
  }

  List<NoticeMatch> of(NoticeKey notice) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE m.kind = :kind AND m.external = :external" + ORDER)
                .bind("kind", notice.kind())
                .bind("external", notice.external())
                .map((rs, c) -> match(rs))
                .list());
  }

  /** Matches of an asset that nobody has rejected. */
  List<NoticeMatch> ofAsset(String asset, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE m.asset = :asset AND m.state <> 'rejected' AND m.current = 1"
                        + " ORDER BY m.id DESC LIMIT :limit")
                .bind("asset", asset)
                .bind("limit", limit)
                .map((rs, c) -> match(rs))
                .list());
  }

  List<NoticeMatch> ofTask(long task) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE m.task = :task" + ORDER)
                .bind("task", task)
                .map((rs, c) -> match(rs))
                .list());
  }

  Optional<NoticeMatch> find(long id) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE m.id = :id")
                .bind("id", id)
                .map((rs, c) -> match(rs))
                .findOne());
  }

  /** Adds a proposal, or renews one that nobody has judged; a judged one is only in force again. */
  void propose(NoticeKey notice, Finding finding, Instant now) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO notice_match (kind, external, asset, asset_name, vendor, product,"
                        + " version, confidence, reason, quote, state, current, found_at,"
                        + " decided_by) VALUES (:kind, :external, :asset, :name, :vendor, :product,"
                        + " :version, :confidence, :reason, :quote, 'proposed', 1, :now, '') ON"
                        + " CONFLICT DO UPDATE SET current = 1, asset_name = :name, confidence ="
                        + " CASE state WHEN 'proposed' THEN :confidence ELSE confidence END,"
                        + " reason = CASE state WHEN 'proposed' THEN :reason ELSE reason END,"
                        + " quote = CASE state WHEN 'proposed' THEN :quote ELSE quote END")
                .bind("kind", notice.kind())
                .bind("external", notice.external())
                .bind("asset", finding.asset().key())
                .bind("name", finding.asset().name())
                .bind("vendor", finding.product().vendor())
                .bind("product", finding.product().product())
                .bind("version", finding.product().version())
                .bind("confidence", finding.confidence().id())
                .bind("reason", finding.reason().id())
                .bind("quote", finding.quote())
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /** Takes back a match that fits no longer: undecided ones go, others stay as out of force. */
  void outOfForce(NoticeMatch match) {
    database.write(
        h ->
            match.state() == NoticeMatch.State.PROPOSED && match.task() == null
                ? h.createUpdate("DELETE FROM notice_match WHERE id = :id")
                    .bind("id", match.id())
                    .execute()
                : h.createUpdate("UPDATE notice_match SET current = 0 WHERE id = :id")
                    .bind("id", match.id())
                    .execute());
  }

  void decide(long id, NoticeMatch.State state, Instant at, String who) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE notice_match SET state = :state, decided_at = :at, decided_by = :who"
                        + " WHERE id = :id")
                .bind("id", id)
                .bind("state", state.id())
                .bind("at", at.toEpochMilli())
                .bind("who", who)
                .execute());
  }

  void attach(long id, long task) {
    database.write(
        h ->
            h.createUpdate("UPDATE notice_match SET task = :task WHERE id = :id")
                .bind("id", id)
                .bind("task", task)
                .execute());
  }

  private static NoticeMatch match(ResultSet rs) throws SQLException {
    long decided = rs.getLong(14);
    boolean judged = !rs.wasNull();
    return new NoticeMatch(
        rs.getLong(1),
        new NoticeKey(rs.getString(2), rs.getLong(3)),
        rs.getString(4),
        rs.getString(5),
        new Product(rs.getString(6), rs.getString(7), rs.getString(8)),
        Confidence.named(rs.getString(9)).orElse(Confidence.LOW),
        rs.getString(10),
        rs.getString(11),
        NoticeMatch.State.named(rs.getString(12)),
        rs.getInt(13) != 0,
        judged ? Instant.ofEpochMilli(decided) : null,
        rs.getString(15),
        rs.getString(16));
  }
}
