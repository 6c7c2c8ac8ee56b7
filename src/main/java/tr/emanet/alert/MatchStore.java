package tr.emanet.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.store.Database;

/** Hits and alerts by what matched: what an indicator's page says about it. Thread-safe. */
public final class MatchStore {

  private static final String INDICATOR = " kind = 'indicator' ";

  private final Database database;

  public MatchStore(Database database) {
    this.database = database;
  }

  /** Hits of one key, on arrival and in retained events. */
  public record Count(long live, long past) {
    public static final Count NONE = new Count(0, 0);

    public long all() {
      return live + past;
    }
  }

  /** One alert of a key. */
  public record Matched(
      String number,
      String asset,
      Severity severity,
      AlertState state,
      long hits,
      long live,
      Instant seenAt) {}

  /** How often each of at most some hundred keys was hit; keys without a hit are absent. */
  public Map<String, Count> counts(Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return database.read(
        h -> {
          Map<String, Count> out = new HashMap<>();
          h.createQuery(
                  "SELECT match_key, sum(live), sum(hits - live) FROM alert WHERE"
                      + INDICATOR
                      + "AND match_key IN (<keys>) GROUP BY match_key")
              .bindList("keys", List.copyOf(keys))
              .map((rs, c) -> Map.entry(rs.getString(1), new Count(rs.getLong(2), rs.getLong(3))))
              .forEach(e -> out.put(e.getKey(), e.getValue()));
          return out;
        });
  }

  /** Keys of indicators that were hit, the last seen first. */
  public List<String> keys(int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT match_key FROM alert WHERE"
                        + INDICATOR
                        + "GROUP BY match_key ORDER BY max(seen_at) DESC LIMIT :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  /** Hits since a moment of the clock of the alerts, and how many alerts they belong to. */
  public long hitsSince(Instant from) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT coalesce(sum(hits), 0) FROM alert WHERE"
                        + INDICATOR
                        + "AND created_at >= :from")
                .bind("from", from.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  /** Alerts of one key, the last seen first. */
  public List<Matched> alerts(String key, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT number, asset, severity, state, hits, live, seen_at FROM alert WHERE"
                        + INDICATOR
                        + "AND match_key = :key ORDER BY seen_at DESC LIMIT :limit")
                .bind("key", key)
                .bind("limit", limit)
                .map(
                    (rs, c) ->
                        new Matched(
                            rs.getString(1),
                            rs.getString(2),
                            Severity.stored(rs.getInt(3)),
                            AlertState.named(rs.getString(4)).orElse(AlertState.NEW),
                            rs.getLong(5),
                            rs.getLong(6),
                            Instant.ofEpochMilli(rs.getLong(7))))
                .list());
  }
}
