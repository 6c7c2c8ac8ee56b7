/**
 * Looks for indicators in what was received before they were known.
 *
 * <p>Each revision that comes into force leaves its new indicators here; they are hunted in batches
 * over every partition of the index, newest first. What is done is stored after each partition, so
 * that a hunt goes on where it was after a restart; hits are unique by indicator and position, so
 * that doing a partition twice adds nothing. The index only proposes events: each is read back,
 * parsed and matched by the live matcher, so that a past hit is exactly what a live one would have
 * been. {@link tr.emanet.indicator.hunt.Hunts} are those that a person starts for any value.
 */
@NullMarked
package tr.emanet.indicator.hunt;

import org.jspecify.annotations.NullMarked;
