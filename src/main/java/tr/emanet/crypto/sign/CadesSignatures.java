package tr.emanet.crypto.sign;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenInfo;
import tr.emanet.crypto.Asn1Bounds;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Digests;

/** Raises a CAdES-B-B signature to B-T (ETSI EN 319 122-1 section 5.3). */
public final class CadesSignatures {

  private static final int MAX_TOKEN = 1 << 20;

  private CadesSignatures() {}

  /**
   * SHA-256 of the signature value: what a time stamp must be asked for before it goes inside.
   *
   * @throws CryptoException when this is no signature file of one signer
   */
  public static byte[] signatureValueDigest(byte[] p7s) throws CryptoException {
    try {
      return Digests.sha256().digest(CmsFile.signer(CmsFile.read(p7s)).getSignature());
    } catch (IOException e) {
      throw new CryptoException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether a time stamp over the signature value is inside (B-T); it is not judged here. */
  public static boolean isStamped(byte[] p7s) throws CryptoException {
    try {
      AttributeTable unsigned = CmsFile.signer(CmsFile.read(p7s)).getUnsignedAttributes();
      return unsigned != null
          && unsigned.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken) != null;
    } catch (IOException e) {
      throw new CryptoException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The signature with the token inside as an unsigned attribute; the signature itself and its
   * signed attributes stay byte for byte.
   *
   * @param token a {@code TimeStampToken} over {@link #signatureValueDigest}, as in {@code
   *     TimeStamping.Granted.token()}
   * @throws CryptoException when there is a token already, or this one is over something else
   */
  public static byte[] withTimeStamp(byte[] p7s, byte[] token) throws CryptoException {
    try {
      CMSSignedData signed = CmsFile.read(p7s);
      SignerInformation signer = CmsFile.signer(signed);
      AttributeTable before = signer.getUnsignedAttributes();
      if (before != null
          && before.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken) != null) {
        throw new CryptoException("the signature has a time stamp inside already", null);
      }
      requireOver(signer.getSignature(), token);
      ASN1EncodableVector attributes =
          before == null ? new ASN1EncodableVector() : before.toASN1EncodableVector();
      attributes.add(
          new Attribute(
              PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
              new DERSet(ASN1Primitive.fromByteArray(token))));
      CMSSignedData stamped =
          CMSSignedData.replaceSigners(
              signed,
              new SignerInformationStore(
                  List.of(
                      SignerInformation.replaceUnsignedAttributes(
                          signer, new AttributeTable(attributes)))));
      byte[] der = stamped.getEncoded(ASN1Encoding.DER);
      // An authority that does not sort its sets would have its token rewritten by strict DER.
      return contains(der, token) ? der : stamped.getEncoded(ASN1Encoding.DL);
    } catch (CryptoException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CryptoException(
          "the time stamp cannot go into the signature: " + e.getMessage(), e);
    }
  }

  private static void requireOver(byte[] signatureValue, byte[] token) throws IOException {
    Asn1Bounds.check(token, MAX_TOKEN, "the time stamp");
    TimeStampTokenInfo info;
    try {
      info = new TimeStampToken(new CMSSignedData(token)).getTimeStampInfo();
    } catch (TSPException | CMSException e) {
      throw new IOException("the time stamp is no RFC 3161 token: " + e.getMessage(), e);
    }
    boolean same =
        info.getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
            && MessageDigest.isEqual(
                info.getMessageImprintDigest(), Digests.sha256().digest(signatureValue));
    if (!same) {
      throw new IOException("the time stamp is over something else than this signature");
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (int i = 0; i <= all.length - part.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
