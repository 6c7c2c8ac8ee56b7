package tr.emanet.alert;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.store.Database;

/**
 * Notifications on their way out. A row is written in the transaction that made the alert, so
 * nothing is lost; it is marked as sent after the other side has taken it, so after a crash between
 * the two the same notification leaves once more, with the same {@link Notification#id}: at least
 * once, recognisable. Retries wait from 5 s to 1 h, for at most 24 h.
 *
 * <p>The fuse: at most so many messages a minute and channel, whatever the rules do; what is over
 * becomes one summary. It counts stored rows, so a restart does not mend it. Safe for many threads.
 */
public final class Outbox implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration GIVE_UP = Duration.ofHours(24);
  private static final Duration KEEP = Duration.ofDays(90);
  private static final int MAX_DOUBLINGS = 12;
  private static final int STEP = 100;
  private static final int NAMED_IN_SUMMARY = 20;
  private static final long IDLE_SECONDS = 1;

  private final OutboxStore store;
  private final AlertStore alerts;
  private final List<Channel> channels;
  private final String appliance;
  private final int perMinute;
  private final InstantSource clock;
  private final Semaphore news = new Semaphore(0);
  private @Nullable Thread sender;

  /**
   * Sends nothing before {@link #start}.
   *
   * @param channels ways out; empty: nothing is kept
   * @param appliance stable name of this machine inside the ids, {@code [A-Za-z0-9.-]+}
   * @param perMinute fuse, at least 2: one of them is the summary
   */
  public Outbox(
      Database database,
      List<Channel> channels,
      String appliance,
      int perMinute,
      InstantSource clock) {
    if (perMinute < 2) {
      throw new IllegalArgumentException(perMinute + " notifications a minute are below 2");
    }
    this.store = new OutboxStore(database);
    this.alerts = new AlertStore(database);
    this.channels = List.copyOf(channels);
    this.appliance = appliance;
    this.perMinute = perMinute;
    this.clock = clock;
  }

  InstantSource clock() {
    return clock;
  }

  /** Keeps a notification for each channel, inside the transaction of the caller. */
  void keep(Alert alert, String step, Severity atLeast) {
    if (alert.severity().compareTo(atLeast) < 0) {
      return;
    }
    for (Channel channel : channels) {
      store.add(alert.id(), step, channel.name(), now());
    }
    news.release();
  }

  /** Begins to send, on a thread of its own. */
  public synchronized void start() {
    if (sender == null && !channels.isEmpty()) {
      sender = Thread.ofPlatform().daemon().name("alert-outbox").start(this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          sendDue();
          store.forget(now().minus(KEEP));
        } catch (RuntimeException e) {
          // Boundary: a failing store must not end the sender; the rows stay where they are.
          LOG.atWarn().setCause(e).log("Outbox cannot be read; trying again");
        }
        if (news.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is due on every channel; returns how many messages left. */
  int sendDue() throws InterruptedException {
    int sent = 0;
    for (Channel channel : channels) {
      sent += sendDue(channel);
    }
    return sent;
  }

  private int sendDue(Channel channel) throws InterruptedException {
    int sent = 0;
    List<OutboxStore.Waiting> due;
    do {
      due = store.due(channel.name(), now(), STEP);
      int before = sent;
      for (OutboxStore.Waiting row : singles(due)) {
        int left = perMinute - store.sentSince(channel.name(), now().minus(MINUTE));
        if (left <= 0) {
          return sent;
        }
        boolean crowd = row.summary().isEmpty() && due.size() > 1;
        if (left == 1 && crowd) {
          summarise(channel);
          break;
        }
        sent += send(channel, row) ? 1 : 0;
      }
      if (sent == before && due.stream().allMatch(r -> r.summary().isEmpty())) {
        // Nothing left: everything due now waits for later, or a summary was just made.
        due = store.due(channel.name(), now(), STEP);
        if (due.stream().allMatch(r -> r.summary().isEmpty())) {
          return sent;
        }
      }
    } while (!due.isEmpty());
    return sent;
  }

  /** One row for each summary. */
  private static List<OutboxStore.Waiting> singles(List<OutboxStore.Waiting> due) {
    List<OutboxStore.Waiting> out = new ArrayList<>();
    for (OutboxStore.Waiting row : due) {
      if (row.summary().isEmpty()
          || out.stream().noneMatch(r -> r.summary().equals(row.summary()))) {
        out.add(row);
      }
    }
    return out;
  }

  private void summarise(Channel channel) {
    Instant now = now();
    String id = "summary-" + now.toEpochMilli();
    int many = store.summarise(channel.name(), id, now);
    LOG.atWarn()
        .addKeyValue("channel", channel.name())
        .addKeyValue("notifications", many)
        .log("Notification fuse: one summary stands for the rest");
  }

  private boolean send(Channel channel, OutboxStore.Waiting row) throws InterruptedException {
    Notification notification = notification(channel, row);
    try {
      channel.send(notification);
      store.mark(channel.name(), row, "sent", now(), "");
      return true;
    } catch (Channel.Rejected e) {
      failed(channel, row, e);
      store.mark(channel.name(), row, "failed", now(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      failed(channel, row, e);
      Instant next = now().plus(wait(row.attempts()));
      if (Duration.between(row.createdAt(), next).compareTo(GIVE_UP) > 0) {
        store.mark(channel.name(), row, "failed", now(), String.valueOf(e.getMessage()));
      } else {
        store.later(channel.name(), row, next, String.valueOf(e.getMessage()));
      }
    }
    return false;
  }

  private static void failed(Channel channel, OutboxStore.Waiting row, IOException e) {
    LOG.atWarn()
        .addKeyValue("channel", channel.name())
        .addKeyValue("attempt", row.attempts() + 1)
        .addKeyValue("problem", e.getMessage())
        .log("Notification was not taken");
  }

  static Duration wait(int attempts) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
  }

  private Notification notification(Channel channel, OutboxStore.Waiting row) {
    if (row.summary().isEmpty()) {
      Alert alert = alerts.byId(row.alert());
      return new Notification(
          alert.number() + "." + row.step() + "@" + appliance,
          row.step(),
          List.of(alert),
          1,
          row.createdAt());
    }
    return new Notification(
        row.summary() + "@" + appliance,
        "summary",
        alerts.ofSummary(channel.name(), row.summary(), NAMED_IN_SUMMARY),
        store.size(channel.name(), row.summary()),
        row.createdAt());
  }

  /** Notifications in a state: waiting, sent or failed. */
  public long count(String state) {
    return store.count(state);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** Stops sending; what waits stays stored. */
  @Override
  public synchronized void close() {
    Thread running = sender;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      sender = null;
    }
  }
}
