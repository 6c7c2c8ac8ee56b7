package tr.emanet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @TempDir private Path state = Path.of(".");

  private Database open() throws StoreException {
    return Database.open(state, List.of("sample"));
  }

  private static void add(Database database, String note) {
    database.write(
        h -> h.createUpdate("INSERT INTO sample (note) VALUES (:n)").bind("n", note).execute());
  }

  private static List<String> notes(Database database) {
    return database.read(
        h -> h.createQuery("SELECT note FROM sample ORDER BY id").mapTo(String.class).list());
  }

  @Test
  void keepsWhatWasWrittenOverARestartWithFullSynchronousWal() throws Exception {
    try (Database database = open()) {
      add(database, "ışık");
    }

    try (Database database = open()) {
      assertThat(notes(database)).containsExactly("ışık");
      assertThat(
              database.<String, RuntimeException>write(
                  h -> h.createQuery("PRAGMA journal_mode").mapTo(String.class).one()))
          .isEqualTo("wal");
      assertThat(
              database.<Integer, RuntimeException>write(
                  h -> h.createQuery("PRAGMA synchronous").mapTo(Integer.class).one()))
          .isEqualTo(2);
      assertThat(
              database.<Integer, RuntimeException>write(
                  h -> h.createQuery("PRAGMA foreign_keys").mapTo(Integer.class).one()))
          .isEqualTo(1);
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("store/emanet.db"))))
        .isEqualTo("rw-------");
  }

  @Test
  void undoesTheWholeOuterTransactionWhenAnInnerOneFails() throws Exception {
    try (Database database = open()) {
      assertThatThrownBy(
              () ->
                  database.transaction(
                      () -> {
                        add(database, "first");
                        add(database, "");
                        return 1;
                      }))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("note is empty");
      add(database, "second");

      assertThat(notes(database)).containsExactly("second");
    }
  }

  @Test
  void copiesOneMomentWhileAWriterGoesOn() throws Exception {
    Path elsewhere = Files.createDirectories(state.resolve("copy/store"));
    try (Database database = open()) {
      add(database, "ışık");
      database.transaction(
          () -> {
            add(database, "not yet");
            database.copyTo(elsewhere.resolve("emanet.db"));
            return 1;
          });
    }

    try (Database copy = Database.open(state.resolve("copy"), List.of("sample"))) {
      assertThat(notes(copy)).containsExactly("ışık");
    }
    assertThatThrownBy(
            () -> {
              try (Database database = open()) {
                database.copyTo(elsewhere.resolve("emanet.db"));
              }
            })
        .isInstanceOf(StoreException.class);
  }

  @Test
  void readsASnapshotWhileAWriteIsUnderWay() throws Exception {
    try (Database database = open()) {
      CountDownLatch written = new CountDownLatch(1);
      CountDownLatch looked = new CountDownLatch(1);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () ->
                      database.transaction(
                          () -> {
                            add(database, "not yet");
                            written.countDown();
                            return await(looked);
                          }));

      await(written);
      List<String> during = notes(database);
      looked.countDown();
      writer.join();

      assertThat(during).isEmpty();
      assertThat(notes(database)).containsExactly("not yet");
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void letsReadersNotWrite() throws Exception {
    try (Database database = open()) {
      assertThatThrownBy(
              () -> database.read(h -> h.execute("INSERT INTO sample (note) VALUES ('x')")))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void namesFileAndRemedyWhenTheFileIsNoDatabase() throws IOException {
    Files.createDirectories(state.resolve("store"));
    Files.writeString(state.resolve("store/emanet.db"), "garbage ".repeat(4000));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("emanet.db")
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup");
  }

  @Test
  void namesFileAndRemedyWhenAFileStandsInTheWay() throws IOException {
    Files.writeString(state.resolve("store"), "a file");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("emanet.db");
  }

  @Test
  void refusesADatabaseOfANewerVersion() throws Exception {
    try (Database database = open()) {
      database.write(h -> h.execute("INSERT INTO schema_step VALUES ('9999_1', 'future', 'x', 1)"));
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version")
        .hasMessageContaining("future");
  }

  @Test
  void refusesADatabaseWhoseStepsHaveOtherText() throws Exception {
    try (Database database = open()) {
      database.write(h -> h.execute("UPDATE schema_step SET checksum = 'x' WHERE version = '1'"));
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("other steps");
  }

  @Test
  void appliesStepsInTheOrderOfTheirNumbersAndOneThatComesLate() throws Exception {
    try (Database database = open()) {
      add(database, "before");
    }

    try (Database database = Database.open(state, List.of("later", "sample"))) {
      assertThat(
              database.<List<String>, RuntimeException>read(
                  h -> h.createQuery("SELECT note FROM later").mapTo(String.class).list()))
          .containsExactly("9 before 10");
      assertThat(notes(database)).containsExactly("before");
    }
  }

  @Test
  void undoesAStepThatFailsHalfWay() throws Exception {
    open().close();

    assertThatThrownBy(() -> Database.open(state, List.of("sample", "broken")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("emanet.db");

    try (Database database = open()) {
      assertThat(
              database.<List<String>, RuntimeException>read(
                  h ->
                      h.createQuery("SELECT name FROM sqlite_master WHERE name = 'half'")
                          .mapTo(String.class)
                          .list()))
          .isEmpty();
    }
  }

  @Test
  void saysWhichListOfStepsTheProgramLacks() {
    assertThatThrownBy(() -> Database.open(state, List.of("nowhere")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/tr/emanet/nowhere/db/steps");
  }
}
