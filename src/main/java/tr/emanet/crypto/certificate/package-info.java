/**
 * Certificates (RFC 5280): reading them from files with bounds, what a page shows of them, and
 * whether a chain ends at an authority that the operator trusts.
 *
 * <p>Nothing here goes to the network: revocation is judged from lists and answers that somebody
 * supplied, and the result says so when there was none. A chain is judged at the time of the
 * signature, not at the time of the check.
 */
@NullMarked
package tr.emanet.crypto.certificate;

import org.jspecify.annotations.NullMarked;
