package tr.emanet.crypto;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.jcajce.JceKEMAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A holder of the escrow with a key of ML-KEM-768, who opens with Bouncy Castle's own reader. */
public record KemHolder(X509Certificate certificate, PrivateKey key) {

  private static final Provider PROVIDER = new BouncyCastleProvider();

  /** Makes a key, certified by an authority that nobody asks. */
  public static KemHolder make(SecureRandom random, Instant now) throws Exception {
    KeyPairGenerator kem = KeyPairGenerator.getInstance("ML-KEM-768", PROVIDER);
    KeyPair pair = kem.generateKeyPair();
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(256, random);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name("CN=Gelecek"),
            BigInteger.valueOf(7),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(7300))),
            new X500Name("CN=Gelecek"),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(ec.generateKeyPair().getPrivate())));
    return new KemHolder(certificate, pair.getPrivate());
  }

  /** What was sealed to this holder. */
  public byte[] open(byte[] cms) throws Exception {
    return new CMSAuthEnvelopedData(cms)
        .getRecipientInfos()
        .getRecipients()
        .iterator()
        .next()
        .getContent(new JceKEMAuthEnvelopedRecipient(key).setProvider(PROVIDER));
  }
}
