/**
 * People, their roles, and what proves who they are: passwords, sessions, API tokens and the local
 * token of the command line.
 *
 * <p>Nothing here is guessed from a request: the request authenticator turns a session id or token
 * into a {@link tr.emanet.event.Principal} by looking it up in the store at every request, so that
 * log-out, a new password, other roles and disabling act at once. The store holds digests only.
 *
 * <p>Names are compared in one folded form ({@link tr.emanet.access.UserName}): two people whose
 * names differ only in case, accents or the dot of the i cannot exist. Failed log-ins are slowed
 * down per account and address ({@link tr.emanet.access.LoginThrottle}) without locking others out.
 * Every change goes through a service that writes its audit entry in the same transaction.
 */
@NullMarked
package tr.emanet.access;

import org.jspecify.annotations.NullMarked;
