/** Tests of the archive, with a writer of sealed logs made from the format page alone. */
@NullMarked
package tr.emanet.archive;

import org.jspecify.annotations.NullMarked;
