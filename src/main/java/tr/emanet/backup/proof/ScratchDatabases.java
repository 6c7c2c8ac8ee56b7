package tr.emanet.backup.proof;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.source.RowCounts;
import tr.emanet.backup.source.ScratchMariaDb;
import tr.emanet.backup.source.ScratchPostgres;

/**
 * Loads restored dumps of PostgreSQL and MariaDB into a server of our own and compares the rows of
 * each table with those that were counted under the snapshot of the dump. One server for each dump,
 * stopped and removed at once.
 */
public final class ScratchDatabases implements DatabaseProof {

  private static final Duration COUNTING = Duration.ofMinutes(30);
  private static final int MAX_LINES = 200;

  private final Path place;
  private final InstantSource clock;

  /**
   * Makes it.
   *
   * @param place directory below which servers have theirs
   */
  public ScratchDatabases(Path place, InstantSource clock) {
    this.place = place;
    this.clock = clock;
  }

  @Override
  public List<Line> prove(Path counts, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    RowCounts before = RowCounts.parse(Files.readAllBytes(counts));
    boolean mariaDb = before.system().equals("mariadb");
    Path dump = counts.resolveSibling(before.database() + (mariaDb ? ".sql" : ".dump"));
    if (!Files.isRegularFile(dump, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException("the dump of database " + before.database() + " is not beside it");
    }
    RowCounts after = mariaDb ? mariaDb(before, dump, stopped) : postgres(before, dump, stopped);
    return compared(before, after);
  }

  private RowCounts postgres(RowCounts before, Path dump, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try (ScratchPostgres server = ScratchPostgres.start(place, stopped)) {
      server.load(before.database(), dump);
      return server.counts(before.database(), COUNTING, clock.instant(), stopped);
    }
  }

  private RowCounts mariaDb(RowCounts before, Path dump, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(dump));
        ScratchMariaDb server = ScratchMariaDb.start(place, stopped)) {
      server.load(in);
      return server.counts(before.database(), COUNTING, clock.instant(), stopped);
    }
  }

  /** The database as a whole, then each table that differs, then those that nobody counted. */
  static List<Line> compared(RowCounts before, RowCounts after) {
    Map<String, RowCounts.Table> there = new HashMap<>();
    after.tables().forEach(table -> there.put(name(table), table));
    List<Line> wrong = new ArrayList<>();
    List<Line> uncounted = new ArrayList<>();
    long found = 0;
    for (RowCounts.Table table : before.tables()) {
      RowCounts.Table twin = there.remove(name(table));
      Line line = new Line(before.database(), name(table), rows(table), rows(twin), "");
      String problem = problem(table, twin);
      if (!problem.isEmpty()) {
        wrong.add(line.with(problem));
      } else if (table.rows() == null) {
        uncounted.add(line);
      }
      found += table.rows() == null ? 0 : Math.max(0, rows(twin));
    }
    there
        .values()
        .forEach(
            more ->
                wrong.add(
                    new Line(before.database(), name(more), UNCOUNTED, rows(more), "")
                        .with("the table was not there at the backup")));
    String problem =
        !wrong.isEmpty()
            ? wrong.size() + " tables differ"
            : before.counted() == 0 && !before.tables().isEmpty()
                ? "no table was counted at the backup; nothing is compared"
                : "";
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(before.database(), "", before.rows(), found, problem));
    lines.addAll(wrong);
    lines.addAll(uncounted);
    return lines.size() <= MAX_LINES ? lines : List.copyOf(lines.subList(0, MAX_LINES));
  }

  private static String problem(RowCounts.Table table, RowCounts.@Nullable Table twin) {
    Long expected = table.rows();
    if (twin == null) {
      return "the table did not come back";
    }
    Long found = twin.rows();
    if (expected == null) {
      return "";
    }
    return found == null
        ? "its rows were not counted after the restore"
        : found.equals(expected) ? "" : "the rows differ";
  }

  private static String name(RowCounts.Table table) {
    return table.schema() + "." + table.name();
  }

  private static long rows(RowCounts.@Nullable Table table) {
    Long rows = table == null ? null : table.rows();
    return rows == null ? UNCOUNTED : rows;
  }
}
