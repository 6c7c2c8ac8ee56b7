package tr.emanet.crypto.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.CryptoException;

/**
 * Judges revocation from certificate revocation lists (RFC 5280 section 5) and OCSP answers (RFC
 * 6960) that somebody supplied; nothing is fetched. Immutable.
 */
public final class Revocation {

  /** Knows nothing. */
  public static final Revocation NONE = new Revocation(List.of(), List.of());

  private static final int MAX_FILE = 32 << 20;
  private static final int MAX_FILES = 100;
  private static final int CRL_SIGN = 6;

  private final List<X509CRL> lists;
  private final List<OcspAnswer> answers;

  /** What is known of a certificate. */
  public sealed interface Status {

    /**
     * @param asOf when the issuer said so
     */
    record Good(Instant asOf) implements Status {}

    /**
     * @param reason the issuer's reason as in RFC 5280, lower case
     */
    record Revoked(Instant since, String reason) implements Status {}

    /**
     * @param why a sentence for an operator
     */
    record Unknown(String why) implements Status {}
  }

  private Revocation(List<X509CRL> lists, List<OcspAnswer> answers) {
    this.lists = List.copyOf(lists);
    this.answers = List.copyOf(answers);
  }

  /**
   * Reads lists and answers.
   *
   * @param crls in DER or PEM
   * @param ocsp {@code OCSPResponse} in DER
   * @throws CryptoException when one is malformed
   */
  public static Revocation of(List<byte[]> crls, List<byte[]> ocsp) throws CryptoException {
    try {
      List<X509CRL> lists = new ArrayList<>();
      for (byte[] one : crls) {
        lists.add(crl(one));
      }
      List<OcspAnswer> answers = new ArrayList<>();
      for (byte[] one : ocsp) {
        answers.add(OcspAnswer.read(one));
      }
      return new Revocation(lists, answers);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException("revocation data cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the files {@code *.crl} and {@code *.ocsp} of a directory; a missing directory knows
   * nothing.
   *
   * @throws CryptoException when one is malformed or larger than 32 MiB, naming the file
   */
  public static Revocation read(Path directory) throws CryptoException {
    if (!Files.isDirectory(directory)) {
      return NONE;
    }
    List<X509CRL> lists = new ArrayList<>();
    List<OcspAnswer> answers = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().limit(MAX_FILES).toList()) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".crl")) {
          lists.add(crl(bounded(file)));
        } else if (name.endsWith(".ocsp")) {
          answers.add(OcspAnswer.read(bounded(file)));
        }
      }
      return new Revocation(lists, answers);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "revocation data in '" + directory + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] bounded(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new IOException("'" + file + "' is larger than 32 MiB");
    }
    return Files.readAllBytes(file);
  }

  private static X509CRL crl(byte[] bytes) throws GeneralSecurityException {
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
  }

  /** The same with lists that came inside a signature. */
  public Revocation with(List<X509CRL> more) {
    List<X509CRL> all = new ArrayList<>(lists);
    all.addAll(more);
    return new Revocation(all, answers);
  }

  /**
   * What is known of the certificate at a time. Data younger than the time counts as well: it says
   * since when a certificate is revoked.
   */
  public Status status(X509Certificate certificate, X509Certificate issuer, Instant at) {
    Status best = new Status.Unknown("no list and no answer of its issuer was supplied");
    for (OcspAnswer answer : answers) {
      best = better(best, answer.status(certificate, issuer, at));
    }
    for (X509CRL list : lists) {
      if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
        best = better(best, status(list, certificate, issuer, at));
      }
    }
    return best;
  }

  /** Revoked beats good, good beats unknown, a later unknown says more than an earlier one. */
  private static Status better(Status a, Optional<Status> other) {
    if (other.isEmpty() || a instanceof Status.Revoked) {
      return a;
    }
    Status b = other.get();
    return a instanceof Status.Good && b instanceof Status.Unknown ? a : b;
  }

  private static Optional<Status> status(
      X509CRL list, X509Certificate certificate, X509Certificate issuer, Instant at) {
    boolean[] usage = issuer.getKeyUsage();
    if (usage != null && !usage[CRL_SIGN]) {
      return Optional.of(new Status.Unknown("its issuer may not sign revocation lists"));
    }
    try {
      list.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException e) {
      return Optional.of(
          new Status.Unknown("the revocation list is not signed by its issuer: " + e.getMessage()));
    }
    if (!covers(list, certificate)) {
      return Optional.empty();
    }
    X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
    if (entry != null) {
      String reason =
          entry.getRevocationReason() == null
              ? "unspecified"
              : entry.getRevocationReason().name().toLowerCase(Locale.ROOT);
      return Optional.of(new Status.Revoked(entry.getRevocationDate().toInstant(), reason));
    }
    return Optional.of(fresh(list.getThisUpdate(), list.getNextUpdate(), at, "revocation list"));
  }

  static Status fresh(Date from, @Nullable Date to, Instant at, String what) {
    if (!from.toInstant().isAfter(at) && (to == null || to.toInstant().isBefore(at))) {
      return new Status.Unknown(
          "the " + what + " of " + from.toInstant() + " is too old for " + at);
    }
    return new Status.Good(from.toInstant());
  }

  /** Partial and indirect lists say nothing about certificates that are not in them. */
  private static boolean covers(X509CRL list, X509Certificate certificate) {
    Set<String> critical = list.getCriticalExtensionOIDs();
    if (critical == null || critical.isEmpty()) {
      return true;
    }
    byte[] value = list.getExtensionValue(Extension.issuingDistributionPoint.getId());
    if (value == null || critical.size() > 1) {
      return false;
    }
    try {
      IssuingDistributionPoint point =
          IssuingDistributionPoint.getInstance(ASN1OctetString.getInstance(value).getOctets());
      boolean authority = certificate.getBasicConstraints() >= 0;
      return !point.isIndirectCRL()
          && point.getOnlySomeReasons() == null
          && !point.onlyContainsAttributeCerts()
          && !(point.onlyContainsCACerts() && !authority)
          && !(point.onlyContainsUserCerts() && authority);
    } catch (RuntimeException e) {
      // What cannot be read covers nothing.
      return false;
    }
  }
}
