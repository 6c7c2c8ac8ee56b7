/**
 * Pages and API of {@code access}: signing in, the own account, people, the audit chain. Resources
 * translate between HTTP and the services; every decision lies in the services, every right in an
 * {@link tr.emanet.web.security.Allow} on the method. Codes and tokens are shown once, in the
 * answer to the request that made them.
 */
@NullMarked
package tr.emanet.access.http;

import org.jspecify.annotations.NullMarked;
