package tr.emanet.crypto.sign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.esf.SignaturePolicyId;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.SignerInformation;
import tr.emanet.crypto.sign.SignatureResult.Cause;

/**
 * The signed attributes that CAdES baseline demands (EN 319 122-1 section 6.3), each exactly once.
 *
 * @param policy object identifier; empty when the signature names none
 */
record CadesAttributes(
    byte[] messageDigest, Instant signingTime, ESSCertIDv2 reference, String policy) {

  private static final Map<String, String> REFERENCE_DIGESTS =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512");

  static CadesAttributes of(SignerInformation signer) throws Objection {
    AttributeTable table = signer.getSignedAttributes();
    if (table == null) {
      throw new Objection(Cause.MALFORMED, "it has no signed attributes: this is no CAdES");
    }
    if (!CMSObjectIdentifiers.data.equals(required(table, CMSAttributes.contentType))) {
      throw new Objection(Cause.MALFORMED, "it signs something else than data");
    }
    byte[] digest =
        ASN1OctetString.getInstance(required(table, CMSAttributes.messageDigest)).getOctets();
    if (table.get(CMSAttributes.signingTime) == null) {
      throw new Objection(Cause.TIME, "it does not say when it was signed");
    }
    Instant time = Time.getInstance(single(table, CMSAttributes.signingTime)).getDate().toInstant();
    return new CadesAttributes(digest, time, reference(table), policy(table));
  }

  private static ASN1Encodable required(AttributeTable table, ASN1ObjectIdentifier type)
      throws Objection {
    if (table.get(type) == null) {
      throw new Objection(Cause.MALFORMED, "the signed attribute " + type + " is missing");
    }
    return single(table, type);
  }

  /** The one value of an attribute that is there. */
  static ASN1Encodable single(AttributeTable table, ASN1ObjectIdentifier type) throws Objection {
    ASN1EncodableVector all = table.getAll(type);
    if (all.size() != 1 || Attribute.getInstance(all.get(0)).getAttrValues().size() != 1) {
      throw new Objection(Cause.MALFORMED, "the attribute " + type + " is there more than once");
    }
    return Attribute.getInstance(all.get(0)).getAttrValues().getObjectAt(0);
  }

  private static ESSCertIDv2 reference(AttributeTable table) throws Objection {
    if (table.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2) == null) {
      String what =
          table.get(PKCSObjectIdentifiers.id_aa_signingCertificate) == null
              ? "the reference to the signer's certificate (ESS signing-certificate-v2) is missing"
              : "the reference to the signer's certificate is made with SHA-1";
      throw new Objection(Cause.CERTIFICATE_REFERENCE, what);
    }
    ESSCertIDv2[] all =
        SigningCertificateV2.getInstance(
                single(table, PKCSObjectIdentifiers.id_aa_signingCertificateV2))
            .getCerts();
    if (all.length == 0) {
      throw new Objection(
          Cause.CERTIFICATE_REFERENCE, "the reference to the signer's certificate is empty");
    }
    return all[0];
  }

  private static String policy(AttributeTable table) throws Objection {
    if (table.get(PKCSObjectIdentifiers.id_aa_ets_sigPolicyId) == null) {
      return "";
    }
    ASN1Encodable value = single(table, PKCSObjectIdentifiers.id_aa_ets_sigPolicyId);
    return value instanceof ASN1Sequence sequence
        ? SignaturePolicyId.getInstance(sequence).getSigPolicyId().getId()
        : "";
  }

  /** The certificate must be the one that the signer meant. */
  void requireReference(X509Certificate certificate) throws Objection {
    String algorithm = REFERENCE_DIGESTS.get(reference.getHashAlgorithm().getAlgorithm().getId());
    if (algorithm == null) {
      throw new Objection(
          Cause.CERTIFICATE_REFERENCE,
          "the reference to the signer's certificate is made with a weak digest");
    }
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
      if (!MessageDigest.isEqual(digest, reference.getCertHash())) {
        throw new Objection(
            Cause.CERTIFICATE_REFERENCE,
            "the reference is to another certificate than the one in the file");
      }
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new Objection(Cause.MALFORMED, "the certificate cannot be digested: " + e);
    }
  }
}
