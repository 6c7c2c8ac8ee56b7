package tr.emanet.crypto.envelope;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;

/**
 * Seals short secrets to certificates and opens them. Thread-safe.
 *
 * <p>The format is that of {@code openssl cms -encrypt -aes-256-gcm -keyopt rsa_padding_mode:oaep
 * -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256}.
 */
public final class Envelopes {

  /** Longest content in bytes. */
  public static final int MAX_CONTENT = 64 * 1024;

  private static final int KEY = 32;
  private static final String GCM = "AES/GCM/NoPadding";
  private static final String OAEP = "RSA/ECB/OAEPPadding";

  private final SecureRandom random;

  public Envelopes(SecureRandom random) {
    this.random = random;
  }

  static OAEPParameterSpec oaep() {
    return new OAEPParameterSpec(
        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
  }

  /**
   * Seals the content so that each of the recipients can open it alone.
   *
   * @param content stays the caller's to wipe
   * @param recipients see {@link RecipientFitness}; the caller has looked
   * @return DER
   * @throws CryptoException when a certificate cannot receive
   */
  public byte[] seal(byte[] content, List<X509Certificate> recipients) throws CryptoException {
    if (content.length > MAX_CONTENT) {
      throw new IllegalArgumentException("a content of " + content.length + " bytes");
    }
    if (recipients.isEmpty()
        || recipients.size() > EnvelopeFile.MAX_RECIPIENTS
        || new HashSet<>(recipients).size() != recipients.size()) {
      throw new IllegalArgumentException(recipients.size() + " recipients, or one of them twice");
    }
    byte[] key = new byte[KEY];
    byte[] nonce = new byte[EnvelopeFile.NONCE];
    random.nextBytes(key);
    random.nextBytes(nonce);
    try {
      ASN1EncodableVector wrapped = new ASN1EncodableVector();
      for (X509Certificate one : recipients) {
        wrapped.add(wrap(key, one));
      }
      Cipher cipher = gcm(Cipher.ENCRYPT_MODE, key, nonce);
      byte[] sealed = cipher.doFinal(content);
      int text = sealed.length - EnvelopeFile.TAG;
      AlgorithmIdentifier algorithm =
          new AlgorithmIdentifier(
              NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, EnvelopeFile.TAG));
      return encoded(
          new AuthEnvelopedData(
              null,
              new DERSet(wrapped),
              new EncryptedContentInfo(
                  CMSObjectIdentifiers.data,
                  algorithm,
                  new DEROctetString(Arrays.copyOf(sealed, text))),
              null,
              new DEROctetString(Arrays.copyOfRange(sealed, text, sealed.length)),
              null));
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException("the envelope cannot be made: " + e.getMessage(), e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] encoded(AuthEnvelopedData data) throws IOException {
    return new ContentInfo(CMSObjectIdentifiers.authEnvelopedData, data).getEncoded("DER");
  }

  private static Cipher gcm(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(GCM);
    cipher.init(
        mode,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(EnvelopeFile.TAG * Byte.SIZE, nonce));
    return cipher;
  }

  private RecipientInfo wrap(byte[] key, X509Certificate recipient) throws CryptoException {
    try {
      Cipher cipher = Cipher.getInstance(OAEP);
      cipher.init(Cipher.ENCRYPT_MODE, recipient.getPublicKey(), oaep(), random);
      return new RecipientInfo(
          new KeyTransRecipientInfo(
              RecipientName.identifier(recipient),
              EnvelopeFile.OAEP,
              new DEROctetString(cipher.doFinal(key))));
    } catch (GeneralSecurityException e) {
      throw new CryptoException(
          "nothing can be sealed to certificate "
              + Certificates.fingerprint(recipient)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Who can open it; the secret is not touched.
   *
   * @throws IOException when it is no envelope of ours
   */
  public static List<RecipientName> recipients(byte[] cms) throws IOException {
    List<RecipientName> out = new ArrayList<>();
    for (KeyTransRecipientInfo one : EnvelopeFile.read(cms).recipients()) {
      out.add(RecipientName.of(one.getRecipientIdentifier()));
    }
    return List.copyOf(out);
  }

  /** Opens it with a recipient's key. Nothing of the content leaves before the tag was right. */
  public static Opening open(byte[] cms, RecipientKey key) {
    X509Certificate mine = key.certificate();
    try {
      EnvelopeFile file = EnvelopeFile.read(cms);
      for (KeyTransRecipientInfo one : file.recipients()) {
        boolean named = mine != null && RecipientName.of(one.getRecipientIdentifier()).names(mine);
        if (named || mine == null) {
          EnvelopeFile.checkTransport(one.getKeyEncryptionAlgorithm());
          byte[] content = unwrap(one.getEncryptedKey().getOctets(), key.key());
          if (content != null) {
            return content(file, content);
          }
          if (named) {
            return new Opening.Refused(
                "the wrapped key of this recipient is damaged, or the private key is not that of"
                    + " the certificate");
          }
        }
      }
      return new Opening.NotARecipient(recipients(cms));
    } catch (IOException e) {
      return new Opening.Refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Lazily parsed parts show their malformation here.
      return new Opening.Refused("the envelope is malformed: " + e.getMessage());
    }
  }

  /**
   * The content key; null when this private key does not fit, without a word why.
   *
   * <p>By Bouncy Castle, because the JDK keeps the private exponent in a static cache of blinding
   * values after the key is gone; a heap dump would show it.
   */
  private static byte @Nullable [] unwrap(byte[] wrapped, RSAPrivateCrtKey key) {
    OAEPEncoding oaep =
        new OAEPEncoding(
            new RSABlindedEngine(), new SHA256Digest(), new SHA256Digest(), new byte[0]);
    try {
      oaep.init(
          false,
          new RSAPrivateCrtKeyParameters(
              key.getModulus(),
              key.getPublicExponent(),
              key.getPrivateExponent(),
              key.getPrimeP(),
              key.getPrimeQ(),
              key.getPrimeExponentP(),
              key.getPrimeExponentQ(),
              key.getCrtCoefficient()));
      byte[] out = oaep.processBlock(wrapped, 0, wrapped.length);
      if (out.length == KEY) {
        return out;
      }
      Arrays.fill(out, (byte) 0);
      return null;
    } catch (InvalidCipherTextException | RuntimeException e) {
      return null; // which check failed must not show (Manger's attack)
    }
  }

  private static Opening content(EnvelopeFile file, byte[] key) {
    try {
      byte[] content = gcm(Cipher.DECRYPT_MODE, key, file.nonce()).doFinal(file.sealed());
      try {
        return new Opening.Opened(Secret.of(content));
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    } catch (AEADBadTagException e) {
      return new Opening.Refused("the content is damaged: its tag does not fit");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The same envelope without one recipient; the content key stays the same, nothing is opened.
   * Whoever has a copy of the envelope before still can open that.
   *
   * @throws IOException when it is no envelope of ours, or nobody would be left
   */
  public static byte[] without(byte[] cms, X509Certificate recipient) throws IOException {
    AuthEnvelopedData data = EnvelopeFile.read(cms).data();
    ASN1EncodableVector left = new ASN1EncodableVector();
    for (ASN1Encodable one : data.getRecipientInfos()) {
      boolean his =
          RecipientInfo.getInstance(one).getInfo() instanceof KeyTransRecipientInfo transport
              && RecipientName.of(transport.getRecipientIdentifier()).names(recipient);
      if (!his) {
        left.add(one);
      }
    }
    if (left.size() == 0) {
      throw new IOException("nobody could open the envelope any more; it stays as it is");
    }
    return encoded(
        new AuthEnvelopedData(
            data.getOriginatorInfo(),
            new DERSet(left),
            data.getAuthEncryptedContentInfo(),
            null,
            data.getMac(),
            data.getUnauthAttrs()));
  }
}
