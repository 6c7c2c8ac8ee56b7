package tr.emanet.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a self-signed server certificate (RFC 5280) with the JDK's own ECDSA. */
final class SelfSigned {

  static final String ORGANISATION = "Emanet self-signed";

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final int SERIAL_BITS = 120;

  private SelfSigned() {}

  static X509Certificate certificate(
      KeyPair pair, Set<String> hostNames, SecureRandom random, Instant from, Instant to)
      throws GeneralSecurityException, IOException {
    Set<String> names = new TreeSet<>();
    for (String name : hostNames) {
      if (HOST.matcher(name).matches()) {
        names.add(name);
      }
    }
    String common = names.isEmpty() ? "localhost" : names.iterator().next();
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, ORGANISATION)
            .addRDN(BCStyle.CN, common.substring(0, Math.min(64, common.length())))
            .build();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            new Time(java.util.Date.from(from)),
            new Time(java.util.Date.from(to)),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setSecureRandom(random)
                      .build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("cannot sign: " + e.getMessage(), e);
    }
  }

  private static GeneralNames alternatives(Set<String> names) {
    List<GeneralName> out = new ArrayList<>();
    out.add(new GeneralName(GeneralName.dNSName, "localhost"));
    for (String name : names) {
      if (!name.equals("localhost")) {
        out.add(new GeneralName(GeneralName.dNSName, name));
      }
    }
    out.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    out.add(new GeneralName(GeneralName.iPAddress, "::1"));
    return new GeneralNames(out.toArray(GeneralName[]::new));
  }
}
