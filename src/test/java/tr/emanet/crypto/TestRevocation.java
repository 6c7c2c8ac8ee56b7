package tr.emanet.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.TestAuthority.Identity;

/** Revocation lists and OCSP answers for tests. */
public final class TestRevocation {

  private TestRevocation() {}

  /** A list signed by somebody, in the name of the issuer, good for a day from its time. */
  public static byte[] crl(
      X509Certificate issuer,
      Identity signer,
      Instant from,
      @Nullable X509Certificate revoked,
      Instant since)
      throws GeneralSecurityException {
    try {
      X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer, Date.from(from));
      builder.setNextUpdate(Date.from(from.plus(Duration.ofDays(1))));
      if (revoked != null) {
        builder.addCRLEntry(revoked.getSerialNumber(), Date.from(since), CRLReason.keyCompromise);
      }
      return builder
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.pair().getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** An answer by a responder, good for a day from its time. */
  public static byte[] ocsp(
      X509Certificate issuer,
      Identity responder,
      X509Certificate about,
      Instant from,
      @Nullable Instant revokedSince)
      throws GeneralSecurityException {
    try {
      DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
      BasicOCSPRespBuilder builder =
          new JcaBasicOCSPRespBuilder(
              responder.certificate().getPublicKey(), digests.get(CertificateID.HASH_SHA1));
      builder.addResponse(
          new CertificateID(
              digests.get(CertificateID.HASH_SHA1),
              new JcaX509CertificateHolder(issuer),
              about.getSerialNumber()),
          revokedSince == null
              ? CertificateStatus.GOOD
              : new RevokedStatus(Date.from(revokedSince), CRLReason.keyCompromise),
          Date.from(from),
          Date.from(from.plus(Duration.ofDays(1))));
      OCSPResp response =
          new OCSPRespBuilder()
              .build(
                  OCSPRespBuilder.SUCCESSFUL,
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA")
                          .build(responder.pair().getPrivate()),
                      new X509CertificateHolder[] {
                        new JcaX509CertificateHolder(responder.certificate())
                      },
                      Date.from(from)));
      return response.getEncoded();
    } catch (IOException | OperatorCreationException | OCSPException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
