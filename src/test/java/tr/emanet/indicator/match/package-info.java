/**
 * Tests of the matcher: a table of quirks, an oracle that compares every indicator with everything
 * an event names, and {@link tr.emanet.indicator.match.MatchBench}, which measures.
 */
@NullMarked
package tr.emanet.indicator.match;

import org.jspecify.annotations.NullMarked;
