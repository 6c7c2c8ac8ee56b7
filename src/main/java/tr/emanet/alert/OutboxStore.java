package tr.emanet.alert;

import java.time.Instant;
import java.util.List;
import tr.emanet.store.Database;

/** The rows of the outbox. Thread-safe. */
final class OutboxStore {

  /**
   * A row.
   *
   * @param summary id of the summary that stands for it, empty for none
   */
  record Waiting(
      long id, long alert, String step, int attempts, Instant createdAt, String summary) {}

  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  void add(long alert, String step, String channel, Instant now) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR IGNORE INTO alert_outbox (alert, step, channel, state, attempts,"
                        + " next_at, created_at, sent_at, problem, summary)"
                        + " VALUES (:alert, :step, :channel, 'waiting', 0, :now, :now, 0, '', '')")
                .bind("alert", alert)
                .bind("step", step)
                .bind("channel", channel)
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /** Rows that are due, the oldest first. */
  List<Waiting> due(String channel, Instant now, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT id, alert, step, attempts, created_at, summary FROM alert_outbox"
                        + " WHERE state = 'waiting' AND next_at <= :now AND channel = :channel"
                        + " ORDER BY id LIMIT :limit")
                .bind("channel", channel)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(
                    (rs, context) ->
                        new Waiting(
                            rs.getLong(1),
                            rs.getLong(2),
                            rs.getString(3),
                            rs.getInt(4),
                            Instant.ofEpochMilli(rs.getLong(5)),
                            rs.getString(6)))
                .list());
  }

  /** How many messages left on a channel since a moment; a summary is one message. */
  int sentSince(String channel, Instant since) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(DISTINCT CASE summary WHEN '' THEN 'n' || id ELSE summary END)"
                        + " FROM alert_outbox WHERE channel = :channel AND state = 'sent'"
                        + " AND sent_at > :since")
                .bind("channel", channel)
                .bind("since", since.toEpochMilli())
                .mapTo(Integer.class)
                .one());
  }

  /** Lets a summary stand for everything that waits on a channel and has none yet. */
  int summarise(String channel, String summary, Instant now) {
    return database.write(
        h ->
            h.createUpdate(
                    "UPDATE alert_outbox SET summary = :summary WHERE channel = :channel"
                        + " AND state = 'waiting' AND summary = '' AND next_at <= :now")
                .bind("channel", channel)
                .bind("summary", summary)
                .bind("now", now.toEpochMilli())
                .execute());
  }

  int size(String channel, String summary) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(*) FROM alert_outbox WHERE channel = :channel"
                        + " AND summary = :summary AND state = 'waiting'")
                .bind("channel", channel)
                .bind("summary", summary)
                .mapTo(Integer.class)
                .one());
  }

  /** Marks one row, or all of a summary. */
  void mark(String channel, Waiting row, String state, Instant at, String problem) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE alert_outbox SET state = :state, sent_at = :at, problem = :problem,"
                        + " attempts = attempts + 1 WHERE channel = :channel AND state = 'waiting'"
                        + " AND (id = :id OR (:summary <> '' AND summary = :summary))")
                .bind("state", state)
                .bind("at", at.toEpochMilli())
                .bind("problem", Hit.cut(problem, 500))
                .bind("channel", channel)
                .bind("id", row.id())
                .bind("summary", row.summary())
                .execute());
  }

  void later(String channel, Waiting row, Instant next, String problem) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE alert_outbox SET next_at = :next, problem = :problem,"
                        + " attempts = attempts + 1 WHERE channel = :channel AND state = 'waiting'"
                        + " AND (id = :id OR (:summary <> '' AND summary = :summary))")
                .bind("next", next.toEpochMilli())
                .bind("problem", Hit.cut(problem, 500))
                .bind("channel", channel)
                .bind("id", row.id())
                .bind("summary", row.summary())
                .execute());
  }

  /** Rows in a state, for the status page and for tests. */
  long count(String state) {
    return database.read(
        h ->
            h.createQuery("SELECT count(*) FROM alert_outbox WHERE state = :state")
                .bind("state", state)
                .mapTo(Long.class)
                .one());
  }

  /** How each channel stands; channels without any row are missing. */
  List<OutboxStatus.ChannelStatus> channels(Instant minuteAgo, int perMinute) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT channel, sum(state = 'waiting'), sum(state = 'sent'),"
                        + " sum(state = 'failed'), max(CASE state WHEN 'sent' THEN sent_at END),"
                        + " count(DISTINCT CASE WHEN state = 'sent' AND sent_at > :minute"
                        + " THEN CASE summary WHEN '' THEN 'n' || id ELSE summary END END)"
                        + " FROM alert_outbox GROUP BY channel ORDER BY channel LIMIT 1000")
                .bind("minute", minuteAgo.toEpochMilli())
                .map(
                    (rs, context) -> {
                      long last = rs.getLong(5);
                      return new OutboxStatus.ChannelStatus(
                          rs.getString(1),
                          rs.getLong(2),
                          rs.getLong(3),
                          rs.getLong(4),
                          last == 0 ? null : Instant.ofEpochMilli(last),
                          rs.getInt(6) >= perMinute,
                          "");
                    })
                .list());
  }

  /** The latest problem of what waits on a channel; empty when nothing went wrong. */
  String trouble(String channel) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT problem FROM alert_outbox WHERE channel = :channel"
                        + " AND state = 'waiting' AND problem <> '' ORDER BY next_at DESC LIMIT 1")
                .bind("channel", channel)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }

  /** What was given up, the newest first. */
  List<OutboxStatus.Failed> failed(int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT o.channel, a.number, o.step, o.sent_at, o.attempts, o.problem"
                        + " FROM alert_outbox o JOIN alert a ON a.id = o.alert"
                        + " WHERE o.state = 'failed' ORDER BY o.sent_at DESC, o.id DESC"
                        + " LIMIT :limit")
                .bind("limit", limit)
                .map(
                    (rs, context) ->
                        new OutboxStatus.Failed(
                            rs.getString(1),
                            rs.getString(2),
                            rs.getString(3),
                            Instant.ofEpochMilli(rs.getLong(4)),
                            rs.getInt(5),
                            rs.getString(6)))
                .list());
  }

  /** Lets what was given up wait again, as if it were new; answers how many rows. */
  int again(String channel, String alert, String step, Instant now) {
    return database.write(
        h ->
            h.createUpdate(
                    "UPDATE alert_outbox SET state = 'waiting', attempts = 0, next_at = :now,"
                        + " created_at = :now, sent_at = 0, problem = '', summary = ''"
                        + " WHERE channel = :channel AND step = :step AND state = 'failed'"
                        + " AND alert = (SELECT id FROM alert WHERE number = :alert)")
                .bind("channel", channel)
                .bind("alert", alert)
                .bind("step", step)
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /** How many were given up since a moment. */
  long failedSince(Instant since) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(*) FROM alert_outbox WHERE state = 'failed' AND sent_at >= :at")
                .bind("at", since.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  /** Channels that have something to send. */
  List<String> waitingChannels() {
    return database.read(
        h ->
            h.createQuery("SELECT DISTINCT channel FROM alert_outbox WHERE state = 'waiting'")
                .mapTo(String.class)
                .list());
  }

  /** Gives up what waits on a channel since before a moment. */
  int abandon(String channel, Instant before, Instant now, String problem) {
    return database.write(
        h ->
            h.createUpdate(
                    "UPDATE alert_outbox SET state = 'failed', sent_at = :now, problem = :problem"
                        + " WHERE channel = :channel AND state = 'waiting'"
                        + " AND created_at < :before")
                .bind("channel", channel)
                .bind("before", before.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("problem", problem)
                .execute());
  }

  /** Forgets what is done and older than a moment. */
  int forget(Instant before) {
    return database.write(
        h ->
            h.createUpdate(
                    "DELETE FROM alert_outbox WHERE state <> 'waiting' AND sent_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }
}
