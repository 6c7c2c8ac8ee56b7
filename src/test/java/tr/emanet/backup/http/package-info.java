/** What the backup pages make of forms and figures, without a server. */
@NullMarked
package tr.emanet.backup.http;

import org.jspecify.annotations.NullMarked;
