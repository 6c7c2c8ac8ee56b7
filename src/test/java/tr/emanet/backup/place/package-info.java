/** When copies to second places are due, and what a place may be. */
@NullMarked
package tr.emanet.backup.place;

import org.jspecify.annotations.NullMarked;
