package tr.emanet.crypto.sign;

import java.io.IOException;
import java.util.Collection;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import tr.emanet.crypto.Asn1Bounds;

/** Reads CMS files that may come from anybody. */
final class CmsFile {

  /** Enough for a signature with long-term values; the content itself is never inside. */
  static final int MAX_BYTES = 4 << 20;

  private CmsFile() {}

  /**
   * Parses a CMS SignedData.
   *
   * @throws IOException when it is none; the message says why
   */
  static CMSSignedData read(byte[] bytes) throws IOException {
    Asn1Bounds.check(bytes, MAX_BYTES, "the signature file");
    try {
      return new CMSSignedData(bytes);
    } catch (CMSException | RuntimeException e) {
      // The parser meets hostile structures with all kinds of unchecked exceptions.
      throw new IOException("the signature file is no CMS SignedData: " + e.getMessage(), e);
    }
  }

  /** The one signer; this product makes and accepts no other. */
  static SignerInformation signer(CMSSignedData signed) throws IOException {
    Collection<SignerInformation> all = signed.getSignerInfos().getSigners();
    if (all.size() != 1) {
      throw new IOException("the signature file has " + all.size() + " signers, not one");
    }
    return all.iterator().next();
  }
}
