package tr.emanet.archive;

import java.security.cert.X509Certificate;

/**
 * A certificate that seals or stamps, or that such ones must lead to.
 *
 * @param use {@code seal} (signs now), {@code former} (signed before), {@code stamp} (the time
 *     stamp authority of the newest stamp), {@code stamp-root} and {@code person-root} (trusted for
 *     stamps, for signatures of people)
 */
public record SealKeyFact(String use, X509Certificate certificate) {}
