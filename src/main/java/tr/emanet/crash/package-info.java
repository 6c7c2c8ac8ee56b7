/** Named crash points, at which the torture harness ends the process. */
@NullMarked
package tr.emanet.crash;

import org.jspecify.annotations.NullMarked;
