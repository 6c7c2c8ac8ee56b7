/** Tests of the house and of the whole service. */
@NullMarked
package tr.emanet;

import org.jspecify.annotations.NullMarked;
