package tr.emanet.journal.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tr.emanet.store.Database;

/** What is remembered of the files below {@code seals/}. Safe for many threads. */
final class SealStore {

  /** The newest checkpoint that was taken note of. */
  record Last(long number, Instant at, LocalDate day, String digest) {
    static final Last NONE = new Last(0, Instant.EPOCH, LocalDate.EPOCH, Checkpoint.ZEROS);
  }

  /** A distance between two checkpoints that is longer than it should be. */
  record Gap(long after, Instant from, Instant to, String cause) {}

  private static final String SEGMENT =
      "SELECT path, bytes, leaves, first_sequence, last_sequence, root, digest FROM seal_segment ";
  private static final int GAPS_KEPT = 1000;

  private final Database database;

  SealStore(Database database) {
    this.database = database;
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  Last last() {
    return database.read(
        h ->
            h.createQuery("SELECT number, at_micros, day, digest FROM seal_last WHERE id = 1")
                .map(
                    (rs, c) ->
                        new Last(
                            rs.getLong(1),
                            instant(rs.getLong(2)),
                            LocalDate.parse(rs.getString(3)),
                            rs.getString(4)))
                .findOne()
                .orElse(Last.NONE));
  }

  /** Takes note of a checkpoint whose files are both there. */
  void take(Checkpoint checkpoint, LocalDate day, String digest) {
    database.transaction(
        () -> {
          checkpoint.segments().forEach(s -> segment(s, checkpoint.number()));
          for (Checkpoint.Destroyed gone : checkpoint.destroyed()) {
            database.write(
                h ->
                    h.createUpdate("DELETE FROM seal_segment WHERE path = :path")
                        .bind("path", gone.path())
                        .execute());
          }
          checkpoint.streams().forEach(this::stream);
          database.write(
              h ->
                  h.createUpdate(
                          "INSERT OR REPLACE INTO seal_checkpoint (number, day)"
                              + " VALUES (:number, :day)")
                      .bind("number", checkpoint.number())
                      .bind("day", day.toString())
                      .execute());
          database.write(
              h ->
                  h.createUpdate(
                          "INSERT OR REPLACE INTO seal_last (id, number, at_micros, day, digest)"
                              + " VALUES (1, :number, :at, :day, :digest)")
                      .bind("number", checkpoint.number())
                      .bind("at", micros(checkpoint.time()))
                      .bind("day", day.toString())
                      .bind("digest", digest)
                      .execute());
          return day;
        });
  }

  private void segment(SealedSegment segment, long checkpoint) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO seal_segment (path, stream, first_sequence,"
                        + " last_sequence, bytes, leaves, root, digest, checkpoint) VALUES (:path,"
                        + " :stream, :first, :last, :bytes, :leaves, :root, :digest, :checkpoint)")
                .bind("path", segment.path())
                .bind("stream", segment.stream())
                .bind("first", segment.firstSequence())
                .bind("last", segment.lastSequence())
                .bind("bytes", segment.bytes())
                .bind("leaves", segment.leaves())
                .bind("root", segment.root())
                .bind("digest", segment.digest())
                .bind("checkpoint", checkpoint)
                .execute());
  }

  private void stream(String name, long last) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO seal_stream (name, last_sequence)"
                        + " VALUES (:name, :last)")
                .bind("name", name)
                .bind("last", last)
                .execute());
  }

  SortedMap<String, Long> streams() {
    SortedMap<String, Long> out = new TreeMap<>();
    database.read(
        h ->
            h.createQuery("SELECT name, last_sequence FROM seal_stream")
                .map((rs, c) -> out.put(rs.getString(1), rs.getLong(2)))
                .list());
    return out;
  }

  /** First sequences of a stream's segments that are sealed to their end. */
  Set<Long> closed(String stream) {
    return new HashSet<>(
        database.read(
            h ->
                h.createQuery(
                        "SELECT first_sequence FROM seal_segment"
                            + " WHERE stream = :stream AND digest <> '-'")
                    .bind("stream", stream)
                    .mapTo(Long.class)
                    .list()));
  }

  /** Segments that a checkpoint has seen open and none has seen closed. */
  List<SealedSegment> open() {
    return segments("WHERE digest = '-' ORDER BY path", "", 0);
  }

  Optional<SealedSegment> find(String path) {
    return segments("WHERE path = :stream", path, 0).stream().findFirst();
  }

  /** Path of the segment that begins there; empty when none is known or it was destroyed. */
  Optional<String> path(String stream, long first) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT path FROM seal_segment"
                        + " WHERE stream = :stream AND first_sequence = :first")
                .bind("stream", stream)
                .bind("first", first)
                .mapTo(String.class)
                .findFirst());
  }

  /** Segments of a stream sealed to their end, oldest first. */
  List<SealedSegment> closed(String stream, int limit) {
    return segments(
        "WHERE stream = :stream AND digest <> '-' ORDER BY first_sequence LIMIT :limit",
        stream,
        limit);
  }

  private List<SealedSegment> segments(String where, String stream, int limit) {
    return database.read(
        h -> {
          var query = h.createQuery(SEGMENT + where);
          if (where.contains(":stream")) {
            query.bind("stream", stream);
          }
          if (where.contains(":limit")) {
            query.bind("limit", limit);
          }
          return new ArrayList<>(query.map((rs, c) -> segment(rs)).list());
        });
  }

  private static SealedSegment segment(ResultSet row) throws SQLException {
    String digest = row.getString(7);
    return new SealedSegment(
        row.getString(1),
        !digest.equals("-"),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getString(6),
        digest);
  }

  /** The day in whose directory a checkpoint lies; empty when it is not known. */
  Optional<LocalDate> day(long number) {
    return database.read(
        h ->
            h.createQuery("SELECT day FROM seal_checkpoint WHERE number = :number")
                .bind("number", number)
                .mapTo(String.class)
                .findFirst()
                .map(LocalDate::parse));
  }

  void gap(Gap gap) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO seal_gap (after_number, from_micros, to_micros, cause)"
                        + " VALUES (:after, :from, :to, :cause)")
                .bind("after", gap.after())
                .bind("from", micros(gap.from()))
                .bind("to", micros(gap.to()))
                .bind("cause", gap.cause())
                .execute());
    database.write(
        h ->
            h.createUpdate(
                    "DELETE FROM seal_gap WHERE after_number <= (SELECT after_number FROM seal_gap"
                        + " ORDER BY after_number DESC LIMIT 1 OFFSET :keep)")
                .bind("keep", GAPS_KEPT)
                .execute());
  }

  /** Newest first. */
  List<Gap> gaps(int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT after_number, from_micros, to_micros, cause FROM seal_gap"
                        + " ORDER BY after_number DESC LIMIT :limit")
                .bind("limit", limit)
                .map(
                    (rs, c) ->
                        new Gap(
                            rs.getLong(1),
                            instant(rs.getLong(2)),
                            instant(rs.getLong(3)),
                            rs.getString(4)))
                .list());
  }
}
