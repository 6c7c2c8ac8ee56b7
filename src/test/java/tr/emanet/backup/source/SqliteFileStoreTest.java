package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;

class SqliteFileStoreTest {

  @TempDir Path place;

  @Test
  void copiesWhatStandsInTheLogAndNotWhatIsNotCommitted() throws Exception {
    Path database = place.resolve("evrak kayıt.db");
    Path out = Files.createDirectory(place.resolve("out"));
    try (Connection owner = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = owner.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("CREATE TABLE evrak (no INTEGER PRIMARY KEY, konu TEXT)");
      statement.execute("INSERT INTO evrak (konu) VALUES ('İmar'), ('Şikâyet')");
      owner.setAutoCommit(false);
      statement.execute("INSERT INTO evrak (konu) VALUES ('yarım')");

      Path copy = SqliteFileStore.into(database, out);

      try (Connection made = DriverManager.getConnection("jdbc:sqlite:" + copy);
          Statement read = made.createStatement();
          ResultSet rows = read.executeQuery("SELECT group_concat(konu) FROM evrak")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("İmar,Şikâyet");
      }
      owner.rollback();
    }
  }

  @Test
  void refusesWhatIsNoDatabase() throws Exception {
    Path file = place.resolve("rapor.db");
    byte[] bytes = new byte[20_000];
    new Random(1).nextBytes(bytes);
    Files.write(file, bytes);

    assertThatThrownBy(() -> SqliteFileStore.into(file, place.resolve("out")))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("rapor.db")
        .hasMessageContaining("not a database");
    assertThatThrownBy(() -> SqliteFileStore.into(place.resolve("yok.db"), place.resolve("out")))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is no file");
  }

  @Test
  void refusesADatabaseThatIsDamaged() throws Exception {
    Path database = place.resolve("hasarli.db");
    try (Connection owner = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE t (a TEXT)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
              + " INSERT INTO t SELECT hex(randomblob(40)) FROM n");
    }
    byte[] bytes = Files.readAllBytes(database);
    for (int i = 8_192; i < 8_292; i++) {
      bytes[i] = (byte) 0xff;
    }
    Files.write(database, bytes);
    Path out = Files.createDirectory(place.resolve("out"));

    assertThatThrownBy(() -> SqliteFileStore.into(database, out))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("hasarli.db");
  }
}
