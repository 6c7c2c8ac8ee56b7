/** Tests of intake. */
@NullMarked
package tr.emanet.intake;

import org.jspecify.annotations.NullMarked;
