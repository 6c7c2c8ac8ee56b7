package tr.emanet;

import java.io.Closeable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Hit;
import tr.emanet.journal.seal.SealReport;

/** Raises the alarm when the log is not sealed as it should be, and ends it when it is again. */
final class SealAlarms implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(SealAlarms.class);
  private static final long EVERY_SECONDS = 30;

  private final Alerts alerts;
  private final Supplier<SealReport> report;
  private final ZoneId zone;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("seal-alarms").factory());

  SealAlarms(Alerts alerts, Supplier<SealReport> report, ZoneId zone, InstantSource clock) {
    this.alerts = alerts;
    this.report = report;
    this.zone = zone;
    this.clock = clock;
  }

  void start() {
    var ignored =
        thread.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks once. */
  void look() {
    try {
      Instant now = clock.instant();
      alerts.conditions(
          Hit.Kind.FEED,
          SealConditions.ASSET,
          SealConditions.of(report.get(), now.atZone(zone).toLocalDate(), now));
    } catch (RuntimeException e) {
      // Boundary: the next look must come, whatever this one found.
      LOG.atError().setCause(e).log("The alarms of the seal cannot be judged; trying again");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
