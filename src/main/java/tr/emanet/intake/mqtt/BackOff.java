package tr.emanet.intake.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waiting times that double up to a limit, each shortened at random by up to half. */
final class BackOff {

  private static final long FIRST_MILLIS = 250;
  private static final long MOST_MILLIS = 30_000;

  private final RandomGenerator random;
  private long next = FIRST_MILLIS;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  void reset() {
    next = FIRST_MILLIS;
  }

  Duration next() {
    long now = next;
    next = Math.min(MOST_MILLIS, next * 2);
    return Duration.ofMillis(now / 2 + random.nextLong(now / 2 + 1));
  }
}
