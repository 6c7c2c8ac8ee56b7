/**
 * The measuring of Emanet. {@link tr.emanet.bench.Bench} starts the shipped service, lets a sender
 * in another process feed it a corpus of fixed seed, and prints one JSON line a figure; the peers
 * (rsyslog, syslog-ng, OpenSearch) get the same stream on the same machine in the same run, because
 * only ratios of one run survive a change of machine. {@link tr.emanet.bench.HotPath} drives parser
 * and index alone, for a profiler. Nothing here is a test; the tests of this package keep the
 * corpus and the arithmetic honest.
 */
@NullMarked
package tr.emanet.bench;

import org.jspecify.annotations.NullMarked;
