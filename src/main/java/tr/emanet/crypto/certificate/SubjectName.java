package tr.emanet.crypto.certificate;

import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * A distinguished name taken apart.
 *
 * @param serialNumber attribute 2.5.4.5, where Turkish certificates have the national id; unmasked,
 *     empty when absent
 * @param display common name, else organisation, else all of it; masked
 * @param masked the whole name with long numbers masked
 */
record SubjectName(String serialNumber, String display, String masked) {

  private static final int MAX_TEXT = 400;

  static SubjectName of(X500Principal principal) {
    X500Name name = X500Name.getInstance(principal.getEncoded());
    List<String> parts = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      for (AttributeTypeAndValue one : rdn.getTypesAndValues()) {
        parts.add(label(one.getType()) + "=" + text(one));
      }
    }
    String all = CertificateFacts.mask(clean(String.join(", ", parts)));
    String common = first(name, BCStyle.CN);
    String organisation = first(name, BCStyle.O);
    String display = common.isBlank() ? organisation : common;
    return new SubjectName(
        first(name, BCStyle.SERIALNUMBER),
        display.isBlank() ? all : CertificateFacts.mask(clean(display)),
        all);
  }

  private static String first(X500Name name, ASN1ObjectIdentifier type) {
    RDN[] found = name.getRDNs(type);
    if (found.length == 0) {
      return "";
    }
    for (AttributeTypeAndValue one : found[0].getTypesAndValues()) {
      if (one.getType().equals(type)) {
        return text(one);
      }
    }
    return "";
  }

  private static String label(ASN1ObjectIdentifier type) {
    String symbol = BCStyle.INSTANCE.oidToDisplayName(type);
    return symbol == null ? type.getId() : symbol;
  }

  private static String text(AttributeTypeAndValue value) {
    return value.getValue() instanceof ASN1String string
        ? string.getString()
        : IETFUtils.valueToString(value.getValue());
  }

  /** Without control and direction characters: the name was chosen by a stranger. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
