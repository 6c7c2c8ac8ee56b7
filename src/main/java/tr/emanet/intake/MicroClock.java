package tr.emanet.intake;

import java.time.Instant;
import java.time.InstantSource;

/** Receive times as microseconds since 1970 UTC. Safe for many threads. */
@FunctionalInterface
public interface MicroClock {

  long micros();

  static MicroClock of(InstantSource source) {
    return () -> {
      Instant now = source.instant();
      return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    };
  }
}
