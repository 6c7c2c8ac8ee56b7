/**
 * Wires every feature of Emanet by hand; the whole service can be read in {@code
 * EmanetApplication}.
 */
@NullMarked
package tr.emanet;

import org.jspecify.annotations.NullMarked;
