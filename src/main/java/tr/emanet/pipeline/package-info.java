/**
 * Drives the views: one feeder a stream reads the journal from the last committed position, two
 * workers parse and index block by block, and a commit is a barrier, so that what Lucene commits is
 * exactly the records up to a position. Replay after a crash and live work are the same code.
 */
@NullMarked
package tr.emanet.pipeline;

import org.jspecify.annotations.NullMarked;
