package tr.emanet.crypto.sign;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.certificate.CertificateFacts;

/**
 * Accepts what a person signed elsewhere: the object is downloaded, signed with any tool and card,
 * and the {@code .p7s} comes back. No key and no PIN of a person is ever here.
 */
public final class PersonSignature {

  /** What came of an upload. */
  public sealed interface Result {

    /**
     * A signature over exactly the object.
     *
     * @param name the signer's name
     * @param maskedId national id, masked; empty when the certificate has none
     * @param certificate all that a page shows of it
     * @param signed the time the signer claims
     * @param stamped the time a trusted stamp proves; null without one
     * @param qualified whether the certificate states that it is a qualified one under Turkish law;
     *     only then may a page speak of a secure electronic signature
     * @param revocationKnown whether the certificate is known not to be revoked
     */
    record Accepted(
        String name,
        String maskedId,
        CertificateFacts certificate,
        Instant signed,
        @Nullable Instant stamped,
        boolean qualified,
        boolean revocationKnown)
        implements Result {}

    /**
     * @param reason a sentence for an operator, in English
     */
    record Refused(SignatureResult.Cause cause, String reason) implements Result {}
  }

  private PersonSignature() {}

  /**
   * Judges an uploaded signature.
   *
   * @param object what was offered for signing
   * @param p7s the upload, as it came
   * @param terms see {@link SignatureTerms#person}
   * @throws IOException when the object itself cannot be read
   */
  public static Result accept(SignedContent object, byte[] p7s, SignatureTerms terms)
      throws IOException {
    return switch (SignatureCheck.check(p7s, object, terms)) {
      case SignatureResult.Refused(var cause, var reason) -> new Result.Refused(cause, reason);
      case SignatureResult.Valid valid ->
          new Result.Accepted(
              valid.signer().displayName(),
              valid.signer().nationalId(),
              valid.signer(),
              valid.signingTime(),
              valid.stampTime(),
              valid.signer().isQualified(),
              valid.revocationKnown());
    };
  }
}
