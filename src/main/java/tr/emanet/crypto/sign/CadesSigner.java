package tr.emanet.crypto.sign;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.esf.OtherHashAlgAndValue;
import org.bouncycastle.asn1.esf.SignaturePolicyId;
import org.bouncycastle.asn1.esf.SignaturePolicyIdentifier;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Digests;

/** Builds detached CMS signatures of the form CAdES-B-B (ETSI EN 319 122-1 section 6). */
final class CadesSigner {

  private CadesSigner() {}

  /**
   * Signs a digest; the result is DER.
   *
   * @param sha256 SHA-256 of the content
   */
  static byte[] sign(byte[] sha256, SigningIdentity who, Instant time, SignaturePolicy policy)
      throws CryptoException {
    if (sha256.length != 32) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + sha256.length);
    }
    try {
      AttributeTable attributes = attributes(sha256, who.certificate(), time, policy);
      JcaContentSignerBuilder signer = new JcaContentSignerBuilder(who.algorithm());
      if (who.provider() != null) {
        signer.setProvider(who.provider());
      }
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .setSignedAttributeGenerator(parameters -> attributes)
              .build(signer.build(who.key()), who.certificate()));
      generator.addCertificates(new JcaCertStore(who.chain()));
      return generator.generate(new CMSAbsentContent(), false).getEncoded("DER");
    } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
      throw new CryptoException(
          "the key of '"
              + who.certificate().getSubjectX500Principal()
              + "' cannot sign: "
              + e.getMessage(),
          e);
    }
  }

  private static AttributeTable attributes(
      byte[] sha256, X509Certificate certificate, Instant time, SignaturePolicy policy)
      throws GeneralSecurityException {
    ASN1EncodableVector all = new ASN1EncodableVector();
    all.add(new Attribute(CMSAttributes.contentType, new DERSet(CMSObjectIdentifiers.data)));
    all.add(
        new Attribute(
            CMSAttributes.signingTime, new DERSet(new Time(Date.from(time)).toASN1Primitive())));
    all.add(new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(sha256))));
    all.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(reference(certificate))));
    if (policy != SignaturePolicy.NONE) {
      all.add(
          new Attribute(
              PKCSObjectIdentifiers.id_aa_ets_sigPolicyId, new DERSet(identifier(policy))));
    }
    return new AttributeTable(all);
  }

  private static SigningCertificateV2 reference(X509Certificate certificate)
      throws GeneralSecurityException {
    JcaX509CertificateHolder holder = new JcaX509CertificateHolder(certificate);
    IssuerSerial issuer =
        new IssuerSerial(
            new GeneralNames(new GeneralName(holder.getIssuer())), certificate.getSerialNumber());
    return new SigningCertificateV2(
        new ESSCertIDv2[] {
          new ESSCertIDv2(Digests.sha256().digest(certificate.getEncoded()), issuer)
        });
  }

  private static SignaturePolicyIdentifier identifier(SignaturePolicy policy) {
    return new SignaturePolicyIdentifier(
        new SignaturePolicyId(
            new ASN1ObjectIdentifier(policy.oid()),
            new OtherHashAlgAndValue(
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                new DEROctetString(HexFormat.of().parseHex(SignaturePolicy.DOCUMENT_SHA256)))));
  }
}
