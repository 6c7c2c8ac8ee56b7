/**
 * Bytes from the network to batches of the journal.
 *
 * <p>A route file names a listener and a stream; {@link tr.emanet.intake.route.IntakeContext} loads
 * it. The listeners ({@code syslog}, {@code mqtt}) own their sockets and threads and yield whole
 * {@link tr.emanet.journal.Batch}es, one Camel exchange each, so that Camel costs nothing an event.
 * This package holds what they share: admission by source, the bounded supply of batches, the
 * collector that puts lines of many slow connections into one batch, and the counters, whose
 * identity is: received = journaled + dropped (by reason) + in flight. What was refused before it
 * became a record (connections, empty frames) is counted apart.
 */
@NullMarked
package tr.emanet.intake;

import org.jspecify.annotations.NullMarked;
