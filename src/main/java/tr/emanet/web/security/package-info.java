/**
 * Who may call what over HTTP: the filter in front of every resource method. Deny by default: a
 * method carries {@link tr.emanet.web.security.Allow} or {@link tr.emanet.web.security.Public}, or
 * nobody reaches it.
 *
 * <p>This package knows cookies, headers and origins; who a cookie or token belongs to is asked of
 * {@link tr.emanet.web.security.Authenticator}, which {@code access} implements.
 */
@NullMarked
package tr.emanet.web.security;

import org.jspecify.annotations.NullMarked;
