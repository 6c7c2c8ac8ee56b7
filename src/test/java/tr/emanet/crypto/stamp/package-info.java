/** Tests of time stamps. */
@NullMarked
package tr.emanet.crypto.stamp;

import org.jspecify.annotations.NullMarked;
