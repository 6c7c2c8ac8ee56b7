package tr.emanet.backup.key;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tr.emanet.audit.AuditLog;
import tr.emanet.store.Database;

/** Drills in the store (append-only by trigger), acts in the audit log. Thread-safe. */
public final class KeyRecordStore implements KeyRecords {

  private final Database database;
  private final AuditLog audit;

  public KeyRecordStore(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void act(String who, String action, Map<String, String> details) {
    audit.record(actor(who), action, details);
  }

  /** The command line names people as they are called, the service by the id of their account. */
  private static String actor(String who) {
    return who.matches("[!-~]{1,128}") ? who : AuditLog.NOBODY;
  }

  @Override
  public void drill(Drill drill) {
    database.transaction(
        () -> {
          database.write(
              h ->
                  h.createUpdate(
                          "INSERT OR IGNORE INTO backup_key_drill (repository, era, at, person,"
                              + " method) VALUES (:repository, :era, :at, :person, :method)")
                      .bind("repository", drill.repository())
                      .bind("era", drill.era())
                      .bind("at", drill.at().toEpochMilli())
                      .bind("person", drill.person())
                      .bind("method", drill.method().name())
                      .execute());
          audit.record(
              actor(drill.person()),
              "backup-key.drill",
              Map.of(
                  "person",
                  drill.person(),
                  "repository",
                  drill.repository(),
                  "era",
                  Integer.toString(drill.era()),
                  "method",
                  drill.method().name(),
                  "at",
                  drill.at().toString()));
          return true;
        });
  }

  @Override
  public List<Drill> drills(String repository) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT repository, era, at, person, method FROM backup_key_drill"
                        + " WHERE repository = :repository ORDER BY at DESC, id DESC LIMIT 200")
                .bind("repository", repository)
                .map(
                    (rs, c) ->
                        new Drill(
                            rs.getString("repository"),
                            rs.getInt("era"),
                            Instant.ofEpochMilli(rs.getLong("at")),
                            rs.getString("person"),
                            Drill.Method.valueOf(rs.getString("method"))))
                .list());
  }
}
