package tr.emanet.indicator;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.value.CanonicalValue;

/**
 * An indicator with its newest span.
 *
 * @param id never changes, never used again
 * @param external id within its feed
 * @param raw the value as received
 * @param value empty when the raw value was refused
 * @param refusal why it was refused; else empty
 * @param guard why the never-block list kept it out when it was listed; else empty
 * @param firstSeen when it first came into force
 * @param activeFrom when its newest span began
 * @param activeUntil when it was removed; null while it is listed
 * @param lastSeen the last fetch that listed it
 * @param revision the revision that began its newest span
 */
public record Indicator(
    long id,
    String feed,
    String external,
    String raw,
    Optional<CanonicalValue> value,
    String refusal,
    String guard,
    Codes codes,
    @Nullable Instant listedAt,
    @Nullable Instant expiresAt,
    Instant firstSeen,
    Instant activeFrom,
    @Nullable Instant activeUntil,
    Instant lastSeen,
    long revision) {

  /** Whether it is listed, is a value, and nothing keeps it out. */
  public boolean inForce(Instant now) {
    return activeUntil == null
        && value.isPresent()
        && guard.isEmpty()
        && (expiresAt == null || now.isBefore(expiresAt));
  }
}
