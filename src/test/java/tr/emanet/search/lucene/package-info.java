/** Tests of the index-backed search against a linear scan. */
@NullMarked
package tr.emanet.search.lucene;

import org.jspecify.annotations.NullMarked;
