/** Tests of downloads within bounds and of the other feed formats. */
@NullMarked
package tr.emanet.indicator.feed;

import org.jspecify.annotations.NullMarked;
