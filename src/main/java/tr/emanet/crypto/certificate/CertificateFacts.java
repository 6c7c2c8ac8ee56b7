package tr.emanet.crypto.certificate;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page shows of a certificate. A national id in the subject's serial number is masked here,
 * so that nobody downstream has it by accident.
 *
 * @param subject distinguished name with the serial number masked, RFC 2253 order
 * @param displayName common name, else organisation, else the subject
 * @param nationalId masked id of the person, such as {@code 123******01}; empty when there is none
 * @param issuer distinguished name of the issuer
 * @param serial serial number of the certificate, hexadecimal
 * @param sha256 fingerprint of the DER, hexadecimal
 * @param key kind and size, such as {@code EC 256}
 * @param qualified object identifiers of qualified-certificate statements (RFC 3739)
 */
public record CertificateFacts(
    String subject,
    String displayName,
    String nationalId,
    String issuer,
    String serial,
    String sha256,
    Instant notBefore,
    Instant notAfter,
    String key,
    List<String> qualified) {

  /** ETSI EN 319 412-5: the certificate says that it is a qualified one. */
  public static final String ETSI_QUALIFIED = "0.4.0.1862.1.1";

  /** The Turkish authority's statement for a qualified certificate (nitelikli sertifika). */
  public static final String BTK_QUALIFIED = "2.16.792.1.61.0.1.5070.1.1";

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{6,}");
  private static final int SHOWN_FRONT = 3;
  private static final int SHOWN_BACK = 2;

  public CertificateFacts {
    qualified = List.copyOf(qualified);
  }

  /** Reads the facts of a certificate. */
  public static CertificateFacts of(X509Certificate certificate) {
    SubjectName name = SubjectName.of(certificate.getSubjectX500Principal());
    return new CertificateFacts(
        name.masked(),
        name.display(),
        mask(name.serialNumber()),
        SubjectName.of(certificate.getIssuerX500Principal()).masked(),
        certificate.getSerialNumber().toString(16),
        Certificates.fingerprint(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        key(certificate),
        QualifiedStatements.of(certificate));
  }

  /** Whole days until the certificate ends; negative when it has ended. */
  public long daysLeft(Instant now) {
    return Math.floorDiv(Duration.between(now, notAfter).toSeconds(), 86_400L);
  }

  /** Whether both statements that Turkish law asks for are there. */
  public boolean isQualified() {
    return qualified.contains(ETSI_QUALIFIED) && qualified.contains(BTK_QUALIFIED);
  }

  private static String key(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
      default -> certificate.getPublicKey().getAlgorithm();
    };
  }

  /**
   * Masks long numbers: three digits at the front and two at the back stay, as a person needs them
   * to recognise an own number.
   */
  public static String mask(String text) {
    Matcher matcher = LONG_NUMBER.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String digits = matcher.group();
      String hidden = "*".repeat(digits.length() - SHOWN_FRONT - SHOWN_BACK);
      matcher.appendReplacement(
          out,
          Matcher.quoteReplacement(
              digits.substring(0, SHOWN_FRONT)
                  + hidden
                  + digits.substring(digits.length() - SHOWN_BACK)));
    }
    return matcher.appendTail(out).toString();
  }
}
