/** The inventory against tables of good and bad files, and a look-up against a naive one. */
@NullMarked
package tr.emanet.asset;

import org.jspecify.annotations.NullMarked;
