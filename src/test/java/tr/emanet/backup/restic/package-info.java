/** Tests of the repository format, most of them against the stock restic. */
@NullMarked
package tr.emanet.backup.restic;

import org.jspecify.annotations.NullMarked;
