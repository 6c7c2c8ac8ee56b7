package tr.emanet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the tables to the shape this version of the program expects. Refuses a database written by
 * a newer version and one whose applied steps differ from ours. One thread only.
 *
 * <p>A step is one file {@code /tr/emanet/<feature>/db/V<date>_<number>__<name>.sql}; the file
 * {@code steps} beside it lists them, a line each. Version numbers are unique over all features; a
 * date in front keeps people from taking the same one. Steps run in the order of their versions,
 * but one that comes late, from another branch, is applied all the same.
 */
final class Migrator {

  private static final Pattern NAME =
      Pattern.compile("V([0-9]{1,9}(?:_[0-9]{1,9})*)__(\\w+)\\.sql");

  private final Path file;
  private final Connection connection;

  /**
   * One step.
   *
   * @param checksum SHA-256 of the text, in hex
   */
  private record Step(String version, String name, String sql, String checksum) {}

  /**
   * @param file the database, for messages
   * @param connection a writer's, with automatic commits
   */
  Migrator(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Checks what was applied, then applies what is missing of these features. */
  void migrate(List<String> features) throws StoreException, SQLException {
    Map<String, Step> missing = new TreeMap<>(Migrator::compareVersions);
    for (String feature : features) {
      for (Step step : steps(feature)) {
        if (missing.put(step.version(), step) != null) {
          throw new IllegalStateException("two steps have the version " + step.version());
        }
      }
    }
    execute(
        "CREATE TABLE IF NOT EXISTS schema_step (version TEXT PRIMARY KEY, name TEXT NOT NULL,"
            + " checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    try (Statement statement = connection.createStatement();
        ResultSet applied =
            statement.executeQuery("SELECT version, name, checksum FROM schema_step")) {
      while (applied.next()) {
        Step ours = missing.remove(applied.getString(1));
        if (ours == null) {
          throw newer(applied.getString(1), applied.getString(2));
        }
        if (!ours.checksum().equals(applied.getString(3))) {
          throw different(ours);
        }
      }
    }
    for (Step step : missing.values()) {
      apply(step);
    }
  }

  /** One step and its row, together or not at all. */
  private void apply(Step step) throws SQLException {
    boolean done = false;
    execute("BEGIN IMMEDIATE");
    try {
      // The driver hands a text of several statements to SQLite as a whole, triggers included.
      execute(step.sql());
      try (PreparedStatement row =
          connection.prepareStatement(
              "INSERT INTO schema_step (version, name, checksum, applied_at)"
                  + " VALUES (?, ?, ?, unixepoch() * 1000)")) {
        row.setString(1, step.version());
        row.setString(2, step.name());
        row.setString(3, step.checksum());
        row.executeUpdate();
      }
      execute("COMMIT");
      done = true;
    } finally {
      if (!done) {
        execute("ROLLBACK");
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static List<Step> steps(String feature) {
    String folder = "/tr/emanet/" + feature + "/db/";
    return resource(folder + "steps").lines().map(name -> step(folder, name)).toList();
  }

  private static Step step(String folder, String fileName) {
    Matcher parts = NAME.matcher(fileName);
    if (!parts.matches()) {
      throw new IllegalStateException(folder + fileName + " is no name of a step");
    }
    String sql = resource(folder + fileName);
    return new Step(parts.group(1), parts.group(2), sql, digest(sql));
  }

  private static String resource(String name) {
    try (InputStream in = Migrator.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Part by part, as numbers: {@code 2026_11_9} comes before {@code 2026_11_22_1}. */
  private static int compareVersions(String a, String b) {
    return Arrays.compare(
        Arrays.stream(a.split("_", -1)).mapToInt(Integer::parseInt).toArray(),
        Arrays.stream(b.split("_", -1)).mapToInt(Integer::parseInt).toArray());
  }

  private StoreException newer(String version, String name) {
    return new StoreException(
        "store "
            + file
            + " was written by a newer version of Emanet (step "
            + version
            + " "
            + name
            + "); start that version, or restore the state directory from a backup",
        null);
  }

  private StoreException different(Step ours) {
    return new StoreException(
        "store "
            + file
            + ": its tables were made by other steps than this program has (step "
            + ours.version()
            + " "
            + ours.name()
            + "); use the version that wrote it, or restore the state directory from a backup",
        null);
  }
}
