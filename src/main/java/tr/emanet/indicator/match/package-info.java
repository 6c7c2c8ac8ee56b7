/**
 * Finds indicators in events: a pure engine without store, index or web.
 *
 * <p>{@link tr.emanet.indicator.match.IndicatorSet} is an immutable, packed set (no object an
 * indicator); {@link tr.emanet.indicator.match.CurrentSet} swaps it under running matchers; {@link
 * tr.emanet.indicator.match.EventMatcher}, one a thread, looks up everything that an event names:
 * about one cache line a label of a host name, a network width or a path, whatever the size of the
 * set. Nothing is allocated a record, except for host names in other scripts and for IPv6 hosts in
 * URLs.
 *
 * <p>A domain matches itself and every name below it; a URL its host and exact path, never its
 * whole host, and any query unless it names one; an address and a network what they hold; a file
 * hash itself. {@code www.x} also matches {@code x}, as a weak hit. An indicator is looked at as it
 * was at the time of the event.
 */
@NullMarked
package tr.emanet.indicator.match;

import org.jspecify.annotations.NullMarked;
