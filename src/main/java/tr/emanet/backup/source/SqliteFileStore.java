package tr.emanet.backup.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import tr.emanet.backup.BackupException;

/**
 * Copies an SQLite database of somebody else while it is in use: {@code VACUUM INTO} gives one
 * consistent moment, with what still stands in the write-ahead log; copying the file would not. The
 * copy is checked before it counts. Any thread.
 */
public final class SqliteFileStore {

  private static final int BUSY_MILLIS = 30_000;

  private SqliteFileStore() {}

  /**
   * Writes a copy into the directory, under the file's own name.
   *
   * @throws BackupException when it is no database, is locked for too long, or its copy is damaged
   */
  public static Path into(Path database, Path directory) throws IOException {
    if (!Files.isRegularFile(database)) {
      throw new BackupException("'" + database + "' is no file; name an SQLite database");
    }
    Path copy = directory.resolve(String.valueOf(database.getFileName()));
    Files.deleteIfExists(copy);
    try (Connection source = open(database);
        PreparedStatement vacuum = source.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    } catch (SQLException e) {
      Files.deleteIfExists(copy);
      throw new BackupException(
          "'" + database + "' cannot be copied as an SQLite database: " + e.getMessage(), e);
    }
    check(database, copy);
    return copy;
  }

  private static Connection open(Path file) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", String.valueOf(BUSY_MILLIS));
    // 1: read only. The owner's file and its log are not touched, and a missing file is not made.
    settings.setProperty("open_mode", "1");
    return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
  }

  private static void check(Path database, Path copy) throws IOException {
    try (Connection made = open(copy);
        Statement statement = made.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
      String said = rows.next() ? rows.getString(1) : "nothing";
      if (!"ok".equals(said)) {
        throw new BackupException("the copy of '" + database + "' is damaged: " + said);
      }
    } catch (SQLException e) {
      throw new BackupException(
          "the copy of '" + database + "' cannot be read: " + e.getMessage(), e);
    }
  }
}
