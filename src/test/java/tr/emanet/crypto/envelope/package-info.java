/**
 * Envelopes against the openssl of the distribution, hostile envelopes, and the sharing of secrets
 * against values that another program computed.
 */
@NullMarked
package tr.emanet.crypto.envelope;

import org.jspecify.annotations.NullMarked;
