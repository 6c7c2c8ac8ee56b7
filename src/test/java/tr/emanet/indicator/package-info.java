/** Tests of the indicator store: revisions, roll-back, approval, the never-block list. */
@NullMarked
package tr.emanet.indicator;

import org.jspecify.annotations.NullMarked;
