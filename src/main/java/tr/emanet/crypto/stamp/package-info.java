/**
 * Time stamps (RFC 3161): asking an authority, judging its answer, and a small authority of our own
 * for demonstrations and tests.
 *
 * <p>A stamp is granted or it is not: {@link tr.emanet.crypto.stamp.TimeStamping} has no third
 * state, and nothing here takes a stamp from elsewhere when the configured authority does not
 * answer. An answer counts only after everything in it was checked: status, digest, nonce, policy,
 * signature, the purpose of the certificate, and its chain to an authority the operator trusts.
 * {@link tr.emanet.crypto.stamp.BuiltInTsa} says in its certificate what it is.
 */
@NullMarked
package tr.emanet.crypto.stamp;

import org.jspecify.annotations.NullMarked;
