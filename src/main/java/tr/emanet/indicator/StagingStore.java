package tr.emanet.indicator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Digests;
import tr.emanet.store.Database;

/** What a fetch brought so far, and how it compares with the list in force. Thread-safe. */
final class StagingStore {

  private static final String CODES =
      "(s.type, s.description, s.source, s.connection, s.criticality, s.listed_at, s.expires_at)";
  private static final String STAGED_CODES =
      "(g.type, g.description, g.source, g.connection, g.criticality, g.listed_at, g.expires_at)";
  static final String DIFFERS = CODES + " IS NOT " + STAGED_CODES;

  private static final String DELETE_SOME =
      "DELETE FROM indicator_staged WHERE revision = :r AND external IN"
          + " (SELECT external FROM indicator_staged WHERE revision = :r LIMIT 20000)";

  private final Database database;

  StagingStore(Database database) {
    this.database = database;
  }

  /** Adds rows; one with an id that is staged already replaces it. */
  void add(long revision, List<StagedRow> rows) {
    database.write(
        h -> {
          try (PreparedStatement insert =
              h.getConnection()
                  .prepareStatement(
                      "INSERT OR REPLACE INTO indicator_staged"
                          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (StagedRow row : rows) {
              bind(insert, revision, row);
              insert.addBatch();
            }
            insert.executeBatch();
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
          return rows.size();
        });
  }

  private static void bind(PreparedStatement insert, long revision, StagedRow row)
      throws SQLException {
    FeedEntry entry = row.entry();
    Codes codes = entry.codes();
    insert.setLong(1, revision);
    insert.setString(2, entry.external());
    insert.setString(3, entry.raw());
    insert.setString(4, row.kind());
    insert.setString(5, row.value());
    insert.setString(6, row.refusal());
    insert.setString(7, row.guard());
    insert.setString(8, codes.type());
    insert.setString(9, codes.description());
    insert.setString(10, codes.source());
    insert.setString(11, codes.connection());
    insert.setInt(12, codes.criticality());
    insert.setLong(13, millis(entry.listedAt()));
    insert.setLong(14, millis(entry.expiresAt()));
  }

  /** 0 stands for no time. */
  private static long millis(@Nullable Instant at) {
    return at == null ? 0 : at.toEpochMilli();
  }

  int count(long revision) {
    return database.read(
        h ->
            h.createQuery("SELECT count(*) FROM indicator_staged WHERE revision = :r")
                .bind("r", revision)
                .mapTo(Integer.class)
                .one());
  }

  /** Which of these ids are listed now. */
  Set<String> listed(String feed, Collection<String> externals) {
    return Set.copyOf(
        database.read(
            h ->
                h.createQuery(
                        "SELECT DISTINCT i.external FROM indicator i JOIN indicator_span s"
                            + " ON s.indicator = i.id AND s.until_revision IS NULL"
                            + " WHERE i.feed = :feed AND i.external IN (<ids>)")
                    .bind("feed", feed)
                    .bindList("ids", List.copyOf(externals))
                    .mapTo(String.class)
                    .list()));
  }

  /** Rows of the list in force, refused ones included. */
  int listed(String feed) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(*) FROM indicator i JOIN indicator_span s ON s.indicator = i.id"
                        + " AND s.until_revision IS NULL WHERE i.feed = :feed")
                .bind("feed", feed)
                .mapTo(Integer.class)
                .one());
  }

  Revision.Counts compare(Revision revision, boolean complete) {
    return database.read(
        h -> {
          int[] sums =
              h.createQuery(
                      "SELECT count(*), coalesce(sum(s.id IS NULL), 0),"
                          + " coalesce(sum(s.id IS NOT NULL AND "
                          + DIFFERS
                          + "), 0) FROM indicator_staged g LEFT JOIN indicator i"
                          + " ON i.feed = :feed AND i.external = g.external AND i.raw = g.raw"
                          + " LEFT JOIN indicator_span s ON s.indicator = i.id"
                          + " AND s.until_revision IS NULL WHERE g.revision = :r")
                  .bind("feed", revision.feed())
                  .bind("r", revision.number())
                  .map((rs, c) -> new int[] {rs.getInt(1), rs.getInt(2), rs.getInt(3)})
                  .one();
          int removed =
              !complete
                  ? 0
                  : h.createQuery(
                          "SELECT count(*) FROM indicator_span s CROSS JOIN indicator i"
                              + " ON i.id = s.indicator WHERE i.feed = :feed"
                              + " AND s.until_revision IS NULL AND s.from_at < :started"
                              + " AND NOT EXISTS (SELECT 1 FROM indicator_staged g"
                              + " WHERE g.revision = :r AND g.external = i.external)")
                      .bind("feed", revision.feed())
                      .bind("r", revision.number())
                      .bind("started", revision.startedAt().toEpochMilli())
                      .mapTo(Integer.class)
                      .one();
          return new Revision.Counts(sums[0], sums[1], removed, sums[2]);
        });
  }

  /** How many rows are refused and how many spared. */
  int[] kept(long revision) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT coalesce(sum(refusal <> ''), 0), coalesce(sum(guard <> ''), 0)"
                        + " FROM indicator_staged WHERE revision = :r")
                .bind("r", revision)
                .map((rs, c) -> new int[] {rs.getInt(1), rs.getInt(2)})
                .one());
  }

  /** A row that would block everything or all that is ours, and was not listed before. */
  Optional<String> poison(Revision revision) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT raw FROM indicator_staged g WHERE revision = :r"
                        + " AND (refusal = 'too-broad' OR guard = 'covers') AND NOT EXISTS"
                        + " (SELECT 1 FROM indicator i JOIN indicator_span s ON s.indicator = i.id"
                        + " AND s.until_revision IS NULL"
                        + " WHERE i.feed = :feed AND i.external = g.external AND i.raw = g.raw)"
                        + " LIMIT 1")
                .bind("r", revision.number())
                .bind("feed", revision.feed())
                .mapTo(String.class)
                .findOne());
  }

  /** SHA-256 over the rows, sorted by id: fields joined by tabs, rows ended by a line feed. */
  String digest(long revision) {
    return database.read(
        h -> {
          MessageDigest digest = Digests.sha256();
          try (PreparedStatement query =
              h.getConnection()
                  .prepareStatement(
                      "SELECT external, raw, type, description, source, connection, criticality,"
                          + " listed_at, expires_at FROM indicator_staged WHERE revision = ?"
                          + " ORDER BY external")) {
            query.setLong(1, revision);
            try (ResultSet row = query.executeQuery()) {
              StringBuilder line = new StringBuilder(200);
              while (row.next()) {
                line.setLength(0);
                for (int i = 1; i <= 9; i++) {
                  line.append(row.getString(i)).append(i == 9 ? '\n' : '\t');
                }
                digest.update(line.toString().getBytes(StandardCharsets.UTF_8));
              }
            }
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
          return HexFormat.of().formatHex(digest.digest());
        });
  }

  /** Forgets what was staged, in small steps. */
  void clear(long revision) {
    int gone;
    do {
      gone = database.write(h -> h.createUpdate(DELETE_SOME).bind("r", revision).execute());
    } while (gone > 0);
  }
}
