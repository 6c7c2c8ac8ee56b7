/** Tests of block lists: what is taken, what is written, who may pull. */
@NullMarked
package tr.emanet.indicator.list;

import org.jspecify.annotations.NullMarked;
