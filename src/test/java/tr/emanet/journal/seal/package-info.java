/** Tests of leaves, checkpoints, roots, retention and destruction, over real files. */
@NullMarked
package tr.emanet.journal.seal;

import org.jspecify.annotations.NullMarked;
