/**
 * Backup: what does not depend on the format of the repository. A {@link tr.emanet.backup.Target}
 * is a place that holds named objects, written once, durable when the call returns; {@link
 * tr.emanet.backup.LocalTarget} is a directory. {@link tr.emanet.backup.FileNames} carries file
 * names as the bytes they are, whatever the locale.
 *
 * <p>The repository itself is in {@code backup.restic}: version 2 of the format of restic, so that
 * the stock tool can check and restore without us.
 */
@NullMarked
package tr.emanet.backup;

import org.jspecify.annotations.NullMarked;
