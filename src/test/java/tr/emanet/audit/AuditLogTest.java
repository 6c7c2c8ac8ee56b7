package tr.emanet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

class AuditLogTest {

  private static final Principal AYSE =
      new Principal("ayse", "Ayşe Yılmaz", Set.of(Role.ADMINISTRATOR));
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");

  @TempDir private Path state = Path.of(".");
  private Database database;
  private AuditLog log;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(state, List.of("audit"));
    log = new AuditLog(database, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void fill(int entries) {
    for (int i = 1; i <= entries; i++) {
      log.record(AYSE, i % 2 == 0 ? "user.create" : "session.open", Map.of("name", "n" + i));
    }
  }

  /** Does what somebody with access to the file can do: drop the triggers, then change rows. */
  private void tamper(String... statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + state.resolve("store/emanet.db"));
        var statement = connection.createStatement()) {
      for (String trigger :
          List.of(
              "audit_entry_no_update",
              "audit_entry_no_delete",
              "audit_entry_in_order",
              "audit_head_follows",
              "audit_head_no_delete")) {
        statement.executeUpdate("DROP TRIGGER " + trigger);
      }
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  @Test
  void keepsWhoDidWhatAndWhenInAChain() {
    fill(3);

    List<AuditEntry> page = log.page(AuditFilter.ALL, Long.MAX_VALUE, 10);

    assertThat(page).extracting(AuditEntry::sequence).containsExactly(3L, 2L, 1L);
    assertThat(page.getFirst().actor()).isEqualTo("ayse");
    assertThat(page.getFirst().at()).isEqualTo(NOW);
    assertThat(page.getFirst().details()).isEqualTo("{\"name\":\"n3\"}");
    assertThat(page.getFirst().previous()).isEqualTo(page.get(1).hash());
    assertThat(log.verify()).isEqualTo(new ChainCheck.Intact(3, page.getFirst().hash()));
  }

  @Test
  void findsAnEmptyChainIntact() {
    assertThat(log.verify()).isEqualTo(new ChainCheck.Intact(0, AuditEntry.GENESIS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit_entry SET actor = 'mehmet' WHERE sequence = 4 | 4 | EDITED",
        "UPDATE audit_entry SET at_micros = at_micros + 1 WHERE sequence = 1 | 1 | EDITED",
        "UPDATE audit_entry SET details = '{}' WHERE sequence = 2 | 2 | EDITED",
        "UPDATE audit_entry SET hash = previous WHERE sequence = 9 | 9 | EDITED",
        "DELETE FROM audit_entry WHERE sequence = 5 | 5 | MISSING",
        "DELETE FROM audit_entry WHERE sequence = 1 | 1 | MISSING",
        "DELETE FROM audit_entry WHERE sequence >= 8 | 8 | MISSING",
        "DELETE FROM audit_entry | 1 | MISSING",
      })
  void namesTheFirstEntryThatWasChanged(String sql, long sequence, ChainCheck.Cause cause)
      throws SQLException {
    fill(9);

    tamper(sql);

    assertThat(log.verify()).isEqualTo(new ChainCheck.Broken(sequence, cause));
  }

  @Test
  void noticesEntriesThatChangedPlaces() throws SQLException {
    fill(5);

    tamper(
        "UPDATE audit_entry SET sequence = 99 WHERE sequence = 2",
        "UPDATE audit_entry SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit_entry SET sequence = 3 WHERE sequence = 99");

    assertThat(log.verify()).isEqualTo(new ChainCheck.Broken(2, ChainCheck.Cause.EDITED));
  }

  @Test
  void noticesAnEntryThatWasRemovedAndTheRestNumberedAnew() throws SQLException {
    fill(5);
    AuditEntry third = log.page(AuditFilter.ALL, 4, 1).getFirst();
    AuditEntry forged =
        AuditEntry.after(3, third.at(), "nobody", third.action(), "{}", third.previous());

    tamper(
        "UPDATE audit_entry SET actor = 'nobody', details = '{}', hash = '"
            + forged.hash()
            + "' WHERE sequence = 3");

    assertThat(log.verify()).isEqualTo(new ChainCheck.Broken(4, ChainCheck.Cause.OUT_OF_ORDER));
  }

  @Test
  void noticesAForgedEndAndRowsBehindTheHead() throws SQLException {
    fill(2);

    tamper("INSERT INTO audit_entry VALUES (3, 0, 'x', 'x', '{}', 'x', 'x')");

    assertThat(log.verify()).isEqualTo(new ChainCheck.Broken(3, ChainCheck.Cause.EDITED));
  }

  @ParameterizedTest
  @CsvSource({
    "UPDATE audit_entry SET actor = 'x'",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_head",
    "'REPLACE INTO audit_entry VALUES (1, 0, ''x'', ''x'', ''{}'', ''x'', ''x'')'",
    "'INSERT INTO audit_entry VALUES (7, 0, ''x'', ''x'', ''{}'', ''x'', ''x'')'"
  })
  void refusesChangesThatComeByMistake(String sql) {
    fill(1);

    assertThatThrownBy(() -> database.write(h -> h.execute(sql)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(log.verify()).isInstanceOf(ChainCheck.Intact.class);
  }

  @Test
  void undoesTheActWhenTheEntryCannotBeWritten() {
    database.write(h -> h.execute("CREATE TABLE act (id INTEGER) STRICT"));
    database.write(h -> h.execute("UPDATE audit_head SET hash = 'not the last hash'"));
    fill(0);
    database.write(
        h ->
            h.execute(
                "CREATE TRIGGER full BEFORE INSERT ON audit_entry"
                    + " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"));

    assertThatThrownBy(
            () ->
                database.transaction(
                    () -> {
                      database.write(h -> h.execute("INSERT INTO act VALUES (1)"));
                      log.record(AYSE, "act.do", Map.of());
                      return true;
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("emanet.db");

    assertThat(
            database.<Integer, RuntimeException>read(
                h -> h.createQuery("SELECT count(*) FROM act").mapTo(Integer.class).one()))
        .isZero();
  }

  @Test
  void pagesAndFilters() {
    fill(10);
    log.record(AuditLog.NOBODY, "userland.x", Map.of());

    assertThat(log.page(AuditFilter.ALL, 6, 2))
        .extracting(AuditEntry::sequence)
        .containsExactly(5L, 4L);
    assertThat(log.page(new AuditFilter(null, "user", null, null), Long.MAX_VALUE, 100))
        .hasSize(5)
        .allMatch(e -> e.action().equals("user.create"));
    assertThat(log.page(new AuditFilter("-", null, null, null), Long.MAX_VALUE, 100)).hasSize(1);
    assertThat(log.page(new AuditFilter(null, null, NOW, NOW.plusSeconds(1)), 5, 100)).hasSize(4);
    assertThat(log.page(new AuditFilter(null, null, null, NOW), 5, 100)).isEmpty();
  }

  @Test
  void writesDetailsInOneCanonicalForm() {
    Map<String, String> details = new TreeMap<>(java.util.Comparator.reverseOrder());
    details.put("b", "çay \"ve\" \\ simit\n");
    details.put("a", "x".repeat(2000));
    details.put("c", "\ud800");

    String json = AuditDetails.json(details);

    assertThat(json)
        .isEqualTo(
            "{\"a\":\""
                + "x".repeat(1024)
                + "…\",\"b\":\"çay \\\"ve\\\" \\\\ simit\\u000a\",\"c\":\"\uFFFD\"}");
    assertThatThrownBy(() -> AuditDetails.json(Map.of("Geheim!", "x")))
        .isInstanceOf(IllegalArgumentException.class);
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 33; i++) {
      many.put("k" + i, "");
    }
    assertThatThrownBy(() -> AuditDetails.json(many)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void staysAChainWhenManyActAtOnce() {
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        String name = "n" + i;
        var _ = people.submit(() -> log.record(AYSE, "act.do", Map.of("name", name)));
      }
    }

    assertThat(log.verify()).isInstanceOf(ChainCheck.Intact.class);
    assertThat(log.page(AuditFilter.ALL, Long.MAX_VALUE, 500)).hasSize(100);
  }
}
