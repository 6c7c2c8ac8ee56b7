/** Tests of retention: real journals, a clock and a machine's count that tests move. */
@NullMarked
package tr.emanet.keep;

import org.jspecify.annotations.NullMarked;
