package tr.emanet.crypto.envelope;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import tr.emanet.crypto.Asn1Bounds;

/**
 * A parsed envelope whose algorithms are the ones that we accept.
 *
 * @param recipients in the order of the file
 * @param sealed ciphertext with the tag behind it
 */
record EnvelopeFile(
    AuthEnvelopedData data, List<KeyTransRecipientInfo> recipients, byte[] nonce, byte[] sealed) {

  static final int MAX_BYTES = 1 << 20;
  static final int MAX_RECIPIENTS = 64;
  static final int NONCE = 12;
  static final int TAG = 16;

  private static final ASN1ObjectIdentifier SHA256 = NISTObjectIdentifiers.id_sha256;
  private static final AlgorithmIdentifier SHA256_ID = new AlgorithmIdentifier(SHA256);

  /** RSA-OAEP with SHA-256, MGF1 with SHA-256 and an empty label, written as openssl does. */
  static final AlgorithmIdentifier OAEP =
      new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSAES_OAEP,
          new RSAESOAEPparams(
              SHA256_ID,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA256_ID),
              RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

  /**
   * Parses.
   *
   * @throws IOException when it is no such envelope; the message says why
   */
  static EnvelopeFile read(byte[] cms) throws IOException {
    Asn1Bounds.check(cms, MAX_BYTES, "the envelope");
    try {
      ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(cms));
      if (!info.getContentType().equals(CMSObjectIdentifiers.authEnvelopedData)) {
        throw new IOException(
            "the file is no authenticated envelope but has the content type "
                + info.getContentType());
      }
      return check(AuthEnvelopedData.getInstance(info.getContent()));
    } catch (RuntimeException e) {
      // The parser meets hostile structures with all kinds of unchecked exceptions.
      throw new IOException("the envelope is malformed: " + e.getMessage(), e);
    }
  }

  private static EnvelopeFile check(AuthEnvelopedData data) throws IOException {
    if (data.getAuthAttrs() != null) {
      throw new IOException("the envelope has authenticated attributes; we make none");
    }
    EncryptedContentInfo content = data.getAuthEncryptedContentInfo();
    AlgorithmIdentifier cipher = content.getContentEncryptionAlgorithm();
    if (!cipher.getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_GCM)) {
      throw new IOException(
          "the envelope's cipher is " + cipher.getAlgorithm() + "; only AES-256-GCM is accepted");
    }
    GCMParameters gcm = GCMParameters.getInstance(cipher.getParameters());
    ASN1OctetString bytes = content.getEncryptedContent();
    byte[] mac = data.getMac().getOctets();
    if (gcm.getNonce().length != NONCE || gcm.getIcvLen() != TAG || mac.length != TAG) {
      throw new IOException("the envelope's nonce or tag has another length than 12 and 16 bytes");
    }
    if (bytes == null) {
      throw new IOException("the envelope has no content");
    }
    if (data.getRecipientInfos().size() > MAX_RECIPIENTS) {
      throw new IOException("the envelope has more than " + MAX_RECIPIENTS + " recipients");
    }
    List<KeyTransRecipientInfo> recipients = new ArrayList<>();
    for (ASN1Encodable one : data.getRecipientInfos()) {
      // Others than RSA (a KEM copy, a password) are somebody else's way in.
      ASN1Encodable inner = RecipientInfo.getInstance(one).getInfo();
      if (inner != null
          && !(one.toASN1Primitive() instanceof org.bouncycastle.asn1.ASN1TaggedObject)) {
        recipients.add(KeyTransRecipientInfo.getInstance(inner));
      }
    }
    byte[] text = bytes.getOctets();
    byte[] sealed = java.util.Arrays.copyOf(text, text.length + TAG);
    System.arraycopy(mac, 0, sealed, text.length, TAG);
    return new EnvelopeFile(data, List.copyOf(recipients), gcm.getNonce(), sealed);
  }

  /**
   * Makes sure that the content key was wrapped in the one way that we accept.
   *
   * @throws IOException when it was not; the message names what was used
   */
  static void checkTransport(AlgorithmIdentifier used) throws IOException {
    if (!used.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
      throw new IOException(
          "the key transport is "
              + used.getAlgorithm()
              + "; only RSA-OAEP with SHA-256 is accepted");
    }
    RSAESOAEPparams oaep = RSAESOAEPparams.getInstance(used.getParameters());
    AlgorithmIdentifier mask = oaep.getMaskGenAlgorithm();
    boolean fine =
        isSha256(oaep.getHashAlgorithm())
            && mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
            && isSha256(AlgorithmIdentifier.getInstance(mask.getParameters()))
            && oaep.getPSourceAlgorithm().equals(RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM);
    if (!fine) {
      throw new IOException(
          "the key transport is RSA-OAEP, but not with SHA-256 in both places and an empty label");
    }
  }

  private static boolean isSha256(AlgorithmIdentifier id) {
    return id.getAlgorithm().equals(SHA256)
        && (id.getParameters() == null || id.getParameters().equals(DERNull.INSTANCE));
  }
}
