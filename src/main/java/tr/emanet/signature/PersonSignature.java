package tr.emanet.signature;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature that was taken.
 *
 * @param sha256 of the object that was signed, in hex
 * @param claimedAt what the signer's machine claims
 * @param stampedAt a time stamp inside, null when there is none
 * @param uploadedBy the person who brought it, who need not be the signer
 */
public record PersonSignature(
    long id,
    String kind,
    String object,
    String sha256,
    String signer,
    String maskedId,
    String issuer,
    String certificate,
    @Nullable Instant claimedAt,
    @Nullable Instant stampedAt,
    boolean qualified,
    boolean trusted,
    List<String> remarks,
    String uploadedBy,
    Instant uploadedAt) {

  public PersonSignature {
    remarks = List.copyOf(remarks);
  }
}
