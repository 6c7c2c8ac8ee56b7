/** Tests of the printer. */
@NullMarked
package tr.emanet.document;

import org.jspecify.annotations.NullMarked;
