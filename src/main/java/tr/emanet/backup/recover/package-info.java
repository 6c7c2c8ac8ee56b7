/**
 * Getting back what was backed up, through the service: which snapshots stand, what is in them,
 * downloads, and requests to restore.
 *
 * <p>A request is a row of the store from the first click on, so that it survives reload and
 * restart. {@link tr.emanet.backup.recover.RestoreDesk} keeps the rules: into a new or empty
 * directory one person suffices; whatever could change or mix with what stands there needs another
 * administrator, who approves one certain preview, named by its digest; what gives rights beyond a
 * file (setuid bits, devices, attributes of the system) needs an approval of its own. An answer
 * comes within 24 hours or never. When the restore begins the preview is made once more, and an
 * approval of another one is void.
 *
 * <p>The writing itself is that of {@code backup.restore}; {@link
 * tr.emanet.backup.recover.RestoreWork} runs it as a job that goes on after a restart, and seals
 * the report at the end.
 */
@NullMarked
package tr.emanet.backup.recover;

import org.jspecify.annotations.NullMarked;
