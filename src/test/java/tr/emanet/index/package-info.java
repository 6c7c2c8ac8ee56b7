/** Tests of the Lucene view. */
@NullMarked
package tr.emanet.index;

import org.jspecify.annotations.NullMarked;
