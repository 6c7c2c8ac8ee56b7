/**
 * Version 2 of the repository format of restic, in our own code; {@code src/docs/format-backup.md}
 * says what we write and where we differ from restic's own writer.
 *
 * <p>{@link tr.emanet.backup.restic.Repository} opens a {@link tr.emanet.backup.Target} with a
 * password and reads and writes sealed objects; {@link tr.emanet.backup.restic.BlobWriter} cuts the
 * stream of blobs into packs; {@link tr.emanet.backup.restic.BackupRun}, {@link
 * tr.emanet.backup.restic.CheckRun} and {@link tr.emanet.backup.restic.PruneRun} are the
 * operations. Order of writing: packs, index, snapshot; of deleting: snapshot, index, packs; so a
 * cut at any moment leaves at most bytes that nobody uses.
 *
 * <p>All that is read is hostile until its seal and its SHA-256 are checked, and bounded after
 * that.
 */
@NullMarked
package tr.emanet.backup.restic;

import org.jspecify.annotations.NullMarked;
