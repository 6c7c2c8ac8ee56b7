/** The ladder and the drills over real repositories, with a clock that tests turn. */
@NullMarked
package tr.emanet.backup.proof;

import org.jspecify.annotations.NullMarked;
