/**
 * Syslog listeners on plain JDK sockets: UDP on one platform thread with a drain loop, TCP and TLS
 * with one virtual thread a connection (RFC 5425, 5426, 6587). They keep bytes as they came;
 * parsing is done later, from the journal.
 */
@NullMarked
package tr.emanet.intake.syslog;

import org.jspecify.annotations.NullMarked;
