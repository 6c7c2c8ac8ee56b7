/**
 * Restore: what stands in a snapshot comes back, and nothing else is touched.
 *
 * <p>{@link tr.emanet.backup.restore.RestoreRun} writes below one directory only, by construction:
 * each directory is opened by the kernel with {@code openat2} and {@code RESOLVE_BENEATH |
 * RESOLVE_NO_SYMLINKS}, and each entry is made in an open directory, under a temporary name, and
 * renamed. No path is checked as text, so no race between a check and its use exists. Names are
 * bytes.
 *
 * <p>{@link tr.emanet.backup.restore.SnapshotBrowser} lists directories and searches names over
 * snapshots; {@link tr.emanet.backup.restore.SnapshotArchive} streams a part of a snapshot as zip
 * or tar with names that harm nobody. Every blob is checked against its SHA-256 before a byte of it
 * goes anywhere.
 */
@NullMarked
package tr.emanet.backup.restore;

import org.jspecify.annotations.NullMarked;
