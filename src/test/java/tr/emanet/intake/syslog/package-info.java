/** Tests of intake. */
@NullMarked
package tr.emanet.intake.syslog;

import org.jspecify.annotations.NullMarked;
