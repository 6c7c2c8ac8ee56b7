package tr.emanet.signature;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signature that was taken.
 *
 * @param sha256 of the object that was signed, in hex
 * @param signer number of the manifest that it is over; 0 when it is over the object itself
 * @param person the signer's national id, masked; empty when the certificate has none
 * @param certificate SHA-256 of the certificate's DER in hex
 * @param claimedAt what the signer's machine claims
 * @param stampedAt a trusted time stamp inside, null when there is none
 * @param qualified whether the certificate states that it is a qualified one under Turkish law
 * @param revocationKnown whether it was known not to be revoked when it came
 * @param uploadedBy the person who brought it, who need not be the signer
 */
public record KeptSignature(
    long id,
    String kind,
    String object,
    String sha256,
    int signer,
    String name,
    String person,
    String issuer,
    String certificate,
    Instant claimedAt,
    @Nullable Instant stampedAt,
    boolean qualified,
    boolean revocationKnown,
    String uploadedBy,
    Instant uploadedAt) {}
