package tr.emanet.index;

import java.time.LocalDate;
import org.apache.lucene.search.IndexSearcher;

/**
 * One partition as it was when the view was taken.
 *
 * @param stream retention class
 * @param day receive day in the configured zone
 * @param searcher leaves are ordered newest first
 * @param minTimestamp lowest {@code @timestamp} in it, milliseconds; {@code Long.MAX_VALUE} if
 *     empty
 * @param maxTimestamp highest {@code @timestamp}; {@code Long.MIN_VALUE} if empty
 * @param maxSequence highest sequence that can be found, 0 if empty
 */
public record PartitionView(
    String stream,
    LocalDate day,
    IndexSearcher searcher,
    long minTimestamp,
    long maxTimestamp,
    long maxSequence) {}
