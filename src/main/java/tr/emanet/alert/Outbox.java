package tr.emanet.alert;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.store.Database;

/**
 * Notifications on their way out. A row is written in the transaction that made the alert, so
 * nothing is lost; it is marked as sent after the other side has taken it, so after a crash between
 * the two the same notification leaves once more, with the same {@link Notification#id}: at least
 * once, recognisable. Retries wait from 5 s to 1 h, for at most 24 h (and at least 8 tries); what
 * is given up then stays visible for 90 days.
 *
 * <p>The fuse: at most so many messages a minute and channel, whatever the rules do; what is over
 * becomes one summary. A second fuse stands over all channels, see {@link Fuse}. They count stored
 * rows, so a restart does not mend them. Safe for many threads.
 */
public final class Outbox implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration GIVE_UP = Duration.ofHours(24);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration KEEP = Duration.ofDays(90);

  /** A machine that was off for a day has not tried for a day. */
  private static final int LEAST_TRIES = 8;

  private static final int FAILED_SHOWN = 50;
  private static final int MAX_DOUBLINGS = 12;
  private static final int STEP = 100;
  private static final int NAMED_IN_SUMMARY = 20;
  private static final long IDLE_SECONDS = 1;
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private final OutboxStore store;
  private final AlertStore alerts;
  private final List<Channel> channels;
  private final String appliance;
  private final int perMinute;
  private final Fuse fuse;
  private final InstantSource clock;
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();

  /**
   * When to send no more.
   *
   * @param perMinute messages of each channel, at least 2: one of them is the summary
   * @param perHour messages of all channels together, at least 2
   */
  public record Fuses(int perMinute, int perHour) {
    public Fuses {
      if (perMinute < 2 || perHour < 2) {
        throw new IllegalArgumentException(perMinute + " a minute, " + perHour + " an hour");
      }
    }
  }

  /** The thread of one channel: a slow one must not hold up the others. */
  private record Lane(Thread thread, Semaphore news) {}

  /**
   * Sends nothing before {@link #start}.
   *
   * @param channels ways out; empty: nothing is kept
   * @param appliance stable name of this machine inside the ids, {@code [A-Za-z0-9.-]+}
   * @param fuses when to send no more
   */
  public Outbox(
      Database database,
      List<? extends Channel> channels,
      String appliance,
      Fuses fuses,
      InstantSource clock) {
    this.store = new OutboxStore(database);
    this.alerts = new AlertStore(database);
    this.channels = List.copyOf(channels);
    this.appliance = appliance;
    this.perMinute = fuses.perMinute();
    this.fuse = new Fuse(database, fuses.perHour());
    this.clock = clock;
  }

  InstantSource clock() {
    return clock;
  }

  /** Keeps a notification for each channel that wants it, inside the caller's transaction. */
  void keep(Alert alert, String step, Severity atLeast) {
    for (Channel channel : channels) {
      if (channel.wants(alert, atLeast)) {
        store.add(alert.id(), step, channel.name(), now());
      }
    }
    // Without a lock: the caller holds the store's.
    lanes.forEach(lane -> lane.news().release());
  }

  /** Begins to send, each channel on a thread of its own. */
  public synchronized void start() {
    if (!lanes.isEmpty()) {
      return;
    }
    giveUpUnknown();
    for (Channel channel : channels) {
      Semaphore news = new Semaphore(1);
      String name = "outbox-" + channel.name();
      lanes.add(
          new Lane(Thread.ofPlatform().daemon().name(name).start(() -> run(channel, news)), news));
    }
  }

  /** What waits for a channel that is not configured any more is shown as failed after a day. */
  private void giveUpUnknown() {
    Instant now = now();
    for (String name : store.waitingChannels()) {
      if (channels.stream().noneMatch(c -> c.name().equals(name))) {
        int many =
            store.abandon(name, now.minus(GIVE_UP), now, "the channel is not configured any more");
        LOG.atWarn()
            .addKeyValue("channel", name)
            .addKeyValue("givenUp", many)
            .log("Notifications wait for a channel that is not configured");
      }
    }
  }

  private void run(Channel channel, Semaphore news) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          int ignored = sendDue(channel) + store.forget(now().minus(KEEP));
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

  /** Names of the channels. */
  public List<String> channels() {
    return channels.stream().map(Channel::name).toList();
  }

  /**
   * Sends a test message past the outbox, once, at once.
   *
   * @param only name of a channel; empty for all
   * @return for each channel why it did not work, empty when it did
   */
  public Map<String, String> test(String only) throws InterruptedException {
    Map<String, String> out = new LinkedHashMap<>();
    Instant now = now();
    String id = "test-" + now.toEpochMilli() + "@" + appliance;
    for (Channel channel : channels) {
      if (only.isEmpty() || only.equals(channel.name())) {
        try {
          channel.send(new Notification(id, "test", List.of(), 1, now));
          out.put(channel.name(), "");
        } catch (IOException e) {
          out.put(channel.name(), String.valueOf(e.getMessage()));
        }
      }
    }
    return out;
  }

  /** How everything stands. */
  public OutboxStatus status() {
    Map<String, OutboxStatus.ChannelStatus> all = new TreeMap<>();
    for (Channel channel : channels) {
      all.put(
          channel.name(), new OutboxStatus.ChannelStatus(channel.name(), 0, 0, 0, null, false, ""));
    }
    for (OutboxStatus.ChannelStatus one : store.channels(now().minus(MINUTE), perMinute)) {
      all.put(one.name(), one.waiting() > 0 ? one.troubled(store.trouble(one.name())) : one);
    }
    return new OutboxStatus(
        List.copyOf(all.values()),
        store.failed(FAILED_SHOWN),
        store.failedSince(now().minus(DAY)),
        fuse.blownAt(now()));
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
      if (!due.isEmpty() && !fuse.lets(now(), this::summariseAll)) {
        return sent;
      }
      // Read again: what gathered behind the fuse may have a summary now.
      due = store.due(channel.name(), now(), STEP);
      int before = sent;
      for (OutboxStore.Waiting row : singles(due)) {
        if (!fuse.lets(now(), this::summariseAll)) {
          return sent;
        }
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

  /** What gathered behind the fuse leaves as one message a channel. */
  private void summariseAll() {
    for (Channel channel : channels) {
      if (store.due(channel.name(), now(), 2).size() > 1) {
        summarise(channel);
      }
    }
  }

  /** Tries what was given up once more, under the id it had; false when there is no such row. */
  public boolean resend(String channel, String alert, String step) {
    boolean found = channels().contains(channel) && store.again(channel, alert, step, now()) > 0;
    if (found) {
      lanes.forEach(lane -> lane.news().release());
    }
    return found;
  }

  /** Mends the fuse of all channels for a person; false when it has not blown. */
  public boolean mend(String who) {
    boolean mended = fuse.mend(now(), who);
    if (mended) {
      summariseAll();
      lanes.forEach(lane -> lane.news().release());
    }
    return mended;
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
      boolean enough = row.attempts() + 1 >= LEAST_TRIES;
      if (enough && Duration.between(row.createdAt(), next).compareTo(GIVE_UP) > 0) {
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
    lanes.forEach(lane -> lane.thread().interrupt());
    long until = System.nanoTime() + LEAVE.toNanos();
    try {
      for (Lane lane : lanes) {
        Duration left = Duration.ofNanos(Math.max(1, until - System.nanoTime()));
        boolean ignored = lane.thread().join(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.clear();
  }
}
