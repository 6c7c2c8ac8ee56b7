package tr.emanet.backup.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.seal.SealHead;
import tr.emanet.store.Database;

/** The rows of repositories. Thread-safe. */
final class RepositoryStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FINDINGS = 200;
  private static final int MAX_TEXT = 2_000;

  private final Database database;

  RepositoryStore(Database database) {
    this.database = database;
  }

  List<RepositoryState> all() {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_repository ORDER BY address")
                .map((row, c) -> state(row))
                .list());
  }

  Optional<RepositoryState> find(String address) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_repository WHERE address = :address")
                .bind("address", address)
                .map((row, c) -> state(row))
                .findOne());
  }

  /** The newest seal that is known; number 0 when none is. */
  SealHead head(String address) {
    return find(address).map(RepositoryState::head).orElse(RepositoryStore.NO_HEAD);
  }

  static final SealHead NO_HEAD = new SealHead(0, "");

  /** Keeps the newest seal; the caller has seen that the one before stands in its chain. */
  void head(String address, SealHead head) {
    set(address, "head_sequence", head.sequence(), "head_digest", head.digest());
  }

  /** Keeps since when the repository is older than it must be; null: it is not. */
  void rolledBack(String address, @Nullable Instant at) {
    if (at == null) {
      set(address, "rolled_back_at", null, "problem", "");
    } else if (find(address).map(RepositoryState::rolledBackAt).isEmpty()) {
      set(address, "rolled_back_at", at.toEpochMilli(), "problem", "");
    }
  }

  void next(String address, Instant next) {
    set(address, "next_upkeep", next.toEpochMilli(), "address", address);
  }

  void failed(String address, String problem, Instant at) {
    Long since =
        find(address)
            .map(RepositoryState::failedSince)
            .map(Instant::toEpochMilli)
            .orElse(at.toEpochMilli());
    set(address, "failed_since", since, "problem", cut(problem));
  }

  /** Keeps the end of a look. */
  void looked(String address, List<RepositoryState.Found> findings, String unstamped, Instant at) {
    List<RepositoryState.Found> some = findings.stream().limit(MAX_FINDINGS).toList();
    Instant since = find(address).map(RepositoryState::findingsSince).orElse(at);
    set(address, "findings", json(some), "unstamped", cut(unstamped));
    set(address, "looked_at", at.toEpochMilli(), "failed_since", null);
    set(
        address,
        "findings_since",
        some.isEmpty() ? null : (Object) since.toEpochMilli(),
        "problem",
        "");
  }

  void marked(String address, @Nullable Instant sweepAfter) {
    Long after = sweepAfter == null ? null : sweepAfter.toEpochMilli();
    set(address, "sweep_after", after, "address", address);
  }

  void swept(String address, long bytes, Instant at) {
    set(address, "swept_at", at.toEpochMilli(), "freed_bytes", bytes);
  }

  void asked(String address, RepositoryState.@Nullable Adoption adoption) {
    if (adoption == null) {
      set(address, "adopt_asked_by", "", "adopt_asked_at", null);
    } else {
      set(address, "adopt_asked_by", adoption.by(), "adopt_why", cut(adoption.why()));
      set(address, "adopt_asked_at", adoption.at().toEpochMilli(), "address", address);
    }
  }

  private void set(
      String address, String one, @Nullable Object value, String two, @Nullable Object other) {
    database.write(
        h -> {
          h.createUpdate("INSERT OR IGNORE INTO backup_repository (address) VALUES (:address)")
              .bind("address", address)
              .execute();
          return h.createUpdate(
                  "UPDATE backup_repository SET "
                      + one
                      + " = :value, "
                      + two
                      + " = :other WHERE address = :address")
              .bind("value", value)
              .bind("other", other)
              .bind("address", address)
              .execute();
        });
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static String json(List<RepositoryState.Found> findings) {
    try {
      return JSON.writeValueAsString(findings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings as JSON", e);
    }
  }

  private static RepositoryState state(ResultSet row) throws SQLException {
    List<RepositoryState.Found> findings;
    try {
      findings =
          JSON.readValue(
              row.getString("findings"), new TypeReference<List<RepositoryState.Found>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings of a repository", e);
    }
    Instant asked = time(row, "adopt_asked_at");
    return new RepositoryState(
        Objects.requireNonNull(row.getString("address")),
        new SealHead(row.getLong("head_sequence"), row.getString("head_digest")),
        time(row, "rolled_back_at"),
        time(row, "next_upkeep"),
        time(row, "looked_at"),
        time(row, "failed_since"),
        row.getString("problem"),
        findings,
        time(row, "findings_since"),
        row.getString("unstamped"),
        time(row, "sweep_after"),
        time(row, "swept_at"),
        row.getLong("freed_bytes"),
        asked == null
            ? null
            : new RepositoryState.Adoption(
                row.getString("adopt_asked_by"), asked, row.getString("adopt_why")));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
