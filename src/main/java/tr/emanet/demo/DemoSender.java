package tr.emanet.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a realistic municipal stream through the real listeners: first a burst with stamps over the
 * last twenty hours, so that a histogram has a shape, then about forty events a second, with an
 * attack on SSH every ten minutes. What cannot be sent is lost and connections are tried again; a
 * service that is down costs nothing but log lines. One background thread; the methods are safe for
 * many threads.
 */
public final class DemoSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoSender.class);
  private static final Duration PAST = Duration.ofHours(20);
  private static final Duration BETWEEN_ATTACKS = Duration.ofMinutes(10);
  private static final int TICK_MILLIS = 250;

  private final InstantSource clock;
  private final int eventsPerSecond;
  private final int burst;
  private final DemoDay day;
  private final Dice moments = new Dice(7);
  private final DemoOutlets outlets;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();
  private final Thread thread;

  /**
   * Sets up a stream; {@link #start} begins it.
   *
   * @param eventsPerSecond steady rate, 1 to 10,000; 40 looks like a small municipality
   * @param burst how many lines of the past to send first; 0 for none
   */
  public DemoSender(
      DemoEndpoints endpoints, InstantSource clock, long seed, int eventsPerSecond, int burst) {
    if (eventsPerSecond < 1 || eventsPerSecond > 10_000) {
      throw new IllegalArgumentException(
          "events a second " + eventsPerSecond + " is not 1 to 10000");
    }
    this.clock = clock;
    this.eventsPerSecond = eventsPerSecond;
    this.burst = burst;
    this.day = new DemoDay(seed);
    this.outlets = new DemoOutlets(endpoints, clock);
    this.thread = Thread.ofPlatform().daemon().name("demo-sender").unstarted(this::run);
  }

  /** Forty events a second after three thousand of the past. */
  public static DemoSender municipality(DemoEndpoints endpoints, InstantSource clock) {
    return new DemoSender(endpoints, clock, 41, 40, 3000);
  }

  public void start() {
    thread.start();
  }

  /** Events handed to a socket or broker so far. */
  public long sent() {
    return sent.get();
  }

  /** Ends the stream and waits for its thread, at most five seconds. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (outlets) {
      past();
      present();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.atInfo().addKeyValue("sent", sent.get()).log("Demo stream has ended");
  }

  /** Lines of the last hours in the order of their stamps, more of them by day and late. */
  private void past() throws InterruptedException {
    Instant now = clock.instant();
    List<Instant> moments =
        Stream.generate(() -> now.minusSeconds(secondsAgo()))
            .limit(burst)
            .sorted(Comparator.naturalOrder())
            .toList();
    Instant attack = now.minus(Duration.ofHours(3));
    boolean attacked = burst == 0;
    int n = 0;
    for (Instant moment : moments) {
      if (!attacked && moment.isAfter(attack)) {
        attacked = true;
        for (DemoEvent line : day.bruteForce(attack)) {
          send(line);
        }
      }
      send(day.lineAt(moment));
      // A pause now and then keeps the burst below what a small receive buffer holds.
      if (++n % 50 == 0 && stop.await(20, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private long secondsAgo() {
    long span = PAST.toSeconds();
    return moments.below(3) == 0 ? moments.skewed((int) span) : moments.below((int) span);
  }

  private void present() throws InterruptedException {
    Queue<DemoEvent.Syslog> attack = new ArrayDeque<>();
    Instant nextAttack = clock.instant().plusSeconds(20);
    Instant nextGuess = nextAttack;
    long owed = 0;
    while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      Instant now = clock.instant();
      if (now.isAfter(nextAttack)) {
        nextAttack = now.plus(BETWEEN_ATTACKS);
        attack.clear();
        attack.addAll(day.bruteForce(now));
        nextGuess = now;
      }
      while (!attack.isEmpty() && !now.isBefore(nextGuess)) {
        send(attack.remove());
        nextGuess = nextGuess.plusMillis(DemoDay.GUESS_MILLIS);
      }
      owed += (long) eventsPerSecond * TICK_MILLIS;
      for (; owed >= 1000; owed -= 1000) {
        send(day.at(now));
      }
    }
  }

  private void send(DemoEvent event) {
    if (outlets.send(event)) {
      sent.incrementAndGet();
    }
  }
}
