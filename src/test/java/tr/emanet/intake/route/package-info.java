/** Tests of intake. */
@NullMarked
package tr.emanet.intake.route;

import org.jspecify.annotations.NullMarked;
