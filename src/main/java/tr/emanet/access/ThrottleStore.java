package tr.emanet.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import tr.emanet.access.LoginThrottle.Count;
import tr.emanet.crypto.Tokens;
import tr.emanet.store.Database;

/**
 * Rows of {@link LoginThrottle}, so that a restart forgives no guesses. Keys are stored as digests.
 * Thread-safe.
 */
final class ThrottleStore implements LoginThrottle.Keeper {

  private final Database database;

  ThrottleStore(Database database) {
    this.database = database;
  }

  @Override
  public LoginThrottle.Kept load(Instant after, int counts, int known) {
    database.write(
        h -> {
          h.execute("DELETE FROM login_failure WHERE last_at < ?", after.toEpochMilli());
          h.execute(
              "DELETE FROM login_failure WHERE key NOT IN"
                  + " (SELECT key FROM login_failure ORDER BY last_at DESC LIMIT ?)",
              counts);
          return h.execute(
              "DELETE FROM login_known WHERE key NOT IN"
                  + " (SELECT key FROM login_known ORDER BY seen_at DESC LIMIT ?)",
              known);
        });
    return database.read(
        h ->
            new LoginThrottle.Kept(
                h.createQuery(
                        "SELECT key, failures, last_at, open_at FROM login_failure"
                            + " ORDER BY last_at")
                    .map(
                        (rs, context) ->
                            Map.entry(
                                rs.getString(1),
                                new Count(
                                    rs.getInt(2),
                                    Instant.ofEpochMilli(rs.getLong(3)),
                                    Instant.ofEpochMilli(rs.getLong(4)))))
                    .list(),
                h.createQuery("SELECT key FROM login_known ORDER BY seen_at")
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  public void keep(List<Entry<String, Count>> changed, List<String> gone) {
    database.write(
        h -> {
          for (Entry<String, Count> entry : changed) {
            Count count = entry.getValue();
            h.execute(
                "INSERT INTO login_failure (key, failures, last_at, open_at) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (key) DO UPDATE SET failures = excluded.failures,"
                    + " last_at = excluded.last_at, open_at = excluded.open_at",
                entry.getKey(),
                count.failures(),
                count.last().toEpochMilli(),
                count.openAt().toEpochMilli());
          }
          for (String key : gone) {
            h.execute("DELETE FROM login_failure WHERE key = ?", key);
          }
          return true;
        });
  }

  @Override
  public void keepKnown(String key, Instant at) {
    database.write(
        h ->
            h.execute(
                "INSERT INTO login_known (key, seen_at) VALUES (?, ?)"
                    + " ON CONFLICT (key) DO UPDATE SET seen_at = excluded.seen_at",
                key,
                at.toEpochMilli()));
  }

  @Override
  public String name(String key) {
    return Tokens.digest(key);
  }
}
