/** Tests of what backup does beside the format: places, names. */
@NullMarked
package tr.emanet.backup;

import org.jspecify.annotations.NullMarked;
