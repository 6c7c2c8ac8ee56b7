package tr.emanet.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * How hits become alerts: severity, grouping, what raises, what is told. Data from {@code
 * rules/usom.yml}, see {@link PolicyFile}. Immutable.
 *
 * @param byClass severity by {@code connectiontype}
 * @param otherwise severity without a known class
 * @param byAsset whether each asset has an alert of its own
 * @param window of event time for one alert; zero means a calendar day
 * @param steps how much worse each reason makes it
 * @param severalCount different indicators on one asset
 * @param severalWithin time in which they count together
 * @param loginWithin how soon after a hit a log-in counts
 * @param notAlone sources of USOM/SGB that never open an incident alone; one step milder as well
 * @param notifyAtLeast milder alerts are not sent
 */
public record Policy(
    Map<String, Severity> byClass,
    Severity otherwise,
    boolean byAsset,
    Duration window,
    Map<Raise, Integer> steps,
    int severalCount,
    Duration severalWithin,
    Duration loginWithin,
    Set<String> notAlone,
    Severity notifyAtLeast) {

  /** The feed whose codes the policy is about. */
  private static final String USOM = "usom";

  /** What {@code rules/usom.yml} says as shipped. */
  public static final Policy SHIPPED =
      new Policy(
          Map.of(
              "AC", Severity.CRITICAL,
              "BC", Severity.HIGH,
              "EK", Severity.HIGH,
              "MC", Severity.HIGH,
              "MF", Severity.HIGH,
              "PH", Severity.MEDIUM,
              "MM", Severity.LOW,
              "OT", Severity.LOW),
          Severity.LOW,
          true,
          Duration.ZERO,
          Map.of(Raise.ALLOWED, 1, Raise.SERVER, 1, Raise.SEVERAL, 1, Raise.LOGIN, 1),
          3,
          Duration.ofHours(1),
          Duration.ofMinutes(30),
          Set.of("IH"),
          Severity.HIGH);

  public Policy {
    byClass = Map.copyOf(byClass);
    steps = Map.copyOf(steps);
    notAlone = Set.copyOf(notAlone);
  }

  /** Severity of what these facts describe, with these reasons. */
  Severity severity(Map<String, String> facts, Set<Raise> raised) {
    Severity base =
        Severity.named(facts.getOrDefault(Facts.LEVEL, ""))
            .orElseGet(() -> byClass.getOrDefault(facts.getOrDefault(Facts.CLASS, ""), otherwise));
    int sum = milder(facts) ? -1 : 0;
    for (Raise raise : raised) {
      sum += steps.getOrDefault(raise, 0);
    }
    return base.raised(sum);
  }

  /** Which alert a hit belongs to: hits with the same text share one. */
  String group(Hit hit, ZoneId zone) {
    String when =
        window.isZero()
            ? hit.at().atZone(zone).toLocalDate().toString()
            : Long.toString(Math.floorDiv(hit.at().toEpochMilli(), window.toMillis()))
                + "/"
                + window;
    String asset = byAsset ? hit.asset() : "";
    // Lengths in front: no value can pretend to be two.
    return String.join(
        "|",
        hit.kind().id(),
        when,
        Integer.toString(hit.key().length()),
        Integer.toString(asset.length()),
        hit.key(),
        asset);
  }

  /** Whether the alert may open an incident without anything else. */
  public boolean opensIncident(Alert alert) {
    return alert.kind() != Hit.Kind.FEED && !milder(alert.facts());
  }

  /** Only USOM/SGB has these codes; elsewhere the same letters mean something else. */
  private boolean milder(Map<String, String> facts) {
    return facts.getOrDefault(Facts.FEED, "").equals(USOM)
        && notAlone.contains(facts.getOrDefault(Facts.SOURCE, ""));
  }

  /** Whether two events are near enough to count together. */
  static boolean within(Instant a, Instant b, Duration span) {
    return Duration.between(a, b).abs().compareTo(span) <= 0;
  }
}
