import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlDigestMatcher;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Asks EU DSS about signatures, each argument {@code SIGNED} or {@code P7S=CONTENT}; the first one
 * is a file of trusted certificates. Prints a line a fact. Has no code of ours, needs no network.
 */
public final class Ask {

  private Ask() {}

  public static void main(String[] arguments) throws Exception {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.addCertificate(new CertificateToken((X509Certificate) each));
      }
    }
    for (int i = 1; i < arguments.length; i++) {
      ask(arguments[i].split("=", 2), trusted);
    }
  }

  private static void ask(String[] files, CommonTrustedCertificateSource trusted) {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    SignedDocumentValidator validator =
        SignedDocumentValidator.fromDocument(new FileDocument(files[0]));
    validator.setCertificateVerifier(verifier);
    if (files.length > 1) {
      validator.setDetachedContents(List.of(new FileDocument(files[1])));
    }
    Reports reports = validator.validateDocument();
    SimpleReport simple = reports.getSimpleReport();
    DiagnosticData data = reports.getDiagnosticData();
    String file = String.valueOf(Path.of(files[0]).getFileName());
    System.out.println(file + " container " + data.getContainerType());
    System.out.println(file + " mimetype " + data.getMimetypeFileContent());
    System.out.println(file + " signatures " + simple.getSignaturesCount());
    int number = 0;
    for (SignatureWrapper signature : data.getSignatures()) {
      String at = file + " " + ++number + " ";
      String id = signature.getId();
      System.out.println(at + "format " + simple.getSignatureFormat(id));
      System.out.println(at + "verdict " + simple.getIndication(id) + " " + simple.getSubIndication(id));
      System.out.println(at + "intact " + signature.isSignatureIntact());
      System.out.println(at + "valid " + signature.isSignatureValid());
      System.out.println(at + "baseline-b " + signature.isBLevelTechnicallyValid());
      System.out.println(at + "baseline-t " + signature.isTLevelTechnicallyValid());
      for (TimestampWrapper stamp : signature.getTimestampList()) {
        System.out.println(at + "stamp " + stamp.getType() + " intact "
            + (stamp.isMessageImprintDataIntact() && stamp.isSignatureIntact()));
      }
      for (XmlDigestMatcher object : signature.getDigestMatchers()) {
        System.out.println(at + "object " + object.getType() + " " + object.getDocumentName()
            + " " + object.isDataIntact());
      }
      simple.getAdESValidationErrors(id).forEach(e -> System.out.println(at + "error " + e.getValue()));
      simple.getAdESValidationWarnings(id).forEach(e -> System.out.println(at + "warning " + e.getValue()));
    }
  }
}
