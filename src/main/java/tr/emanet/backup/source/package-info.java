/**
 * Where backups come from when it is no tree of files: programs whose standard output is the copy.
 * A program is started with a fixed list of arguments, never by a shell; its secrets travel in a
 * file of mode 0600; it must end well, and what it wrote must look like what it should be, or there
 * is no snapshot.
 */
@NullMarked
package tr.emanet.backup.source;

import org.jspecify.annotations.NullMarked;
