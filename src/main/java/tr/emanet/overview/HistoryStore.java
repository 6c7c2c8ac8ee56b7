package tr.emanet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** What was counted in the last days, for the shift page. Thread-safe. */
public final class HistoryStore {

  /** Width of a slot of the intake line. */
  static final Duration SLOT = Duration.ofMinutes(5);

  private static final Duration KEPT = Duration.ofDays(35);
  private static final int MOST_SOURCES = 2_000;

  private final Database database;

  public HistoryStore(Database database) {
    this.database = database;
  }

  /** Records received in the slot that begins at a time. */
  record Slot(Instant at, long received) {}

  /** Bytes on disk at a time. */
  record DiskUse(Instant at, long journal, long search, long free) {
    long used() {
      return journal + search;
    }
  }

  /**
   * A sending address.
   *
   * @param minutes separate minutes in which it was heard
   */
  record Heard(String address, Instant first, Instant last, long minutes) {}

  /** Adds records to the slot of a time. */
  void received(Instant at, long records) {
    long slot = at.toEpochMilli() / SLOT.toMillis() * SLOT.toMillis();
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO overview_load (at, received) VALUES (:at, :n)"
                        + " ON CONFLICT (at) DO UPDATE SET received = received + excluded.received")
                .bind("at", slot)
                .bind("n", records)
                .execute());
  }

  /** Slots since a time, oldest first; slots in which the service stood still are absent. */
  List<Slot> slots(Instant from) {
    return database.read(
        h ->
            h.createQuery("SELECT at, received FROM overview_load WHERE at >= :from ORDER BY at")
                .bind("from", from.toEpochMilli())
                .map((rs, c) -> new Slot(Instant.ofEpochMilli(rs.getLong(1)), rs.getLong(2)))
                .list());
  }

  /** Keeps the use of the disk of this hour. */
  void disk(Instant at, long journal, long search, long free) {
    long hour = at.toEpochMilli() / 3_600_000 * 3_600_000;
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO overview_disk (at, journal, search, free)"
                        + " VALUES (:at, :j, :s, :f) ON CONFLICT (at) DO NOTHING")
                .bind("at", hour)
                .bind("j", journal)
                .bind("s", search)
                .bind("f", free)
                .execute());
  }

  /** The oldest use of the disk since a time. */
  Optional<DiskUse> diskSince(Instant from) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT at, journal, search, free FROM overview_disk WHERE at >= :from"
                        + " ORDER BY at LIMIT 1")
                .bind("from", from.toEpochMilli())
                .map(
                    (rs, c) ->
                        new DiskUse(
                            Instant.ofEpochMilli(rs.getLong(1)),
                            rs.getLong(2),
                            rs.getLong(3),
                            rs.getLong(4)))
                .findOne());
  }

  /** Says that addresses were heard; to be called once a minute at most. */
  void heard(Instant at, Collection<String> addresses) {
    database.write(
        h -> {
          for (String address : addresses) {
            h.createUpdate(
                    "INSERT INTO overview_source VALUES (:address, :at, :at, 1) ON CONFLICT"
                        + " (address) DO UPDATE SET last_at = :at, minutes = minutes + 1")
                .bind("address", address)
                .bind("at", at.toEpochMilli())
                .execute();
          }
          return addresses.size();
        });
  }

  /** Addresses heard since a time, the longest silent first. */
  List<Heard> sources(Instant from) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT address, first_at, last_at, minutes FROM overview_source"
                        + " WHERE last_at >= :from ORDER BY last_at, address LIMIT "
                        + MOST_SOURCES)
                .bind("from", from.toEpochMilli())
                .map(
                    (rs, c) ->
                        new Heard(
                            rs.getString(1),
                            Instant.ofEpochMilli(rs.getLong(2)),
                            Instant.ofEpochMilli(rs.getLong(3)),
                            rs.getLong(4)))
                .list());
  }

  /** Forgets what is too old to compare with. */
  void forget(Instant now) {
    long old = now.minus(KEPT).toEpochMilli();
    database.write(
        h -> {
          int gone = 0;
          for (String from :
              List.of(
                  "overview_load WHERE at",
                  "overview_disk WHERE at",
                  "overview_source WHERE last_at")) {
            gone += h.createUpdate("DELETE FROM " + from + " < :old").bind("old", old).execute();
          }
          return gone;
        });
  }
}
