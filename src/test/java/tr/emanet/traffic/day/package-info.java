/** Tests of the lists of a day. */
@NullMarked
package tr.emanet.traffic.day;

import org.jspecify.annotations.NullMarked;
