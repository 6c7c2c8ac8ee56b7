/** Tests of retro-hunt: what is hit in the past is what would have been hit live. */
@NullMarked
package tr.emanet.indicator.hunt;

import org.jspecify.annotations.NullMarked;
