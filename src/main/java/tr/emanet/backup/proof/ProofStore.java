package tr.emanet.backup.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.seal.SealHead;
import tr.emanet.store.Database;

/** The rows of checks and drills. Thread-safe. */
final class ProofStore {

  private static final String CHECK =
      "SELECT id, repository, rung, owner, state, started_at, ended_at, objects, bytes, findings,"
          + " finding_count, problem FROM backup_verification ";
  private static final String DRILL =
      "SELECT id, plan, job, owner, state, started_at, ended_at, record, problem FROM backup_drill"
          + " ";

  private final Database database;

  ProofStore(Database database) {
    this.database = database;
  }

  long beginCheck(String repository, Rung rung, long job, String owner, Instant at) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO backup_verification (repository, rung, job, owner, state,"
                        + " started_at) VALUES (:repository, :rung, :job, :owner, 'running', :at)"
                        + " ON CONFLICT (job) DO UPDATE SET state = 'running' RETURNING id")
                .bind("repository", repository)
                .bind("rung", rung.id())
                .bind("job", job)
                .bind("owner", owner)
                .bind("at", at.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  void endCheck(
      long id, Verification.State state, Ladder.@Nullable Found found, String problem, Instant at) {
    SealHead head = found == null ? null : found.head();
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_verification SET state = :state, ended_at = :at,"
                        + " objects = :objects, bytes = :bytes, findings = :findings,"
                        + " finding_count = :count, head_sequence = :sequence,"
                        + " head_digest = :digest, problem = :problem WHERE id = :id")
                .bind("state", state.id())
                .bind("at", at.toEpochMilli())
                .bind("objects", found == null ? 0 : found.objects())
                .bind("bytes", found == null ? 0 : found.bytes())
                .bind("findings", found == null ? "" : String.join("\n", found.findings()))
                .bind("count", found == null ? 0 : found.count())
                .bind("sequence", head == null ? 0 : head.sequence())
                .bind("digest", head == null ? "" : head.digest())
                .bind("problem", problem)
                .bind("id", id)
                .execute());
  }

  /** The newest seal that a good check of this repository has seen. */
  Optional<SealHead> head(String repository) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT head_sequence, head_digest FROM backup_verification"
                        + " WHERE repository = :repository AND head_sequence > 0"
                        + " AND state = 'good' ORDER BY head_sequence DESC LIMIT 1")
                .bind("repository", repository)
                .map((rs, c) -> new SealHead(rs.getLong(1), rs.getString(2)))
                .findOne());
  }

  /** The newest first. */
  List<Verification> checks(String repository, Rung rung, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    CHECK
                        + "WHERE repository = :repository AND rung = :rung"
                        + " ORDER BY id DESC LIMIT :limit")
                .bind("repository", repository)
                .bind("rung", rung.id())
                .bind("limit", limit)
                .map((rs, c) -> check(rs))
                .list());
  }

  /** The newest that was good, or that ended at all. */
  Optional<Verification> lastCheck(String repository, Rung rung, boolean good) {
    return database.read(
        h ->
            h.createQuery(
                    CHECK
                        + "WHERE repository = :repository AND rung = :rung AND state IN "
                        + (good ? "('good')" : "('good', 'damaged', 'failed')")
                        + " ORDER BY id DESC LIMIT 1")
                .bind("repository", repository)
                .bind("rung", rung.id())
                .map((rs, c) -> check(rs))
                .findOne());
  }

  /** When the newest check of a rung that somebody ended was begun. */
  Optional<Instant> stopped(String repository, Rung rung) {
    return database.read(
        h ->
            h.createQuery(
                    CHECK
                        + "WHERE repository = :repository AND rung = :rung AND state = 'stopped'"
                        + " ORDER BY id DESC LIMIT 1")
                .bind("repository", repository)
                .bind("rung", rung.id())
                .map((rs, c) -> check(rs).startedAt())
                .findOne());
  }

  List<Verification> checks(int limit) {
    return database.read(
        h ->
            h.createQuery(CHECK + "ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((rs, c) -> check(rs))
                .list());
  }

  private static Verification check(ResultSet row) throws SQLException {
    String findings = row.getString(10);
    return new Verification(
        row.getLong(1),
        row.getString(2),
        Rung.ofId(row.getString(3)),
        row.getString(4),
        Verification.State.ofId(row.getString(5)),
        Instant.ofEpochMilli(row.getLong(6)),
        time(row, 7),
        row.getLong(8),
        row.getLong(9),
        findings.isEmpty() ? List.of() : findings.lines().toList(),
        row.getInt(11),
        row.getString(12));
  }

  long beginDrill(long plan, long job, String owner, Instant at) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO backup_drill (plan, job, owner, state, started_at)"
                        + " VALUES (:plan, :job, :owner, 'running', :at)"
                        + " ON CONFLICT (job) DO UPDATE SET state = 'running' RETURNING id")
                .bind("plan", plan)
                .bind("job", job)
                .bind("owner", owner)
                .bind("at", at.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  /** Whether the job of the runner has left a record already. */
  boolean recorded(long job) {
    return database.read(
            h ->
                h.createQuery(
                        "SELECT count(*) FROM backup_drill WHERE job = :job AND record IS NOT NULL")
                    .bind("job", job)
                    .mapTo(Long.class)
                    .one())
        > 0;
  }

  void endDrill(long id, Drill.State state, byte[] record, byte[] signature, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_drill SET state = :state, ended_at = :at, record = :record,"
                        + " signature = :signature WHERE id = :id")
                .bind("state", state.id())
                .bind("at", at.toEpochMilli())
                .bind("record", record)
                .bind("signature", signature)
                .bind("id", id)
                .execute());
  }

  void failDrill(long id, Drill.State state, String problem, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_drill SET state = :state, ended_at = :at, problem = :problem"
                        + " WHERE id = :id")
                .bind("state", state.id())
                .bind("at", at.toEpochMilli())
                .bind("problem", problem)
                .bind("id", id)
                .execute());
  }

  List<Drill> drills(int limit) {
    return database.read(
        h ->
            h
                .createQuery(DRILL + "ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((rs, c) -> drill(rs))
                .list()
                .stream()
                .map(this::withLessons)
                .toList());
  }

  Optional<Drill> drill(long id) {
    return database
        .read(
            h ->
                h.createQuery(DRILL + "WHERE id = :id")
                    .bind("id", id)
                    .map((rs, c) -> drill(rs))
                    .findOne())
        .map(this::withLessons);
  }

  /** The newest drill of a backup job that passed, or that ended at all; without its lessons. */
  Optional<Drill> lastDrill(long plan, boolean passed) {
    return database.read(
        h ->
            h.createQuery(
                    DRILL
                        + "WHERE plan = :plan AND state IN "
                        + (passed ? "('passed')" : "('passed', 'failed', 'broken')")
                        + " ORDER BY id DESC LIMIT 1")
                .bind("plan", plan)
                .map((rs, c) -> drill(rs))
                .findOne());
  }

  private Drill withLessons(Drill d) {
    List<Drill.Lesson> lessons =
        database.read(
            h ->
                h.createQuery(
                        "SELECT person, name, at, text FROM backup_drill_lesson"
                            + " WHERE drill = :drill ORDER BY id")
                    .bind("drill", d.id())
                    .map(
                        (rs, c) ->
                            new Drill.Lesson(
                                rs.getString(1),
                                rs.getString(2),
                                Instant.ofEpochMilli(rs.getLong(3)),
                                rs.getString(4)))
                    .list());
    return new Drill(
        d.id(),
        d.plan(),
        d.job(),
        d.owner(),
        d.state(),
        d.startedAt(),
        d.endedAt(),
        d.record(),
        d.problem(),
        lessons);
  }

  private static Drill drill(ResultSet row) throws SQLException {
    byte[] record = row.getBytes(8);
    return new Drill(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        Drill.State.ofId(row.getString(5)),
        Instant.ofEpochMilli(row.getLong(6)),
        time(row, 7),
        record == null || record.length == 0 ? null : DrillRecord.parse(record),
        row.getString(9),
        List.of());
  }

  /** The signed bytes and their signature; empty when there is no record. */
  Optional<DrillPapers.Signed> signed(long id) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT record, signature FROM backup_drill"
                        + " WHERE id = :id AND record IS NOT NULL")
                .bind("id", id)
                .map((rs, c) -> new DrillPapers.Signed(rs.getBytes(1), rs.getBytes(2)))
                .findOne());
  }

  void lesson(long drill, Drill.Lesson lesson) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO backup_drill_lesson (drill, person, name, at, text)"
                        + " VALUES (:drill, :person, :name, :at, :text)")
                .bind("drill", drill)
                .bind("person", lesson.person())
                .bind("name", lesson.name())
                .bind("at", lesson.at().toEpochMilli())
                .bind("text", lesson.text())
                .execute());
  }

  DrillPlan plan(long job) {
    return database
        .read(
            h ->
                h.createQuery("SELECT days, files, bytes FROM backup_drill_plan WHERE plan = :plan")
                    .bind("plan", job)
                    .map(
                        (rs, c) ->
                            new DrillPlan(
                                rs.getInt(1), new DrillScope(rs.getLong(2), rs.getLong(3))))
                    .findOne())
        .orElse(DrillPlan.DEFAULT);
  }

  void plan(long job, DrillPlan plan) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO backup_drill_plan (plan, days, files, bytes)"
                        + " VALUES (:plan, :days, :files, :bytes) ON CONFLICT (plan) DO UPDATE"
                        + " SET days = :days, files = :files, bytes = :bytes")
                .bind("plan", job)
                .bind("days", plan.days())
                .bind("files", plan.scope().files())
                .bind("bytes", plan.scope().bytes())
                .execute());
  }

  /** A paper that was printed and signed before; the signature of one must fit the other. */
  Optional<DrillPapers.Signed> paper(long drill, String language, int lessons) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT pdf, signature FROM backup_drill_paper WHERE drill = :drill"
                        + " AND language = :language AND lessons = :lessons")
                .bind("drill", drill)
                .bind("language", language)
                .bind("lessons", lessons)
                .map((rs, c) -> new DrillPapers.Signed(rs.getBytes(1), rs.getBytes(2)))
                .findOne());
  }

  void paper(long drill, String language, int lessons, DrillPapers.Signed paper) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR IGNORE INTO backup_drill_paper (drill, language, lessons, pdf,"
                        + " signature) VALUES (:drill, :language, :lessons, :pdf, :signature)")
                .bind("drill", drill)
                .bind("language", language)
                .bind("lessons", lessons)
                .bind("pdf", paper.bytes())
                .bind("signature", paper.signature())
                .execute());
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
