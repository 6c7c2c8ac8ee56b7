package tr.emanet.backup.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of backup jobs and runs. Thread-safe. */
final class BackupStore {

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final Database database;

  BackupStore(Database database) {
    this.database = database;
  }

  long add(BackupSpec spec, String by, Instant now, @Nullable Instant next) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO backup_plan (spec, created_by, created_at, changed_at, next_run)"
                        + " VALUES (:spec, :by, :at, :at, :next) RETURNING id")
                .bind("spec", json(spec))
                .bind("by", by)
                .bind("at", now.toEpochMilli())
                .bind("next", millis(next))
                .mapTo(Long.class)
                .one());
  }

  void change(long id, BackupSpec spec, Instant now, @Nullable Instant next) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_plan SET spec = :spec, changed_at = :at, next_run = :next"
                        + " WHERE id = :id")
                .bind("spec", json(spec))
                .bind("at", now.toEpochMilli())
                .bind("next", millis(next))
                .bind("id", id)
                .execute());
  }

  void next(long id, @Nullable Instant next) {
    set(id, "next_run", millis(next));
  }

  void paused(long id, boolean paused) {
    set(id, "paused", paused ? 1L : 0L);
  }

  void removed(long id, Instant at) {
    set(id, "removed_at", at.toEpochMilli());
  }

  private void set(long id, String column, @Nullable Long value) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_plan SET " + column + " = :value WHERE id = :id")
                .bind("value", value)
                .bind("id", id)
                .execute());
  }

  void frozen(long id, @Nullable Instant at, String why) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_plan SET frozen_at = :at, frozen_why = :why WHERE id = :id")
                .bind("at", millis(at))
                .bind("why", why)
                .bind("id", id)
                .execute());
  }

  void approved(long id, Keep keep) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_plan SET keep_approved = :keep, keep_asked = '',"
                        + " keep_asked_by = '', keep_asked_at = NULL WHERE id = :id")
                .bind("keep", keep.text())
                .bind("id", id)
                .execute());
  }

  void asked(long id, @Nullable Keep keep, String by, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_plan SET keep_asked = :keep, keep_asked_by = :by,"
                        + " keep_asked_at = :at WHERE id = :id")
                .bind("keep", keep == null ? "" : keep.text())
                .bind("by", by)
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  List<BackupJob> jobs() {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_plan WHERE removed_at IS NULL ORDER BY id")
                .map((row, c) -> job(row))
                .list());
  }

  Optional<BackupJob> job(long id) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_plan WHERE removed_at IS NULL AND id = :id")
                .bind("id", id)
                .map((row, c) -> job(row))
                .findOne());
  }

  long begin(
      long plan, long job, RunRecord.Cause cause, String owner, String repository, Instant at) {
    return database.write(
        h -> {
          int ignored =
              h.createUpdate(
                      "INSERT OR IGNORE INTO backup_left SELECT snapshot, id FROM backup_run"
                          + " WHERE job = :job AND snapshot <> ''")
                  .bind("job", job)
                  .execute();
          return h.createQuery(
                  "INSERT INTO backup_run (plan, job, cause, owner, repository, state,"
                      + " started_at) VALUES (:plan, :job, :cause, :owner, :repository,"
                      + " 'running', :at) ON CONFLICT (job) DO UPDATE SET"
                      + " attempts = attempts + 1, state = 'running', ended_at = NULL,"
                      + " snapshot = '', problem = '' RETURNING id")
              .bind("plan", plan)
              .bind("job", job)
              .bind("cause", cause.id())
              .bind("owner", owner)
              .bind("repository", repository)
              .bind("at", at.toEpochMilli())
              .mapTo(Long.class)
              .one();
        });
  }

  /** Ends a run; of one that failed after its snapshot was named the name stays. */
  void end(RunRecord run) {
    RunRecord.Figures f = run.figures();
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_run SET state = :state, ended_at = :at, snapshot = CASE"
                        + " :snapshot WHEN '' THEN snapshot ELSE :snapshot END, seal = :seal,"
                        + " entries = :entries, unchanged = :unchanged, files = :files, bytes ="
                        + " :bytes, read_bytes = :read, new_bytes = :fresh, stored_bytes = :stored,"
                        + " scrambled = :scrambled, unread = :unread, unread_list = :list, findings"
                        + " = :findings, problem = :problem WHERE id = :id")
                .bind("state", run.state().id())
                .bind("at", millis(run.endedAt()))
                .bind("snapshot", run.snapshot())
                .bind("seal", run.seal())
                .bind("entries", f.entries())
                .bind("unchanged", f.unchanged())
                .bind("files", f.files())
                .bind("bytes", f.bytes())
                .bind("read", f.read())
                .bind("fresh", f.fresh())
                .bind("stored", f.stored())
                .bind("scrambled", f.scrambled())
                .bind("unread", run.unread())
                .bind("list", run.unreadList())
                .bind("findings", words(run.findings()))
                .bind("problem", run.problem())
                .bind("id", run.id())
                .execute());
  }

  void expired(long id, Instant at) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_run SET expired_at = :at WHERE id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  /** Runs of a job, the newest first. */
  List<RunRecord> runs(long plan, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_run WHERE plan = :plan ORDER BY id DESC LIMIT :limit")
                .bind("plan", plan)
                .bind("limit", limit)
                .map((row, c) -> run(row))
                .list());
  }

  /** Complete and incomplete runs of a job, however many others lie between; the newest first. */
  List<RunRecord> good(long plan, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_run WHERE plan = :plan"
                        + " AND state IN ('complete', 'incomplete')"
                        + " ORDER BY id DESC LIMIT :limit")
                .bind("plan", plan)
                .bind("limit", limit)
                .map((row, c) -> run(row))
                .list());
  }

  /** The number of the newest run of a job that was suspicious; 0: none was. */
  long lastSuspicious(long plan) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT coalesce(max(id), 0) FROM backup_run WHERE plan = :plan"
                        + " AND state = 'suspicious'")
                .bind("plan", plan)
                .mapTo(Long.class)
                .one());
  }

  /** Runs whose snapshot, or one that they left, stands; the newest first. */
  List<RunRecord> standing(long plan) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_run WHERE plan = :plan AND expired_at IS NULL"
                        + " AND (snapshot <> '' OR id IN (SELECT run FROM backup_left))"
                        + " ORDER BY id DESC")
                .bind("plan", plan)
                .map((row, c) -> run(row))
                .list());
  }

  /** Whether a run before has stored a snapshot at an address. */
  boolean isUsed(String repository) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT EXISTS (SELECT 1 FROM backup_run"
                        + " WHERE repository = :repository AND snapshot <> '')")
                .bind("repository", repository)
                .mapTo(Boolean.class)
                .one());
  }

  /** How many runs to a repository there were. */
  long runsTo(String repository) {
    return database.read(
        h ->
            h.createQuery("SELECT COUNT(*) FROM backup_run WHERE repository = :repository")
                .bind("repository", repository)
                .mapTo(Long.class)
                .one());
  }

  /** Runs that a row says are running, whether anybody runs them or not. */
  List<RunRecord> running() {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_run WHERE state = 'running' ORDER BY id")
                .map((row, c) -> run(row))
                .list());
  }

  Optional<RunRecord> run(long id) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_run WHERE id = :id")
                .bind("id", id)
                .map((row, c) -> run(row))
                .findOne());
  }

  Optional<RunRecord> runOfJob(long job) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_run WHERE job = :job")
                .bind("job", job)
                .map((row, c) -> run(row))
                .findOne());
  }

  static String words(List<Guard.Finding> findings) {
    return findings.stream().map(Guard.Finding::id).collect(Collectors.joining(" "));
  }

  static List<Guard.Finding> findings(String words) {
    return words.isEmpty()
        ? List.of()
        : Arrays.stream(words.split(" ", -1)).map(Guard.Finding::ofId).toList();
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  private static String json(BackupSpec spec) {
    try {
      return JSON.writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a job's plan as JSON", e);
    }
  }

  private static BackupJob job(ResultSet row) throws SQLException {
    BackupSpec spec;
    try {
      spec = JSON.readValue(row.getString("spec"), BackupSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the plan of backup job " + row.getLong("id"), e);
    }
    String approved = row.getString("keep_approved");
    String asked = row.getString("keep_asked");
    Instant askedAt = time(row, "keep_asked_at");
    return new BackupJob(
        row.getLong("id"),
        spec,
        row.getString("created_by"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        time(row, "next_run"),
        row.getInt("paused") != 0,
        time(row, "frozen_at"),
        row.getString("frozen_why"),
        approved.isEmpty() ? null : Keep.parse(approved),
        asked.isEmpty() || askedAt == null
            ? null
            : new BackupJob.AskedKeep(Keep.parse(asked), row.getString("keep_asked_by"), askedAt));
  }

  static RunRecord run(ResultSet row) throws SQLException {
    return new RunRecord(
        row.getLong("id"),
        row.getLong("plan"),
        row.getLong("job"),
        RunRecord.Cause.ofId(row.getString("cause")),
        row.getString("owner"),
        row.getString("repository"),
        RunRecord.State.ofId(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("started_at")),
        time(row, "ended_at"),
        row.getInt("attempts"),
        row.getString("snapshot"),
        row.getString("seal"),
        new RunRecord.Figures(
            row.getLong("entries"),
            row.getLong("unchanged"),
            row.getLong("files"),
            row.getLong("bytes"),
            row.getLong("read_bytes"),
            row.getLong("new_bytes"),
            row.getLong("stored_bytes"),
            row.getLong("scrambled")),
        row.getLong("unread"),
        row.getString("unread_list"),
        findings(row.getString("findings")),
        row.getString("problem"),
        time(row, "expired_at"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
