package tr.emanet.archive;

import java.security.cert.X509Certificate;

/**
 * A certificate that seals or stamps.
 *
 * @param use {@code seal} (signs now), {@code former} (signed before), {@code stamp} (the time
 *     stamp authority of the newest stamp)
 */
public record SealKeyFact(String use, X509Certificate certificate) {}
