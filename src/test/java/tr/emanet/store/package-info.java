/** Tests of the embedded database on a real SQLite file. */
@NullMarked
package tr.emanet.store;

import org.jspecify.annotations.NullMarked;
