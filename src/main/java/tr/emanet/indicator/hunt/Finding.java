package tr.emanet.indicator.hunt;

import java.time.Instant;
import tr.emanet.event.Position;

/**
 * One event that names a hunted value.
 *
 * @param position the event
 * @param at event time
 * @param wanted the hunted value, in canonical form
 * @param field ECS name; {@code message} when it stands somewhere in the text
 * @param value as it stands there
 * @param weak only the bare name of a {@code www.} name was seen
 */
public record Finding(
    Position position, Instant at, String wanted, String field, String value, boolean weak) {}
