/**
 * The system page: health in a sentence first, then counters that balance (received = parsed +
 * unparsed + redelivered + waiting + dropped), listeners, routes, journal, index, and the exact
 * lines with which a device sends to us. Reads one {@link tr.emanet.overview.SystemSnapshot} that
 * the root takes; computes nothing that cannot be shown.
 */
@NullMarked
package tr.emanet.overview;

import org.jspecify.annotations.NullMarked;
