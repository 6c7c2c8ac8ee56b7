package tr.emanet.indicator;

import java.util.List;
import tr.emanet.store.Database;

/** What a revision changed or would change, with samples for people. Thread-safe. */
public final class RevisionDiffStore {

  private static final int SAMPLES = 8;

  private final Database database;

  public RevisionDiffStore(Database database) {
    this.database = database;
  }

  /** Raw values, at most eight each; complete only when there are fewer. */
  public record Samples(List<String> added, List<String> removed) {
    public Samples {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** What a roll-back would change in the list in force, in rows. */
  public record Change(long added, long removed, long changed) {}

  /** Samples of an applied or a waiting revision; nothing for one that was given up. */
  public Samples samples(Revision revision) {
    return switch (revision.state()) {
      case APPLIED, APPLYING -> new Samples(opened(revision), closed(revision));
      case WAITING -> new Samples(wouldOpen(revision), wouldClose(revision));
      case FETCHING, REJECTED, FAILED -> new Samples(List.of(), List.of());
    };
  }

  private List<String> opened(Revision revision) {
    return values(
        "SELECT i.raw FROM indicator_span s JOIN indicator i ON i.id = s.indicator"
            + " WHERE s.from_revision = :r AND i.feed = :feed AND NOT EXISTS (SELECT 1"
            + " FROM indicator_span o WHERE o.indicator = s.indicator AND o.until_revision = :r)",
        revision);
  }

  private List<String> closed(Revision revision) {
    return values(
        "SELECT i.raw FROM indicator_span s JOIN indicator i ON i.id = s.indicator"
            + " WHERE s.until_revision = :r AND i.feed = :feed AND NOT EXISTS (SELECT 1"
            + " FROM indicator_span o WHERE o.indicator = s.indicator AND o.from_revision = :r)",
        revision);
  }

  private List<String> wouldOpen(Revision revision) {
    return values(
        "SELECT g.raw FROM indicator_staged g WHERE g.revision = :r AND NOT EXISTS (SELECT 1"
            + " FROM indicator i JOIN indicator_span s ON s.indicator = i.id"
            + " AND s.until_revision IS NULL WHERE i.feed = :feed AND i.external = g.external"
            + " AND i.raw = g.raw)",
        revision);
  }

  private List<String> wouldClose(Revision revision) {
    return !revision.complete()
        ? List.of()
        : values(
            "SELECT i.raw FROM indicator i JOIN indicator_span s ON s.indicator = i.id"
                + " AND s.until_revision IS NULL WHERE i.feed = :feed AND s.from_at < "
                + revision.startedAt().toEpochMilli()
                + " AND NOT EXISTS (SELECT 1 FROM indicator_staged g WHERE g.revision = :r"
                + " AND g.external = i.external)",
            revision);
  }

  private List<String> values(String sql, Revision revision) {
    return database.read(
        h ->
            h.createQuery(sql + " LIMIT " + SAMPLES)
                .bind("r", revision.number())
                .bind("feed", revision.feed())
                .mapTo(String.class)
                .list());
  }

  /** What bringing back the list of a revision would change now. */
  public Change rollBack(Revision target) {
    String now = "s.until_revision IS NULL AND s.from_revision > :target";
    String then = "s.from_revision <= :target AND s.until_revision > :target";
    long opened = count(now, target);
    long closed = count(then, target);
    long both =
        database.read(
            h ->
                h.createQuery(
                        "SELECT count(*) FROM indicator_span s JOIN indicator i ON"
                            + " i.id = s.indicator JOIN indicator_span o ON"
                            + " o.indicator = s.indicator AND o.until_revision > :target"
                            + " AND o.from_revision <= :target WHERE i.feed = :feed AND "
                            + now)
                    .bind("target", target.number())
                    .bind("feed", target.feed())
                    .mapTo(Long.class)
                    .one());
    return new Change(closed - both, opened - both, both);
  }

  private long count(String where, Revision target) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(DISTINCT s.indicator) FROM indicator_span s JOIN indicator i"
                        + " ON i.id = s.indicator WHERE i.feed = :feed AND "
                        + where)
                .bind("target", target.number())
                .bind("feed", target.feed())
                .mapTo(Long.class)
                .one());
  }
}
