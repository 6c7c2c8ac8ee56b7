/**
 * The Lucene view of the journal: one index (partition) per receive day and stream, with commits
 * that name the journal position they contain. A document stores no text: it has postings of the
 * folded words of the line, columns for the fields and the sequence under which the journal returns
 * the raw line. Any partition can be deleted and is built again.
 *
 * <p>{@link tr.emanet.index.Schema} lists every Lucene field. The pipeline is the only writer;
 * {@code search} reads through {@link tr.emanet.index.IndexView}.
 */
@NullMarked
package tr.emanet.index;

import org.jspecify.annotations.NullMarked;
