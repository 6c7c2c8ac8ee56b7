package tr.emanet;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.route.IntakeContext;
import tr.emanet.web.Health;
import tr.emanet.web.ShellFacts;

/** What the top bar shows, sampled once a second. Safe for many threads. */
final class Facts implements ShellFacts, Closeable {

  private static final int WINDOW = 10;

  private final Settings settings;
  private final Spine spine;
  private final Detection detection;
  private final Supplier<Optional<RunningJob>> backups;
  private final Supplier<Proven> proven;
  private final InstantSource clock;
  private final long[] received = new long[WINDOW + 1];
  private final Thread sampler;
  private int samples;
  private volatile long rate;
  private volatile Health intake = Health.UNKNOWN;

  Facts(
      Settings settings,
      Spine spine,
      Detection detection,
      Supplier<Optional<RunningJob>> backups,
      Supplier<Proven> proven,
      InstantSource clock) {
    this.backups = backups;
    this.proven = proven;
    this.detection = detection;
    this.settings = settings;
    this.spine = spine;
    this.clock = clock;
    this.sampler = Thread.ofPlatform().daemon().name("shell-facts").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        sample();
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    IntakeContext context = spine.intake();
    if (context == null) {
      return;
    }
    IntakeStatus status = context.status();
    received[samples % (WINDOW + 1)] = status.received();
    int back = Math.min(samples, WINDOW);
    if (back > 0) {
      rate = (received[samples % (WINDOW + 1)] - received[(samples - back) % (WINDOW + 1)]) / back;
    }
    samples++;
    intake = health(status);
  }

  private Health health(IntakeStatus status) {
    if (status.gate() == IntakeStatus.Gate.CLOSED || status.listeners().isEmpty()) {
      return Health.BROKEN;
    }
    boolean trouble =
        status.gate() != IntakeStatus.Gate.OPEN
            || spine.pipeline().status().problem() != null
            || !spine.journal().status().problems().isEmpty()
            || detection.feeds().schedule().notTickedSince().isPresent()
            || status.routes().stream().anyMatch(r -> !r.problems().isEmpty());
    return trouble ? Health.ATTENTION : Health.OK;
  }

  @Override
  public long newAlerts() {
    return detection.newAlerts();
  }

  @Override
  public String institution() {
    return settings.institution();
  }

  @Override
  public long eventsPerSecond() {
    return rate;
  }

  @Override
  public Health intake() {
    return intake;
  }

  @Override
  public Optional<RunningJob> job() {
    return backups.get().or(() -> detection.hunting().running());
  }

  @Override
  public Proven proven() {
    return proven.get();
  }

  /** The address that devices are told to send to. */
  String deviceAddress() {
    InetAddress bound = settings.syslogAddress();
    if (!bound.isAnyLocalAddress()) {
      return bound.getHostAddress();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public ZoneId zone() {
    return settings.zoneId();
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
