/**
 * Tests of the parsers: vectors of others, a golden table of odd forms, Turkish text, time, fuzz.
 * {@link tr.emanet.parse.EventParserBenchmark} and its quick form measure.
 */
@NullMarked
package tr.emanet.parse;

import org.jspecify.annotations.NullMarked;
