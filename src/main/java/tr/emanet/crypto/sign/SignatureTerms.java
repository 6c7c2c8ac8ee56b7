package tr.emanet.crypto.sign;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import tr.emanet.crypto.certificate.Revocation;

/**
 * On what terms a signature is accepted.
 *
 * @param anchors authorities, or for the machine its own certificates
 * @param stampAnchors authorities whose time stamps count
 * @param revocation what is known of revoked certificates
 * @param revocationRequired whether a certificate of which nothing is known is refused
 * @param nonRepudiation whether the certificate must allow it, as a person's must
 * @param believesSigner whether the time that the signer claims counts when there is no time stamp:
 *     yes for our own seals, whose certificates end while archives live on; no for others
 * @param now the time of the check
 */
public record SignatureTerms(
    List<X509Certificate> anchors,
    List<X509Certificate> stampAnchors,
    Revocation revocation,
    boolean revocationRequired,
    boolean nonRepudiation,
    boolean believesSigner,
    Instant now) {

  public SignatureTerms {
    anchors = List.copyOf(anchors);
    stampAnchors = List.copyOf(stampAnchors);
  }

  /** For the machine's own seals: one of its certificates, at the time that it says. */
  public static SignatureTerms machine(
      List<X509Certificate> certificates, List<X509Certificate> stampAnchors, Instant now) {
    return new SignatureTerms(certificates, stampAnchors, Revocation.NONE, false, false, true, now);
  }

  /** For what a person signed: an authority's certificate, not revoked as far as is known. */
  public static SignatureTerms person(
      List<X509Certificate> anchors,
      List<X509Certificate> stampAnchors,
      Revocation revocation,
      Instant now) {
    return new SignatureTerms(anchors, stampAnchors, revocation, false, true, false, now);
  }

  /** The same, and a certificate of which nothing is known is refused. */
  public SignatureTerms requiringRevocation() {
    return new SignatureTerms(
        anchors, stampAnchors, revocation, true, nonRepudiation, believesSigner, now);
  }
}
