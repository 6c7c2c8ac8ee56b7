package tr.emanet.crypto.stamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.TestAuthority.Identity;

/** Makes time stamps by hand, also such as no honest authority would. */
public final class TestTokens {

  private TestTokens() {}

  /** A token as somebody with this certificate would sign it. */
  public static byte[] token(
      Identity signer, byte[] digest, BigInteger nonce, Instant time, String policy)
      throws GeneralSecurityException {
    try {
      DEROctetString imprint = new DEROctetString(digest);
      ASN1EncodableVector info = new ASN1EncodableVector();
      info.add(new ASN1Integer(1));
      info.add(new ASN1ObjectIdentifier(policy));
      info.add(sequence(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256), imprint));
      info.add(new ASN1Integer(4711));
      info.add(new ASN1GeneralizedTime(Date.from(time)));
      info.add(new ASN1Integer(nonce));
      byte[] content = new DERSequence(info).getEncoded();
      ASN1EncodableVector attributes = new ASN1EncodableVector();
      attributes.add(attribute(CMSAttributes.contentType, PKCSObjectIdentifiers.id_ct_TSTInfo));
      attributes.add(
          attribute(
              CMSAttributes.messageDigest, new DEROctetString(Digests.sha256().digest(content))));
      attributes.add(
          attribute(
              PKCSObjectIdentifiers.id_aa_signingCertificateV2,
              new SigningCertificateV2(
                  new ESSCertIDv2(Digests.sha256().digest(signer.certificate().getEncoded())))));
      AttributeTable table = new AttributeTable(attributes);
      String algorithm =
          signer.certificate().getPublicKey() instanceof RSAPublicKey
              ? "SHA256withRSA"
              : "SHA256withECDSA";
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .setSignedAttributeGenerator(ignored -> table)
              .build(
                  new JcaContentSignerBuilder(algorithm).build(signer.pair().getPrivate()),
                  signer.certificate()));
      generator.addCertificates(new JcaCertStore(List.of(signer.certificate())));
      CMSSignedData signed =
          generator.generate(
              new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, content), true);
      return signed.getEncoded("DER");
    } catch (IOException | CMSException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** A granted response around a token. */
  static byte[] response(byte[] token) throws IOException {
    return sequence(sequence(new ASN1Integer(0)), ASN1Primitive.fromByteArray(token)).getEncoded();
  }

  /** What an authority with this certificate answers to a request. */
  static byte[] answer(Identity signer, byte[] request, Instant time)
      throws GeneralSecurityException, IOException {
    TimeStampRequest asked = new TimeStampRequest(request);
    return response(
        token(signer, asked.getMessageImprintDigest(), asked.getNonce(), time, "1.2.3"));
  }

  private static DERSequence sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }
}
