package tr.emanet.crypto.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a chain to a trust anchor with the JDK's PKIX builder (RFC 5280 section 6), at a given
 * time and without revocation, which {@link Revocation} judges.
 */
public final class CertificatePath {

  private static final int MAX_LENGTH = 8;

  /** What came of it. */
  public sealed interface Result {

    /**
     * @param chain the certificate first, the trust anchor last; only one when it is an anchor
     */
    record Trusted(List<X509Certificate> chain) implements Result {
      public Trusted {
        chain = List.copyOf(chain);
      }
    }

    /**
     * @param reason a sentence for an operator
     */
    record Untrusted(String reason) implements Result {}
  }

  private CertificatePath() {}

  /**
   * Judges a certificate.
   *
   * @param others certificates that came with it, in any order
   * @param anchors authorities the operator trusts; the certificate itself may be one
   * @param at the time at which everything must be valid
   */
  public static Result build(
      X509Certificate target,
      Collection<X509Certificate> others,
      Collection<X509Certificate> anchors,
      Instant at) {
    Optional<String> wrong = objection(target, at);
    if (wrong.isPresent()) {
      return new Result.Untrusted(wrong.get());
    }
    if (anchors.contains(target)) {
      return new Result.Trusted(List.of(target));
    }
    if (anchors.isEmpty()) {
      return new Result.Untrusted("no trusted authority is configured");
    }
    List<X509Certificate> chain;
    try {
      chain = pkix(target, others, anchors, at);
    } catch (CertPathBuilderException e) {
      return new Result.Untrusted(
          "no chain leads from '"
              + name(target)
              + "' to a trusted authority at "
              + at
              + ": "
              + cause(e));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Certificates from outside make the JDK's parser and builder throw unchecked as well.
      return new Result.Untrusted("the chain cannot be checked: " + e.getMessage());
    }
    for (X509Certificate one : chain.subList(0, chain.size() - 1)) {
      Optional<String> weak = objection(one, at);
      if (weak.isPresent()) {
        return new Result.Untrusted(weak.get());
      }
    }
    return new Result.Trusted(chain);
  }

  private static List<X509Certificate> pkix(
      X509Certificate target,
      Collection<X509Certificate> others,
      Collection<X509Certificate> anchors,
      Instant at)
      throws GeneralSecurityException {
    Set<TrustAnchor> trusted = new HashSet<>();
    for (X509Certificate anchor : anchors) {
      trusted.add(new TrustAnchor(anchor, null));
    }
    X509CertSelector wanted = new X509CertSelector();
    wanted.setCertificate(target);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, wanted);
    List<X509Certificate> all = new ArrayList<>(others);
    all.add(target);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
    parameters.setRevocationEnabled(false);
    parameters.setMaxPathLength(MAX_LENGTH);
    parameters.setDate(Date.from(at));
    PKIXCertPathBuilderResult built =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate one : built.getCertPath().getCertificates()) {
      chain.add((X509Certificate) one);
    }
    chain.add(built.getTrustAnchor().getTrustedCert());
    return chain;
  }

  private static Optional<String> objection(X509Certificate certificate, Instant at) {
    if (at.isBefore(certificate.getNotBefore().toInstant())) {
      return Optional.of(
          "the certificate of '"
              + name(certificate)
              + "' begins at "
              + certificate.getNotBefore().toInstant()
              + ", after "
              + at);
    }
    if (at.isAfter(certificate.getNotAfter().toInstant())) {
      return Optional.of(
          "the certificate of '"
              + name(certificate)
              + "' ended at "
              + certificate.getNotAfter().toInstant()
              + ", before "
              + at);
    }
    if (KeyStrength.hasWeakDigest(certificate)) {
      return Optional.of(
          "the certificate of '"
              + name(certificate)
              + "' is signed with a weak digest ("
              + certificate.getSigAlgName()
              + ")");
    }
    return KeyStrength.weakness(certificate.getPublicKey())
        .map(weak -> "the certificate of '" + name(certificate) + "' has a weak key: " + weak);
  }

  private static String name(X509Certificate certificate) {
    return CertificateFacts.of(certificate).displayName();
  }

  private static String cause(Throwable top) {
    @Nullable Throwable deepest = top;
    String message = String.valueOf(top.getMessage());
    for (int i = 0; i < MAX_LENGTH && deepest != null; i++) {
      if (deepest.getMessage() != null) {
        message = deepest.getMessage();
      }
      deepest = deepest.getCause();
    }
    return message;
  }
}
