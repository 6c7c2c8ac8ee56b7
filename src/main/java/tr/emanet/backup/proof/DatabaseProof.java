package tr.emanet.backup.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Starts restored databases and counts their rows. */
@FunctionalInterface
public interface DatabaseProof {

  /** Starts none, and says so where one was expected. */
  DatabaseProof NONE =
      (counts, stopped) ->
          List.of(new Line(String.valueOf(counts.getFileName()), "", 0, 0, "was not started"));

  /** Rows that nobody counted. */
  long UNCOUNTED = -1;

  /**
   * One table, or one database as a whole.
   *
   * @param table empty for the database as a whole
   * @param expected rows at the backup; {@link #UNCOUNTED}: they cannot be compared
   * @param found rows after the restore
   * @param problem empty when all is well
   */
  record Line(String database, String table, long expected, long found, String problem) {

    Line with(String what) {
      return new Line(database, table, expected, found, what);
    }

    /** Whether it came back as it was, as far as anybody can say. */
    public boolean good() {
      return problem.isEmpty() && (expected == UNCOUNTED || expected == found);
    }
  }

  /**
   * Loads what lies beside the file of counts into a scratch server, and counts.
   *
   * @param counts the restored {@code emanet-counts.json}
   * @throws IOException when no scratch server can be started; the message names the remedy
   */
  List<Line> prove(Path counts, BooleanSupplier stopped) throws IOException, InterruptedException;
}
