package tr.emanet.backup.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * One moment of a PostgreSQL database, held open in a transaction that exported its snapshot: the
 * dump and the counts of rows are of the same moment, whatever others write meanwhile. Close it
 * when the dump is read. One thread.
 */
public final class PostgresMoment implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Tables whose rows a dump has: ordinary ones and the parts of partitioned ones. */
  private static final String TABLES =
      "SELECT coalesce(json_agg(json_build_array(n.nspname, c.relname,"
          + " format('%I.%I', n.nspname, c.relname)) ORDER BY n.nspname, c.relname), '[]')"
          + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind = 'r' AND c.relpersistence <> 't'"
          + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
          + " AND n.nspname NOT LIKE 'pg\\_%'"
          + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid ="
          + " 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');";

  private final PostgresDatabase database;
  private final Map<String, String> environment;
  private final SqlSession holder;
  private final String id;
  private final String server;

  /**
   * Connects and exports the snapshot.
   *
   * @param passFile a file as libpq reads it; null: the server asks for no password
   * @throws BackupException when the server is not reached or refuses
   */
  public PostgresMoment(PostgresDatabase database, @Nullable Path passFile)
      throws IOException, InterruptedException {
    this.database = database;
    this.environment = PostgresDump.environment(passFile);
    this.holder = session();
    try {
      List<String> answer =
          holder.ask(
              "SET idle_in_transaction_session_timeout = 0;"
                  + " BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                  + " SELECT pg_export_snapshot(); SHOW server_version;");
      if (answer.size() != 2 || !answer.getFirst().matches("[0-9A-F-]{1,60}")) {
        throw new BackupException(database.address() + " exports no snapshot: " + holder.said());
      }
      this.id = answer.getFirst();
      this.server = answer.getLast();
    } catch (IOException e) {
      holder.close();
      throw e;
    }
  }

  private SqlSession session() throws BackupException {
    return SqlSession.postgres(
        database.address(),
        List.of(
            "psql",
            "--host=" + database.host(),
            "--port=" + database.port(),
            "--username=" + database.user(),
            "--dbname=" + database.name()),
        environment);
  }

  /** The snapshot, as {@code pg_dump --snapshot} takes it. */
  public String id() {
    return id;
  }

  /**
   * Counts the rows of each table at this moment, exactly; what finds no time is not counted.
   *
   * @param limit for all tables together
   * @param stopped asked before each table; true ends the counting
   */
  public RowCounts count(Duration limit, Instant now, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    // In a session of its own: a statement that fails would end the transaction that exports.
    long end = System.nanoTime() + limit.toNanos();
    List<RowCounts.Table> counted = new ArrayList<>();
    try (SqlSession counter = session()) {
      JsonNode tables =
          JSON.readTree(String.join("", counter.ask(inMoment(TABLES, limit.toMillis()))));
      for (JsonNode table : tables) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        Long rows = null;
        if (millis > 0 && !stopped.getAsBoolean()) {
          rows = rows(counter, table.path(2).asText(), millis);
        }
        counted.add(new RowCounts.Table(table.path(0).asText(), table.path(1).asText(), rows));
      }
    }
    return new RowCounts("postgresql", database.name(), server, now, counted);
  }

  private @Nullable Long rows(SqlSession counter, String name, long millis) throws IOException {
    List<String> answer = counter.ask(inMoment("SELECT count(*) FROM ONLY " + name + ";", millis));
    return answer.size() == 1 && answer.getFirst().matches("[0-9]{1,18}")
        ? Long.valueOf(answer.getFirst())
        : null;
  }

  private String inMoment(String sql, long millis) {
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '"
        + id
        + "'; SET LOCAL statement_timeout = "
        + Math.max(1, millis)
        + "; "
        + sql
        + " COMMIT;";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    holder.close();
  }
}
