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
import java.util.List;
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
    RowCounts after;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(dump))) {
      after = mariaDb ? mariaDb(before, in, stopped) : postgres(before, in, stopped);
    }
    return compared(before, after);
  }

  private RowCounts postgres(RowCounts before, InputStream dump, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try (ScratchPostgres server = ScratchPostgres.start(place, stopped)) {
      server.load(before.database(), dump);
      return server.counts(before.database(), COUNTING, clock.instant(), stopped);
    }
  }

  private RowCounts mariaDb(RowCounts before, InputStream dump, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try (ScratchMariaDb server = ScratchMariaDb.start(place, stopped)) {
      server.load(dump);
      return server.counts(before.database(), COUNTING, clock.instant(), stopped);
    }
  }

  /** The database as a whole, then each table that differs. */
  static List<Line> compared(RowCounts before, RowCounts after) {
    List<Line> lines = new ArrayList<>();
    List<RowCounts.Difference> differences = before.differences(after);
    lines.add(
        new Line(
            before.database(),
            "",
            before.rows(),
            // A table that was not counted at the backup is in neither sum.
            differences.isEmpty() ? before.rows() : after.rows(),
            differences.isEmpty() ? "" : differences.size() + " tables differ"));
    for (RowCounts.Difference one : differences) {
      if (lines.size() >= MAX_LINES) {
        break;
      }
      lines.add(
          new Line(
              before.database(),
              one.schema() + "." + one.name(),
              number(one.here()),
              number(one.there()),
              one.there() == null ? "the table did not come back" : "the rows differ"));
    }
    return lines;
  }

  private static long number(@Nullable Long rows) {
    return rows == null ? 0 : rows;
  }
}
