/**
 * Tests of the parsers: vectors of others, a golden table of odd forms, Turkish text, time, fuzz.
 * {@link tr.emanet.parse.ParserBench} measures.
 */
@NullMarked
package tr.emanet.parse;

import org.jspecify.annotations.NullMarked;
