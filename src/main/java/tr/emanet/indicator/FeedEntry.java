package tr.emanet.indicator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.value.IndicatorKind;

/**
 * One row as a feed lists it, not yet judged.
 *
 * @param external its id within the feed; the value itself where the feed has no ids
 * @param raw the value as received
 * @param declared null when the feed does not say what it is
 * @param listedAt null when the feed does not say
 * @param expiresAt null: as long as it is listed
 */
public record FeedEntry(
    String external,
    String raw,
    @Nullable IndicatorKind declared,
    Codes codes,
    @Nullable Instant listedAt,
    @Nullable Instant expiresAt) {}
