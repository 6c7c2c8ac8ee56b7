package tr.emanet.archive;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A machine seal and a time stamp authority made for one test, independent of our own signing. */
final class FixtureKeys {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  /** A key and its self-signed certificate. */
  record Holder(PrivateKey key, X509Certificate certificate, String algorithm) {

    String pem() throws GeneralSecurityException {
      byte[] der = certificate.getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
          + "\n-----END CERTIFICATE-----\n";
    }
  }

  private final Holder seal;
  private final Holder authority;
  private long serial = 1;

  private FixtureKeys(Holder seal, Holder authority) {
    this.seal = seal;
    this.authority = authority;
  }

  /** As the product has them: ECDSA over P-256. */
  static FixtureKeys elliptic() throws Exception {
    return of("EC", 256, "SHA256withECDSA");
  }

  /** RSA is checked faster, which matters when an archive is checked thousands of times. */
  static FixtureKeys rsa() throws Exception {
    return of("RSA", 2048, "SHA256withRSA");
  }

  private static FixtureKeys of(String kind, int size, String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(size);
    Holder seal =
        holder(generator.generateKeyPair(), "CN=Emanet seal,O=Ornek Belediyesi", false, algorithm);
    Holder authority = holder(generator.generateKeyPair(), "CN=Test time,O=Test", true, algorithm);
    return new FixtureKeys(seal, authority);
  }

  private static Holder holder(KeyPair pair, String name, boolean stamps, String algorithm)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(name),
            BigInteger.valueOf(stamps ? 2 : 1),
            Date.from(FROM),
            Date.from(FROM.plus(Duration.ofDays(3650))),
            new X500Name(name),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    if (stamps) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    } else {
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
    }
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
    return new Holder(pair.getPrivate(), certificate, algorithm);
  }

  Holder seal() {
    return seal;
  }

  Holder authority() {
    return authority;
  }

  /** A detached CAdES-B-B signature in DER. */
  byte[] sign(byte[] content)
      throws GeneralSecurityException, CMSException, IOException, OperatorCreationException {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(seal.certificate().getEncoded());
    attributes.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {new ESSCertIDv2(digest)}))));
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .setSignedAttributeGenerator(
                new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
            .build(
                new JcaContentSignerBuilder(seal.algorithm()).build(seal.key()),
                seal.certificate()));
    generator.addCertificates(new JcaCertStore(List.of(seal.certificate())));
    return generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
  }

  /** The same with a token over the signature value inside (CAdES-B-T). */
  byte[] withStamp(byte[] signature, Instant when) throws Exception {
    CMSSignedData signed = new CMSSignedData(signature);
    SignerInformation signer = signed.getSignerInfos().iterator().next();
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
            new DERSet(token(signer.getSignature(), when).toCMSSignedData().toASN1Structure())));
    SignerInformation stamped =
        SignerInformation.replaceUnsignedAttributes(signer, new AttributeTable(attributes));
    return CMSSignedData.replaceSigners(signed, new SignerInformationStore(stamped))
        .getEncoded("DER");
  }

  private TimeStampToken token(byte[] over, Instant when) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(over);
    return stamps().generate(request(digest), BigInteger.valueOf(serial++), Date.from(when));
  }

  /** A TimeStampResp over some bytes. */
  byte[] stamp(byte[] over, Instant when) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(over);
    return new TimeStampResponseGenerator(stamps(), TSPAlgorithms.ALLOWED)
        .generate(request(digest), BigInteger.valueOf(serial++), Date.from(when))
        .getEncoded();
  }

  private static TimeStampRequest request(byte[] digest) throws IOException {
    TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
    requests.setCertReq(true);
    return requests.generate(TSPAlgorithms.SHA256, digest);
  }

  private TimeStampTokenGenerator stamps()
      throws GeneralSecurityException, OperatorCreationException, TSPException {
    TimeStampTokenGenerator generator =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder()
                .build(authority.algorithm(), authority.key(), authority.certificate()),
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
            new ASN1ObjectIdentifier("1.2.3.4"));
    generator.addCertificates(new JcaCertStore(List.of(authority.certificate())));
    return generator;
  }
}
