/**
 * Camel between listeners and journal: the route folder, its checks, and three thin components,
 * {@code emanet-syslog}, {@code emanet-mqtt} and {@code journal}. A route carries whole batches; no
 * header, property or address in an exchange comes from the network.
 */
@NullMarked
package tr.emanet.intake.route;

import org.jspecify.annotations.NullMarked;
