/**
 * Keys, password hashes and certificates; the only package that knows Bouncy Castle, and that uses
 * it only for what the JDK lacks (Argon2id, making certificates, CMS, time stamps).
 *
 * <p>{@link tr.emanet.crypto.Passwords} derives slowly on purpose, a few at a time, and bounds the
 * cost that a stored hash may ask for before deriving. {@link tr.emanet.crypto.Tokens} makes the
 * opaque ids of sessions and API tokens, of which only digests are stored. {@link
 * tr.emanet.crypto.ServerCertificate} is what a fresh machine speaks TLS with. A {@link
 * tr.emanet.crypto.Secret} never shows itself in a log line. {@link tr.emanet.crypto.Asn1Bounds}
 * looks at foreign BER before any recursive parser does.
 *
 * <p>Below: {@code certificate} (reading, chains, revocation), {@code stamp} (RFC 3161) and {@code
 * sign} (the machine's seal, CAdES, what people signed); each uses only those named before it.
 */
@NullMarked
package tr.emanet.crypto;

import org.jspecify.annotations.NullMarked;
