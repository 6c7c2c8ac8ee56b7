package tr.emanet.crypto.sign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.crypto.certificate.CertificatePath;
import tr.emanet.crypto.certificate.KeyStrength;
import tr.emanet.crypto.certificate.Revocation;
import tr.emanet.crypto.sign.SignatureResult.Cause;
import tr.emanet.crypto.sign.SignatureResult.Refused;
import tr.emanet.crypto.sign.SignatureResult.Valid;
import tr.emanet.crypto.stamp.TimeStampCheck;

/**
 * Judges CMS signatures, also hostile ones (RFC 5652; CAdES baseline: ETSI EN 319 122-1). Whatever
 * the bytes are, the outcome is a value. Nothing is fetched from the network.
 */
public final class SignatureCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SignatureCheck.class);

  /** How far the signer's clock may be ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private static final Map<String, String> DIGESTS =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512");

  private SignatureCheck() {}

  /**
   * Checks a signature over an object.
   *
   * @throws IOException when the object itself cannot be read
   */
  public static SignatureResult check(byte[] p7s, SignedContent content, SignatureTerms terms)
      throws IOException {
    try {
      return judge(p7s, content, terms);
    } catch (Objection e) {
      return e.refused();
    } catch (RuntimeException e) {
      // Bouncy Castle meets hostile structures with all kinds of unchecked exceptions.
      return new Refused(Cause.MALFORMED, "the signature file cannot be read: " + e.getMessage());
    }
  }

  private static SignatureResult judge(byte[] p7s, SignedContent content, SignatureTerms terms)
      throws IOException, Objection {
    CMSSignedData signed;
    SignerInformation signer;
    try {
      signed = CmsFile.read(p7s);
      signer = CmsFile.signer(signed);
    } catch (IOException e) {
      throw new Objection(Cause.MALFORMED, String.valueOf(e.getMessage()));
    }
    String algorithm = DIGESTS.get(signer.getDigestAlgOID());
    if (algorithm == null) {
      throw new Objection(
          Cause.WEAK, "its digest algorithm " + signer.getDigestAlgOID() + " is not accepted");
    }
    byte[] digest = content.digest(algorithm);
    CadesAttributes attributes = CadesAttributes.of(signer);
    requireSameObject(signed, attributes, algorithm, digest);
    X509Certificate certificate = signerCertificate(signed, signer);
    attributes.requireReference(certificate);
    Optional<String> weak = KeyStrength.weakness(certificate.getPublicKey());
    if (weak.isPresent()) {
      throw new Objection(Cause.WEAK, "the signer's key is too weak: " + weak.get());
    }
    requireHolds(p7s, signer, digest, certificate);
    SigningPurpose.require(certificate, terms.nonRepudiation());
    Instant signing = attributes.signingTime();
    if (signing.isAfter(terms.now().plus(AHEAD))) {
      throw new Objection(Cause.TIME, "it claims to be signed in the future, at " + signing);
    }
    Instant stamp = stampTime(signer, signing, terms);
    Instant at = stamp != null ? stamp : terms.believesSigner() ? signing : terms.now();
    List<X509Certificate> chain = chain(signed, certificate, terms, at);
    boolean known = requireNotRevoked(chain, revocation(signed, terms), at, terms);
    return new Valid(
        CertificateFacts.of(certificate), chain, signing, stamp, attributes.policy(), known);
  }

  private static void requireSameObject(
      CMSSignedData signed, CadesAttributes attributes, String algorithm, byte[] digest)
      throws IOException, Objection {
    if (signed.getSignedContent() != null) {
      // Some tools put the object inside: then it must be this object.
      if (!(signed.getSignedContent().getContent() instanceof byte[] inside)
          || !MessageDigest.isEqual(SignedContent.of(inside).digest(algorithm), digest)) {
        throw new Objection(Cause.OTHER_OBJECT, "another object is inside the signature file");
      }
    }
    if (!MessageDigest.isEqual(attributes.messageDigest(), digest)) {
      throw new Objection(Cause.OTHER_OBJECT, "the signature is over another object");
    }
  }

  private static X509Certificate signerCertificate(CMSSignedData signed, SignerInformation signer)
      throws Objection {
    @SuppressWarnings("unchecked") // Bouncy Castle's selector of a signer has a raw type
    Collection<X509CertificateHolder> found = signed.getCertificates().getMatches(signer.getSID());
    if (found.size() != 1) {
      throw new Objection(
          Cause.MALFORMED, "the signature file does not hold the signer's certificate");
    }
    return convert(found.iterator().next());
  }

  private static X509Certificate convert(X509CertificateHolder holder) throws Objection {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (GeneralSecurityException e) {
      throw new Objection(Cause.MALFORMED, "a certificate cannot be read: " + e.getMessage());
    }
  }

  private static void requireHolds(
      byte[] p7s, SignerInformation first, byte[] digest, X509Certificate certificate)
      throws Objection, IOException {
    try {
      CMSSignedData detached = new CMSSignedData(Map.of(first.getDigestAlgOID(), digest), p7s);
      SignerInformation signer = CmsFile.signer(detached);
      JcaSimpleSignerInfoVerifierBuilder verifier = new JcaSimpleSignerInfoVerifierBuilder();
      if (PKCSObjectIdentifiers.id_RSASSA_PSS.getId().equals(signer.getEncryptionAlgOID())) {
        // The JDK knows RSASSA-PSS only under a name of its own.
        verifier.setProvider(new BouncyCastleProvider());
      }
      // By the key, not the certificate: with that, the claimed time would be judged here already.
      if (!signer.verify(verifier.build(certificate.getPublicKey()))) {
        throw new Objection(Cause.BROKEN, "the signature does not fit the signer's key");
      }
    } catch (CMSException | OperatorCreationException e) {
      throw new Objection(Cause.BROKEN, "the signature does not hold: " + e.getMessage());
    }
  }

  private static @Nullable Instant stampTime(
      SignerInformation signer, Instant signing, SignatureTerms terms)
      throws IOException, Objection {
    AttributeTable unsigned = signer.getUnsignedAttributes();
    if (unsigned == null
        || unsigned.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken) == null) {
      return null;
    }
    ASN1Encodable token =
        CadesAttributes.single(unsigned, PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
    byte[] over = Digests.sha256().digest(signer.getSignature());
    return switch (TimeStampCheck.token(
        token.toASN1Primitive().getEncoded(), over, terms.stampAnchors())) {
      case TimeStampCheck.Result.Invalid(var reason) ->
          throw new Objection(Cause.TIME_STAMP, "inside the signature: " + reason);
      case TimeStampCheck.Result.Valid valid -> {
        if (signing.isAfter(valid.time().plus(AHEAD))) {
          throw new Objection(
              Cause.TIME,
              "it claims to be signed at " + signing + ", after its time stamp " + valid.time());
        }
        yield valid.time();
      }
    };
  }

  private static List<X509Certificate> chain(
      CMSSignedData signed, X509Certificate certificate, SignatureTerms terms, Instant at)
      throws Objection {
    if (at.isAfter(certificate.getNotAfter().toInstant())
        || at.isBefore(certificate.getNotBefore().toInstant())) {
      throw new Objection(
          Cause.VALIDITY,
          "the signer's certificate is valid from "
              + certificate.getNotBefore().toInstant()
              + " to "
              + certificate.getNotAfter().toInstant()
              + ", not at "
              + at);
    }
    List<X509Certificate> others = new ArrayList<>();
    for (X509CertificateHolder one : signed.getCertificates().getMatches(null)) {
      others.add(convert(one));
    }
    return switch (CertificatePath.build(certificate, others, terms.anchors(), at)) {
      case CertificatePath.Result.Trusted(var chain) -> chain;
      case CertificatePath.Result.Untrusted(var reason) ->
          throw new Objection(Cause.UNTRUSTED, reason);
    };
  }

  private static Revocation revocation(CMSSignedData signed, SignatureTerms terms)
      throws Objection {
    List<X509CRL> inside = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (X509CRLHolder one : signed.getCRLs().getMatches(null)) {
        inside.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(one.getEncoded())));
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new Objection(
          Cause.MALFORMED, "a revocation list inside cannot be read: " + e.getMessage());
    }
    return terms.revocation().with(inside);
  }

  /** Whether good news is known of every certificate below the anchor. */
  private static boolean requireNotRevoked(
      List<X509Certificate> chain, Revocation revocation, Instant at, SignatureTerms terms)
      throws Objection {
    // A chain of one is the machine's own certificate, of which no list will ever speak.
    boolean known = chain.size() > 1;
    for (int i = 0; i + 1 < chain.size(); i++) {
      X509Certificate one = chain.get(i);
      String name = CertificateFacts.of(one).displayName();
      switch (revocation.status(one, chain.get(i + 1), at)) {
        case Revocation.Status.Good good ->
            LOG.atDebug()
                .addKeyValue("certificate", name)
                .addKeyValue("asOf", good.asOf())
                .log("Certificate is not revoked");
        case Revocation.Status.Revoked(var since, var reason) -> {
          if (!since.isAfter(at)) {
            throw new Objection(
                Cause.REVOKED,
                "the certificate of '" + name + "' is revoked since " + since + ": " + reason);
          }
        }
        case Revocation.Status.Unknown(var why) -> {
          if (terms.revocationRequired()) {
            throw new Objection(
                Cause.REVOCATION_UNKNOWN,
                "whether the certificate of '" + name + "' is revoked is unknown: " + why);
          }
          known = false;
        }
      }
    }
    return known;
  }
}
