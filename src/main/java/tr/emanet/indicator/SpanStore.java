package tr.emanet.indicator;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import tr.emanet.crash.CrashPoint;
import tr.emanet.store.Database;

/**
 * Writes a revision's spans in small transactions, so that nobody waits long for the store. None of
 * them is in force before the feed moves to the revision, and each step does nothing when it was
 * done before: after a crash the same calls finish the work. Thread-safe.
 *
 * <p>CROSS JOIN fixes the order in which SQLite walks the tables. Left to itself it begins with all
 * indicators of the feed at each step, and a list of half a million then takes minutes.
 */
final class SpanStore {

  private static final int STEP = 10_000;
  private static final String BATCH =
      " g.revision = :r AND g.external > :low AND g.external <= :high ";
  private static final String COLUMNS =
      "indicator, from_revision, from_at, type, description, source, connection, criticality,"
          + " listed_at, expires_at";

  private final Database database;

  SpanStore(Database database) {
    this.database = database;
  }

  /** Opens, changes and closes spans as the staged rows say. */
  void write(Revision revision, boolean removals, Instant at) {
    String low = "";
    String high = next(revision.number(), low);
    while (!high.isEmpty()) {
      String from = low;
      String to = high;
      database.write(h -> step(h, revision, from, to, at));
      CrashPoint.reach("indicator.apply-step");
      low = high;
      high = next(revision.number(), low);
    }
    if (removals) {
      remove(revision, at);
    }
  }

  private String next(long revision, String low) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT coalesce(max(external), '') FROM (SELECT external"
                        + " FROM indicator_staged WHERE revision = :r AND external > :low"
                        + " ORDER BY external LIMIT :step)")
                .bind("r", revision)
                .bind("low", low)
                .bind("step", STEP)
                .mapTo(String.class)
                .one());
  }

  private static int step(Handle h, Revision revision, String low, String high, Instant at) {
    run(
        h,
        "INSERT INTO indicator (feed, external, raw, kind, value, refusal, guard, first_seen,"
            + " first_revision) SELECT :feed, g.external, g.raw, g.kind, g.value, g.refusal,"
            + " g.guard, :at, :r FROM indicator_staged g WHERE"
            + BATCH
            + "ON CONFLICT DO NOTHING",
        revision,
        low,
        high,
        at);
    run(
        h,
        "UPDATE indicator_span SET until_revision = :r, until_at = :at WHERE id IN"
            + " (SELECT s.id FROM indicator_staged g CROSS JOIN indicator i ON i.feed = :feed"
            + " AND i.external = g.external CROSS JOIN indicator_span s ON s.indicator = i.id"
            + " AND s.until_revision IS NULL AND s.from_revision < :r WHERE"
            + BATCH
            + "AND (i.raw <> g.raw OR "
            + StagingStore.DIFFERS
            + "))",
        revision,
        low,
        high,
        at);
    return run(
        h,
        "INSERT INTO indicator_span ("
            + COLUMNS
            + ") SELECT i.id, :r, :at, g.type, g.description, g.source, g.connection,"
            + " g.criticality, g.listed_at, g.expires_at FROM indicator_staged g"
            + " CROSS JOIN indicator i"
            + " ON i.feed = :feed AND i.external = g.external AND i.raw = g.raw WHERE"
            + BATCH
            + "AND NOT EXISTS (SELECT 1 FROM indicator_span s WHERE s.indicator = i.id"
            + " AND s.until_revision IS NULL)",
        revision,
        low,
        high,
        at);
  }

  private static int run(
      Handle h, String sql, Revision revision, String low, String high, Instant at) {
    var update = h.createUpdate(sql).bind("r", revision.number()).bind("low", low);
    return update
        .bind("high", high)
        .bind("feed", revision.feed())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /** Ends what a complete list does not hold any more and was in force before its fetch began. */
  private void remove(Revision revision, Instant at) {
    sweep(
        "UPDATE indicator_span SET until_revision = :r, until_at = :at WHERE id IN"
            + " (SELECT s.id FROM indicator_span s CROSS JOIN indicator i"
            + " ON i.id = s.indicator WHERE s.id > :low AND s.id <= :low + :step"
            + " AND i.feed = :feed AND s.until_revision IS NULL"
            + " AND s.from_revision < :r AND s.from_at < :started"
            + " AND NOT EXISTS (SELECT 1 FROM indicator_staged g"
            + " WHERE g.revision = :r AND g.external = i.external))",
        revision,
        at,
        "started",
        revision.startedAt().toEpochMilli());
  }

  /** Brings back the list of an earlier revision. */
  void rollBack(Revision revision, Instant at) {
    sweep(
        "UPDATE indicator_span SET until_revision = :r, until_at = :at WHERE id IN"
            + " (SELECT s.id FROM indicator_span s CROSS JOIN indicator i"
            + " ON i.id = s.indicator WHERE s.id > :low AND s.id <= :low + :step"
            + " AND i.feed = :feed AND s.until_revision IS NULL"
            + " AND s.from_revision > :target AND s.from_revision < :r)",
        revision,
        at,
        "target",
        revision.target());
    sweep(
        "INSERT INTO indicator_span ("
            + COLUMNS
            + ") SELECT s.indicator, :r, :at, s.type, s.description, s.source,"
            + " s.connection, s.criticality, s.listed_at, s.expires_at"
            + " FROM indicator_span s CROSS JOIN indicator i ON i.id = s.indicator"
            + " WHERE s.id > :low AND s.id <= :low + :step AND i.feed = :feed"
            + " AND s.from_revision <= :target AND s.until_revision > :target"
            + " AND NOT EXISTS (SELECT 1 FROM indicator_span o"
            + " WHERE o.indicator = s.indicator AND o.until_revision IS NULL)",
        revision,
        at,
        "target",
        revision.target());
  }

  /** Runs a statement over all spans, some thousand a transaction: others write in between. */
  private void sweep(String sql, Revision revision, Instant at, String name, long value) {
    long last = last();
    for (long low = 0; low < last; low += STEP) {
      long from = low;
      database.write(
          h ->
              h.createUpdate(sql)
                  .bind("r", revision.number())
                  .bind("at", at.toEpochMilli())
                  .bind("low", from)
                  .bind("step", STEP)
                  .bind("feed", revision.feed())
                  .bind(name, value)
                  .execute());
    }
  }

  /** What the spans say a roll-back did: rows received, added, removed. */
  Revision.Counts counts(Revision revision) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT (SELECT count(*) FROM indicator_span WHERE from_revision = :r),"
                        + " (SELECT count(*) FROM indicator_span WHERE until_revision = :r)")
                .bind("r", revision.number())
                .map((rs, c) -> new Revision.Counts(0, rs.getInt(1), rs.getInt(2), 0))
                .one());
  }

  private long last() {
    return database.read(
        h ->
            h.createQuery("SELECT coalesce(max(id), 0) FROM indicator_span")
                .mapTo(Long.class)
                .one());
  }
}
