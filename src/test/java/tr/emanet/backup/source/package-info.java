/** Sources against real servers: dumps that count, and dumps that must not. */
@NullMarked
package tr.emanet.backup.source;

import org.jspecify.annotations.NullMarked;
