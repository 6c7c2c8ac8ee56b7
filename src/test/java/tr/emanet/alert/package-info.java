/**
 * Tests of hits, grouping, policy, acts and notifications on a real database, with a clock that the
 * test moves. Servers for mail and webhooks are real ones on the loopback address.
 */
@NullMarked
package tr.emanet.alert;

import org.jspecify.annotations.NullMarked;
