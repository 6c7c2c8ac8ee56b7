/**
 * The index behind {@link tr.emanet.search.EventSearch}: query trees become Lucene queries, one set
 * a partition, and answers are counted in tight loops over doc values.
 *
 * <p>A page gallops back through time windows instead of sorting all hits, so its cost depends on
 * how many hits there are near the end and not on the size of the index. What the index cannot
 * decide (phrases, fields outside the core) is verified on the raw line, last and only for
 * documents that everything else let through.
 */
@NullMarked
package tr.emanet.search.lucene;

import org.jspecify.annotations.NullMarked;
