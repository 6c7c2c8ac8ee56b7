/**
 * Secrets sealed to the holders of certificates: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM
 * (RFC 5084), the content key carried to each recipient by RSA-OAEP with SHA-256 (RFC 4055), so
 * that stock {@code openssl cms -decrypt} (3.0 and later) opens what we made.
 *
 * <p>One set of algorithms is written and the same is read; everything else is refused with its
 * name. What is sealed is short (a password), so an envelope is held in memory as a whole and its
 * content leaves only after the tag was right. Structures are parsed by Bouncy Castle after {@link
 * tr.emanet.crypto.Asn1Bounds} has bounded them; the ciphers are the JDK's. {@link
 * tr.emanet.crypto.envelope.SecretSharing} is the other way to escrow: Shamir's shares, any two of
 * three.
 */
@NullMarked
package tr.emanet.crypto.envelope;

import org.jspecify.annotations.NullMarked;
