package tr.emanet;

import java.io.Closeable;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Severity;
import tr.emanet.archive.SealKeyFact;
import tr.emanet.crypto.certificate.Certificates;

/**
 * Raises the alarm 60, 30 and 7 days before a certificate ends on which proof or recovery depends,
 * and when it has ended: each step is an alarm of its own, so that nobody sleeps through the last.
 */
final class CertificateAlarms implements Closeable {

  /** The use of certificates to which passwords of backups are sealed. */
  static final String ESCROW = "escrow";

  private static final Logger LOG = LoggerFactory.getLogger(CertificateAlarms.class);
  private static final String ASSET = "certificate";
  private static final long FIRST_SECONDS = 20;
  private static final long EVERY_SECONDS = 3600;
  private static final int MOST = 100;

  /** Days that are left, and how bad that is; the last one that fits counts. */
  private static final Map<Integer, Severity> STEPS = steps();

  private final Alerts alerts;
  private final List<Callable<List<SealKeyFact>>> sources;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate-alarms").factory());

  CertificateAlarms(Alerts alerts, List<Callable<List<SealKeyFact>>> sources, InstantSource clock) {
    this.alerts = alerts;
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  private static Map<Integer, Severity> steps() {
    Map<Integer, Severity> steps = new LinkedHashMap<>();
    steps.put(60, Severity.LOW);
    steps.put(30, Severity.MEDIUM);
    steps.put(7, Severity.HIGH);
    steps.put(0, Severity.CRITICAL);
    return steps;
  }

  void start() {
    var ignored =
        thread.scheduleWithFixedDelay(this::look, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks once. */
  void look() {
    List<SealKeyFact> all = new ArrayList<>();
    try {
      for (Callable<List<SealKeyFact>> source : sources) {
        all.addAll(source.call());
      }
      alerts.conditions(Hit.Kind.FEED, ASSET, of(all, clock.instant()));
    } catch (Exception e) {
      // Boundary: the next look must come. What cannot be read must not end what stands.
      LOG.atError().setCause(e).log("The ends of certificates cannot be judged; trying again");
    }
  }

  /** Those that end soon or have ended; who signed formerly may end. */
  static List<Condition> of(List<SealKeyFact> all, Instant now) {
    Map<String, Condition> out = new LinkedHashMap<>();
    for (SealKeyFact one : all) {
      if (!one.use().equals("former")) {
        Duration left = Duration.between(now, one.certificate().getNotAfter().toInstant());
        STEPS.entrySet().stream()
            .filter(step -> left.compareTo(Duration.ofDays(step.getKey())) < 0)
            .reduce((earlier, later) -> later)
            .ifPresent(
                step -> {
                  Condition made = condition(one, step.getKey(), step.getValue(), now);
                  out.putIfAbsent(made.key(), made);
                });
      }
    }
    return out.values().stream().limit(MOST).toList();
  }

  private static Condition condition(SealKeyFact one, int step, Severity severity, Instant now) {
    X509Certificate certificate = one.certificate();
    Instant ends = certificate.getNotAfter().toInstant();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, SealConditions.ASSET);
    facts.put(Facts.CONDITION, SealConditions.ASSET);
    facts.put(Facts.REASON, "certificate-" + one.use());
    facts.put(Facts.SINCE, now.toString());
    facts.put(Facts.DETAIL, ends + ", " + certificate.getSubjectX500Principal().getName());
    String key = ASSET + ":" + one.use() + ":" + Certificates.fingerprint(certificate);
    return new Condition(key + ":" + step, severity, now, 1, facts);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
