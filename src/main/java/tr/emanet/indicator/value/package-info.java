/**
 * What an indicator is, in one spelling: raw text of a feed becomes a canonical value, or is
 * refused with a reason.
 *
 * <p>A {@link tr.emanet.indicator.value.CanonicalValue} cannot exist outside the strict grammar of
 * its kind: its only constructor checks it. Canonical values are written into block lists and
 * scripts that firewalls run, so a value of a poisoned feed must die here and nowhere later. Every
 * canonical value is printable ASCII without blank, quote, semicolon, bar, dollar, back tick,
 * backslash or bracket (except around an IPv6 host in a URL).
 *
 * <p>{@link tr.emanet.indicator.value.ValueReader} is the entry for text of people and feeds;
 * {@link tr.emanet.indicator.value.CanonicalValue#of} reads back what was stored. Pure functions,
 * safe for many threads, no clock, no locale.
 */
@NullMarked
package tr.emanet.indicator.value;

import org.jspecify.annotations.NullMarked;
