/**
 * The crash-proof harness. It runs the service as a child process, loads it over TCP syslog and
 * MQTT QoS 1 with lines that each carry their own number, and then does to it what a bad day does:
 * kill -9 at a random moment or at a named crash point, a power cut of the file system below it, a
 * broker that goes away. After a restart on the same state directory it asks only what a client can
 * ask (the API, the journal tool) and compares with its own books: what the broker acknowledged to
 * the publisher must be there, a TCP connection must have left a gap-free prefix, nothing may be
 * seen twice, and a view built again from the journal must equal the one that was running.
 *
 * <p>Each proof has a negative control: the same harness must find the loss when the journal is
 * told to acknowledge first or not to force. Small rounds run as tests; {@code packaging/torture}
 * runs as many as you like.
 */
@NullMarked
package tr.emanet.torture;

import org.jspecify.annotations.NullMarked;
