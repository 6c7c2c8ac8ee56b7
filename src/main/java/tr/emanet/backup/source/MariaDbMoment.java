package tr.emanet.backup.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * One moment of a MariaDB database. MariaDB cannot hand a snapshot to another session, so one
 * session of ours keeps writers away with {@code LOCK TABLES ... READ} while another one, which
 * counts later, and {@code mariadb-dump} each begin their own: both see the same rows. Call {@link
 * #release} as soon as the dump has begun. One thread.
 *
 * <p>When the lock is not had within five seconds, because somebody's transaction is long, nothing
 * is waited for and {@link #count} gives tables without numbers: numbers of another moment would
 * prove nothing.
 */
final class MariaDbMoment implements AutoCloseable {

  /** The lock that is waited for blocks writers behind it, so not for long. */
  private static final int LOCK_SECONDS = 5;

  private final MariaDbDatabase database;
  private final SqlSession locker;
  private final SqlSession counter;
  private final List<String> tables = new ArrayList<>();
  private final Set<String> loose = new HashSet<>();
  private final String server;
  private boolean exact;

  /**
   * Connects, locks and begins.
   *
   * @param client what starts the client {@code mariadb} with the server and the user
   * @throws BackupException when the server is not reached or refuses
   */
  MariaDbMoment(MariaDbDatabase database, List<String> client)
      throws IOException, InterruptedException {
    this.database = database;
    this.locker = SqlSession.mariaDb(database.address(), client);
    try {
      this.counter = SqlSession.mariaDb(database.address(), client);
    } catch (IOException e) {
      locker.close();
      throw e;
    }
    try {
      this.server = String.join("", locker.ask("SELECT version();"));
      // The name has no quote: the record refuses it.
      for (String line :
          locker.ask(
              "SELECT concat(if(engine = 'InnoDB', '', '-'), hex(table_name)) FROM"
                  + " information_schema.tables WHERE table_schema = '"
                  + database.name()
                  + "' AND table_type = 'BASE TABLE' ORDER BY table_name;")) {
        String hex = line.startsWith("-") ? line.substring(1) : line;
        String table = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        tables.add(table);
        if (line.startsWith("-")) {
          loose.add(table);
        }
      }
      exact = loose.size() == tables.size() || (locked() && begun());
    } catch (IOException | IllegalArgumentException e) {
      close();
      throw new BackupException(
          database.address() + " names no tables: " + e.getMessage() + " " + locker.said(), e);
    }
  }

  private boolean locked() throws IOException {
    String all =
        tables.stream()
            .filter(table -> !loose.contains(table))
            .map(table -> name(table) + " READ")
            .collect(Collectors.joining(", "));
    return List.of("0")
        .equals(
            locker.ask(
                "SET SESSION lock_wait_timeout = "
                    + LOCK_SECONDS
                    + ", SESSION innodb_lock_wait_timeout = "
                    + LOCK_SECONDS
                    + ";\nLOCK TABLES "
                    + all
                    + ";\nSELECT @@error_count;"));
  }

  private boolean begun() throws IOException {
    return List.of("0")
        .equals(
            counter.ask(
                """
                SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;
                START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */;
                SELECT @@error_count;\
                """));
  }

  private String name(String table) {
    return "`" + database.name() + "`.`" + table.replace("`", "``") + "`";
  }

  /**
   * Lets others write again.
   *
   * @param sure false when the dump may not have begun: then nothing is counted
   */
  void release(boolean sure) throws IOException {
    exact &= sure;
    locker.ask("UNLOCK TABLES;");
  }

  /** Says that nobody else writes: then tables without transactions can be counted too. */
  void alone() throws IOException {
    loose.clear();
    release(true);
  }

  /**
   * Counts the rows of each table at this moment, exactly; what finds no time, or has no
   * transactions and so no moment, is not counted.
   *
   * @param limit for all tables together
   * @param stopped asked before each table; true ends the counting
   */
  RowCounts count(Duration limit, Instant now, BooleanSupplier stopped) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    List<RowCounts.Table> counted = new ArrayList<>();
    for (String table : tables) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      boolean can = exact && !loose.contains(table) && millis > 0 && !stopped.getAsBoolean();
      Long rows = can ? rows(table, millis) : null;
      counted.add(new RowCounts.Table(database.name(), table, rows));
    }
    return new RowCounts("mariadb", database.name(), server, now, counted);
  }

  private @Nullable Long rows(String table, long millis) throws IOException {
    // Each server reads the one of the two that it knows.
    List<String> answer =
        counter.ask(
            "/*M!100100 SET SESSION max_statement_time = "
                + Math.max(1, millis / 1000)
                + " */;\n/*!50708 SET SESSION max_execution_time = "
                + Math.max(1, millis)
                + " */;\nSELECT count(*) FROM "
                + name(table)
                + ";");
    return answer.size() == 1 && answer.getFirst().matches("[0-9]{1,18}")
        ? Long.valueOf(answer.getFirst())
        : null;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      locker.close();
    } finally {
      counter.close();
    }
  }
}
