/** Tests of intake. */
@NullMarked
package tr.emanet.intake.mqtt;

import org.jspecify.annotations.NullMarked;
