package tr.emanet.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time as far as it is logged.
 *
 * @param from null when the begin is not logged
 * @param until null when the end is not logged
 * @param seen the last instant at which something was logged of it
 */
public record Span(@Nullable Instant from, @Nullable Instant until, Instant seen) {

  /** How well a span fits an instant; null where this is asked for: not at all. */
  record Fit(Confidence confidence, List<Reason> reasons) {}

  /**
   * Whether the span holds an instant.
   *
   * @param tolerance by how much clocks of two devices may differ
   * @param open how long a span may last whose end is not logged
   * @param fresh within this time of the last line an open span counts as sure
   */
  @Nullable Fit fit(Instant at, Duration tolerance, Duration open, Duration fresh) {
    List<Reason> reasons = new ArrayList<>();
    Instant first = from == null ? seen.minus(open) : from;
    Instant last = until == null ? seen.plus(open) : until;
    if (at.isBefore(first)) {
      return near(Duration.between(at, first), tolerance, "before", reasons);
    }
    if (at.isAfter(last)) {
      return near(Duration.between(last, at), tolerance, "after", reasons);
    }
    if (from != null && until != null) {
      reasons.add(Reason.of("inside"));
      return new Fit(Confidence.HIGH, reasons);
    }
    Duration away = Duration.between(seen, at).abs();
    reasons.add(Reason.of(until == null ? "open" : "begin", seconds(away)));
    boolean sure = from != null && away.compareTo(fresh) <= 0;
    return new Fit(
        sure ? Confidence.HIGH : from == null ? Confidence.LOW : Confidence.MEDIUM, reasons);
  }

  private static @Nullable Fit near(
      Duration away, Duration tolerance, String side, List<Reason> reasons) {
    if (away.compareTo(tolerance) > 0) {
      return null;
    }
    reasons.add(Reason.of(side, seconds(away)));
    return new Fit(Confidence.LOW, reasons);
  }

  static String seconds(Duration span) {
    return Long.toString(span.toSeconds());
  }
}
