/** Tests of the restore: odd trees, hostile trees, races, archives. */
@NullMarked
package tr.emanet.backup.restore;

import org.jspecify.annotations.NullMarked;
