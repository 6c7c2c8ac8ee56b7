package tr.emanet.crypto.stamp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.PrivateFiles;

/**
 * A time stamp authority for demonstrations and tests. It stamps with this machine's own clock, so
 * its stamps prove nothing to anybody else; its certificate's subject says so, and nothing uses it
 * unless it was chosen. Thread-safe.
 */
public final class BuiltInTsa implements TimeStamper {

  /** What the certificate's subject says. */
  public static final String LABEL = "Emanet demo time stamp - proves nothing";

  /** The policy of these stamps: ours, under the arc for examples. */
  static final String POLICY = "2.999.3161.1";

  private static final String ALIAS = "tsa";

  /** Not a secret: PKCS#12 demands one, the file mode is what protects the key. */
  private static final String STORE_PASSWORD = "emanet";

  private static final Duration LIFE = Duration.ofDays(3650);
  private static final int SERIAL_BITS = 120;

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final SecureRandom random;
  private final InstantSource clock;

  private BuiltInTsa(
      PrivateKey key, X509Certificate certificate, SecureRandom random, InstantSource clock) {
    this.key = key;
    this.certificate = certificate;
    this.random = random;
    this.clock = clock;
  }

  /** An authority that lives in memory only. */
  public static BuiltInTsa create(SecureRandom random, InstantSource clock) throws CryptoException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      return new BuiltInTsa(
          pair.getPrivate(), certificate(pair, random, clock.instant()), random, clock);
    } catch (GeneralSecurityException | IOException e) {
      throw new CryptoException("the demo time stamp authority cannot be made: " + e, e);
    }
  }

  /** The authority kept in {@code tsa-demo.p12} (0600) of the directory; makes it when missing. */
  public static BuiltInTsa openOrCreate(Path keys, SecureRandom random, InstantSource clock)
      throws CryptoException {
    Path file = keys.resolve("tsa-demo.p12");
    char[] password = STORE_PASSWORD.toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      if (Files.exists(file)) {
        store.load(new ByteArrayInputStream(PrivateFiles.read(file)), password);
        if (store.getKey(ALIAS, password) instanceof PrivateKey secret
            && store.getCertificate(ALIAS) instanceof X509Certificate x509) {
          return new BuiltInTsa(secret, x509, random, clock);
        }
        throw new IOException("it holds no key");
      }
      BuiltInTsa made = create(random, clock);
      store.load(null, null);
      store.setKeyEntry(ALIAS, made.key, password, new Certificate[] {made.certificate});
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password);
      PrivateFiles.write(file, out.toByteArray());
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "demo time stamp authority "
              + file
              + " cannot be used ("
              + e.getMessage()
              + "); move the file away to have a new one made",
          e);
    }
  }

  private static X509Certificate certificate(KeyPair pair, SecureRandom random, Instant now)
      throws GeneralSecurityException, IOException {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, LABEL)
            .addRDN(BCStyle.CN, LABEL)
            .build();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            Date.from(now.minusSeconds(3600)),
            Date.from(now.plus(LIFE)),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("cannot sign: " + e.getMessage(), e);
    }
  }

  /** The authority's certificate, which is its own trust anchor. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Answers a {@code TimeStampReq} with a {@code TimeStampResp}, both DER; a request it does not
   * take is answered with a rejection.
   *
   * @throws CryptoException when this is no request at all
   */
  public byte[] answer(byte[] request) throws CryptoException {
    try {
      return answer(new TimeStampRequest(request));
    } catch (IOException | RuntimeException e) {
      throw new CryptoException("no time stamp request: " + e.getMessage(), e);
    }
  }

  private byte[] answer(TimeStampRequest request) throws CryptoException {
    try {
      DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              new JcaSignerInfoGeneratorBuilder(digests)
                  .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key), certificate),
              digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier(POLICY));
      tokens.addCertificates(new JcaCertStore(List.of(certificate)));
      tokens.setAccuracySeconds(1);
      return new TimeStampResponseGenerator(tokens, Set.of(NISTObjectIdentifiers.id_sha256.getId()))
          .generate(request, new BigInteger(SERIAL_BITS, random), Date.from(clock.instant()))
          .getEncoded(ASN1Encoding.DER);
    } catch (TSPException | OperatorCreationException | GeneralSecurityException | IOException e) {
      throw new CryptoException("the demo authority cannot stamp: " + e.getMessage(), e);
    }
  }

  @Override
  public TimeStamping stamp(byte[] sha256) {
    if (sha256.length != 32) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + sha256.length);
    }
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
            sha256,
            new BigInteger(64, random));
    try {
      return TimeStampAnswer.judge(answer(request), request, List.of(certificate));
    } catch (CryptoException e) {
      return new TimeStamping.Refused(
          TimeStamping.Kind.UNACCEPTABLE, String.valueOf(e.getMessage()));
    }
  }
}
