/** Keys of repositories: on directories, with shares on paper, and in the memory of a process. */
@NullMarked
package tr.emanet.backup.key;

import org.jspecify.annotations.NullMarked;
