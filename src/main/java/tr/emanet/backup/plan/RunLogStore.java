package tr.emanet.backup.plan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import tr.emanet.store.Database;

/**
 * What happened when in one run or restore: stored at once, so that also what was killed can be
 * read. At most 1,000 lines of one and 200,000 of all, the oldest go. Thread-safe.
 */
public final class RunLogStore {

  private static final int LINES = 1000;
  private static final int ALL = 200_000;
  private static final int MAX_SAID = 2000;

  private final Database database;
  private final InstantSource clock;

  /** What a line is about; the sentences stand in the texts. */
  public enum What {
    /** By whom or by what. */
    BEGUN,
    /** Which attempt. */
    AGAIN,
    /** Host, process and since when. */
    WAITS,
    LOCKED,
    /** Name of the command, its exit code. */
    HOOK,
    /** How many streams and directories. */
    SOURCES,
    /** Id, files, bytes, new bytes, stored bytes. */
    SNAPSHOT,
    /** How many, and the first. */
    UNREAD,
    /** Words of the guards. */
    FINDINGS,
    /** Name of the seal. */
    SEALED,
    /** How many snapshots the rule removed. */
    EXPIRED,
    /** Why removing waits. */
    NOT_EXPIRED,
    /** Why a restore did not begin. */
    VOID,
    /** Path and reason of an entry. */
    PROBLEM,
    /** State, files, bytes, failed entries. */
    RESTORED,
    PAUSED,
    /** State. */
    ENDED,
    /** Why. */
    FAILED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static What ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** One line. */
  public record Line(Instant at, What what, List<String> said) {

    public Line {
      said = List.copyOf(said);
    }
  }

  public RunLogStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The name of a run in the log. */
  public static String run(long id) {
    return "run:" + id;
  }

  /** The name of a restore in the log. */
  public static String restore(long id) {
    return "restore:" + id;
  }

  /** Adds a line; line ends in what is said become spaces. */
  public void note(String subject, What what, String... said) {
    StringBuilder text = new StringBuilder();
    for (String one : said) {
      text.append(text.isEmpty() ? "" : "\n").append(one.replace('\n', ' ').replace('\r', ' '));
    }
    String cut = text.length() <= MAX_SAID ? text.toString() : text.substring(0, MAX_SAID);
    long now = clock.instant().toEpochMilli();
    database.write(
        h -> {
          h.createUpdate(
                  "INSERT INTO backup_log (subject, at, what, said) SELECT :subject, :at, :what,"
                      + " :said WHERE (SELECT count(*) FROM backup_log WHERE subject = :subject)"
                      + " < :most")
              .bind("subject", subject)
              .bind("at", now)
              .bind("what", what.id())
              .bind("said", cut)
              .bind("most", LINES)
              .execute();
          return h.createUpdate(
                  "DELETE FROM backup_log WHERE id <= (SELECT max(id) FROM backup_log) - :all")
              .bind("all", ALL)
              .execute();
        });
  }

  /** The lines of one, the oldest first. */
  public List<Line> of(String subject) {
    return database.read(
        h ->
            h.createQuery("SELECT at, what, said FROM backup_log WHERE subject = :s ORDER BY id")
                .bind("s", subject)
                .map(
                    (row, c) ->
                        new Line(
                            Instant.ofEpochMilli(row.getLong(1)),
                            What.ofId(row.getString(2)),
                            row.getString(3).isEmpty()
                                ? List.of()
                                : row.getString(3).lines().toList()))
                .list());
  }
}
