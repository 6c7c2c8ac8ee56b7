/** Tests of the USOM/SGB client against the simulator and against faults below HTTP. */
@NullMarked
package tr.emanet.indicator.usom;

import org.jspecify.annotations.NullMarked;
