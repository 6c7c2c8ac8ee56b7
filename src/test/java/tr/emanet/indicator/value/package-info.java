/** Tests of the canonical values: the table of raw forms, poison, and both ways of spelling. */
@NullMarked
package tr.emanet.indicator.value;

import org.jspecify.annotations.NullMarked;
