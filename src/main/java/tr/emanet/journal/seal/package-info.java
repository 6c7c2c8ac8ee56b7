/**
 * What makes the journal provable: leaves over the stored bytes, signed checkpoints that chain to
 * each other, daily roots with a time stamp, witnesses elsewhere, and the end of what the law lets
 * be kept. Bytes: {@code src/docs/format-seal.md}.
 *
 * <p>The sealer is a view like the index: it reads what is durable back from the segment files and
 * never stands in the way of the writer. The files below {@code seals/} are the truth about what is
 * sealed; the tables only remember where they end, and are caught up from the files at a start.
 * Whatever fails, everything in memory is thrown away and read anew from the last checkpoint, so
 * that there is one way of beginning and it is used often.
 */
@NullMarked
package tr.emanet.journal.seal;

import org.jspecify.annotations.NullMarked;
