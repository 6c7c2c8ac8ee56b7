package tr.emanet.backup.recover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restore.RestorePreview;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.store.Database;

/** The rows of requests to restore. Thread-safe. */
public final class RestoreStore {

  /** How many points of the curve are kept; then every second one goes. */
  static final int SAMPLES = 240;

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final Database database;

  /** A point of the curve: all bytes and files until then. */
  public record Sample(Instant at, long bytes, long files) {}

  /** The lists of a preview, cut as the engine cuts them. */
  public record Lists(
      List<RestorePreview.Overwrite> overwrites, List<RestoreReport.Entry> obstacles) {

    static final Lists NONE = new Lists(List.of(), List.of());
  }

  RestoreStore(Database database) {
    this.database = database;
  }

  Database database() {
    return database;
  }

  long add(RestoreOrder.Plan plan, String by, Instant now) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO restore_order (plan, state, created_by, created_at, changed_at)"
                        + " VALUES (:plan, 'draft', :by, :at, :at) RETURNING id")
                .bind("plan", json(plan))
                .bind("by", by)
                .bind("at", now.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  /** The plan is another one: preview, question and approvals are gone. */
  void aim(long id, RestoreOrder.Plan plan, long job, Instant now) {
    forget(id);
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE restore_order SET plan = :plan, state = 'previewing', preview = '',"
                        + " preview_lists = '', asked_by = '', asked_why = '', asked_at = NULL,"
                        + " problem = '', job = :job, changed_at = :at WHERE id = :id")
                .bind("plan", json(plan))
                .bind("job", job)
                .bind("at", now.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  /**
   * A preview is there; earlier questions and approvals of another one are void.
   *
   * @return false when somebody stopped it meanwhile: then nothing changes
   */
  boolean previewed(long id, RestoreOrder.Forecast seen, Lists lists, String problem, Instant now) {
    return database.transaction(
        () -> {
          int rows =
              database.write(
                  h ->
                      h.createUpdate(
                              "UPDATE restore_order SET state = 'previewed', preview = :preview,"
                                  + " preview_lists = :lists, asked_by = '', asked_why = '',"
                                  + " asked_at = NULL, problem = :problem, changed_at = :at"
                                  + " WHERE id = :id AND state IN ('previewing', 'queued')")
                          .bind("preview", json(seen))
                          .bind("lists", json(lists))
                          .bind("problem", problem)
                          .bind("at", now.toEpochMilli())
                          .bind("id", id)
                          .execute());
          if (rows > 0) {
            forget(id);
          }
          return rows > 0;
        });
  }

  /** There is no preview; the page says why. */
  void draft(long id, String problem, Instant now) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE restore_order SET state = 'draft', problem = :problem, changed_at = :at"
                        + " WHERE id = :id AND state = 'previewing'")
                .bind("problem", problem.length() <= 1000 ? problem : problem.substring(0, 1000))
                .bind("at", now.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  private void forget(long id) {
    database.write(
        h ->
            h.createUpdate("DELETE FROM restore_approval WHERE request = ?").bind(0, id).execute());
  }

  void asked(long id, String by, String why, Instant now) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE restore_order SET state = 'asked', asked_by = :by, asked_why = :why,"
                        + " asked_at = :at, problem = '', changed_at = :at WHERE id = :id")
                .bind("by", by)
                .bind("why", why)
                .bind("at", now.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  void approved(long id, RestoreOrder.Approval one) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO restore_approval (request, kind, person, at, digest)"
                        + " VALUES (:id, :kind, :by, :at, :digest) ON CONFLICT DO UPDATE SET"
                        + " person = :by, at = :at, digest = :digest")
                .bind("id", id)
                .bind("kind", one.kind().id())
                .bind("by", one.by())
                .bind("at", one.at().toEpochMilli())
                .bind("digest", one.digest())
                .execute());
  }

  void queued(long id, long job, Instant now) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE restore_order SET state = 'queued', job = :job, paused_at = NULL,"
                        + " problem = '', changed_at = :at WHERE id = :id")
                .bind("job", job)
                .bind("at", now.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  /** False when somebody stopped it, or let it rest, meanwhile: then it must not begin. */
  boolean begun(long id, Instant now) {
    return database.write(
        h ->
            h.createUpdate(
                        "UPDATE restore_order SET state = 'running',"
                            + " begun_at = coalesce(begun_at, :at), changed_at = :at"
                            + " WHERE id = :id AND state IN ('queued', 'running')")
                    .bind("at", now.toEpochMilli())
                    .bind("id", id)
                    .execute()
                > 0);
  }

  void paused(long id, String problem, Instant now) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE restore_order SET state = 'paused', paused_at = :at, changed_at = :at,"
                        + " problem = :problem WHERE id = :id AND state = 'running'")
                .bind("problem", problem)
                .bind("at", now.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  /**
   * Ends it, once. What was counted is added to one that a person has stopped; it stays stopped.
   *
   * @return false when it has ended already
   */
  boolean ended(
      long id,
      RestoreState state,
      RestoreReport.@Nullable Counts counts,
      String problem,
      Instant now) {
    return database.write(
        h ->
            h.createUpdate(
                        "UPDATE restore_order SET counts = :counts, problem = :problem,"
                            + " state = CASE state WHEN 'stopped' THEN state ELSE :state END,"
                            + " ended_at = :at, changed_at = :at WHERE id = :id AND (state NOT IN"
                            + " ('done', 'failed', 'stopped', 'refused', 'expired')"
                            + " OR state = 'stopped' AND counts = '' AND :counts <> '')")
                    .bind("state", state.id())
                    .bind("counts", counts == null ? "" : json(counts))
                    .bind(
                        "problem", problem.length() <= 1000 ? problem : problem.substring(0, 1000))
                    .bind("at", now.toEpochMilli())
                    .bind("id", id)
                    .execute()
                > 0);
  }

  /** How far it is, and a point of the curve. */
  void progress(long id, Sample now, String current) {
    database.write(
        h -> {
          h.createUpdate(
                  "UPDATE restore_order SET bytes = :bytes, files = :files, current = :current"
                      + " WHERE id = :id")
              .bind("bytes", now.bytes())
              .bind("files", now.files())
              .bind("current", current)
              .bind("id", id)
              .execute();
          h.createUpdate(
                  "INSERT INTO restore_sample (request, at, bytes, files)"
                      + " VALUES (:id, :at, :bytes, :files) ON CONFLICT DO NOTHING")
              .bind("id", id)
              .bind("at", now.at().toEpochMilli())
              .bind("bytes", now.bytes())
              .bind("files", now.files())
              .execute();
          return h.createUpdate(
                  "DELETE FROM restore_sample WHERE request = :id AND (SELECT count(*)"
                      + " FROM restore_sample WHERE request = :id) > :most AND at IN"
                      + " (SELECT at FROM (SELECT at, row_number() OVER (ORDER BY at) AS n"
                      + " FROM restore_sample WHERE request = :id) WHERE n % 2 = 0)")
              .bind("id", id)
              .bind("most", SAMPLES)
              .execute();
        });
  }

  List<Sample> samples(long id) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT at, bytes, files FROM restore_sample WHERE request = :id ORDER BY at")
                .bind("id", id)
                .map(
                    (row, c) ->
                        new Sample(
                            Instant.ofEpochMilli(row.getLong(1)), row.getLong(2), row.getLong(3)))
                .list());
  }

  Lists lists(long id) {
    String text =
        database.read(
            h ->
                h.createQuery("SELECT preview_lists FROM restore_order WHERE id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(""));
    return text.isEmpty() ? Lists.NONE : read(text, Lists.class);
  }

  Optional<RestoreOrder> find(long id) {
    return database
        .read(
            h ->
                h.createQuery("SELECT * FROM restore_order WHERE id = :id")
                    .bind("id", id)
                    .map((row, c) -> order(row))
                    .findOne())
        .map(this::approvals);
  }

  /** The newest first. */
  List<RestoreOrder> newest(int limit) {
    return database
        .read(
            h ->
                h.createQuery("SELECT * FROM restore_order ORDER BY id DESC LIMIT :limit")
                    .bind("limit", limit)
                    .map((row, c) -> order(row))
                    .list())
        .stream()
        .map(this::approvals)
        .toList();
  }

  /** Those that have not ended, the oldest first. */
  List<RestoreOrder> unfinished() {
    return database
        .read(
            h ->
                h.createQuery(
                        "SELECT * FROM restore_order WHERE state IN ('draft', 'previewing',"
                            + " 'previewed', 'asked', 'queued', 'running', 'paused') ORDER BY id")
                    .map((row, c) -> order(row))
                    .list())
        .stream()
        .map(this::approvals)
        .toList();
  }

  private RestoreOrder approvals(RestoreOrder o) {
    List<RestoreOrder.Approval> all =
        database.read(
            h ->
                h.createQuery(
                        "SELECT kind, person, at, digest FROM restore_approval"
                            + " WHERE request = :id ORDER BY kind")
                    .bind("id", o.id())
                    .map(
                        (row, c) ->
                            new RestoreOrder.Approval(
                                RestoreOrder.Kind.ofId(row.getString(1)),
                                row.getString(2),
                                Instant.ofEpochMilli(row.getLong(3)),
                                row.getString(4)))
                    .list());
    return new RestoreOrder(
        o.id(),
        o.plan(),
        o.state(),
        o.by(),
        o.createdAt(),
        o.changedAt(),
        o.forecast(),
        o.asked(),
        all,
        o.course(),
        o.counts(),
        o.problem());
  }

  private static RestoreOrder order(ResultSet row) throws SQLException {
    String preview = row.getString("preview");
    String counts = row.getString("counts");
    Instant askedAt = time(row, "asked_at");
    return new RestoreOrder(
        row.getLong("id"),
        read(row.getString("plan"), RestoreOrder.Plan.class),
        RestoreState.ofId(row.getString("state")),
        row.getString("created_by"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        preview.isEmpty() ? null : read(preview, RestoreOrder.Forecast.class),
        askedAt == null
            ? null
            : new RestoreOrder.Asked(
                row.getString("asked_by"), row.getString("asked_why"), askedAt),
        List.of(),
        new RestoreOrder.Course(
            row.getLong("job"),
            time(row, "begun_at"),
            time(row, "paused_at"),
            time(row, "ended_at"),
            row.getLong("bytes"),
            row.getLong("files"),
            row.getString("current")),
        counts.isEmpty() ? null : read(counts, RestoreReport.Counts.class),
        row.getString("problem"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a restore as JSON", e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of restores is damaged", e);
    }
  }
}
