package tr.emanet.crypto.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.qualified.QCStatement;

/** Reads the qualified-certificate statements of a certificate (RFC 3739 section 3.2.6). */
final class QualifiedStatements {

  private static final int MAX = 50;

  private QualifiedStatements() {}

  /** Object identifiers of the statements; empty when there are none or they are malformed. */
  static List<String> of(X509Certificate certificate) {
    byte[] value = certificate.getExtensionValue(Extension.qCStatements.getId());
    if (value == null) {
      return List.of();
    }
    try {
      List<String> out = new ArrayList<>();
      for (ASN1Encodable one :
          ASN1Sequence.getInstance(ASN1OctetString.getInstance(value).getOctets())) {
        if (out.size() < MAX) {
          out.add(QCStatement.getInstance(one).getStatementId().getId());
        }
      }
      return List.copyOf(out);
    } catch (RuntimeException e) {
      // A malformed statement states nothing.
      return List.of();
    }
  }
}
