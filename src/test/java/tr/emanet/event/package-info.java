/** Tests of the event model. */
@NullMarked
package tr.emanet.event;

import org.jspecify.annotations.NullMarked;
