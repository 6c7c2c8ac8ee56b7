package tr.emanet.journal;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * What the journal needs from outside.
 *
 * @param freeBytes usable bytes of the journal's file system
 * @param fatal called once, with the exit code, when nothing can be acknowledged any more
 */
record Surroundings(
    InstantSource clock,
    LongSupplier nanoTime,
    SecureRandom random,
    LongSupplier freeBytes,
    Storage storage,
    IntConsumer fatal) {

  /** Now, in microseconds since 1970 UTC. */
  long micros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
  }
}
