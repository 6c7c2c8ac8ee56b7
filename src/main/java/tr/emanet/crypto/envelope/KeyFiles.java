package tr.emanet.crypto.envelope;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Asn1Bounds;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Secret;

/**
 * Reads RSA private keys from files: PKCS#8 in PEM or DER, clear or under a password (PBES2 with
 * PBKDF2 and AES or triple DES, what openssl writes), and PKCS#12.
 */
public final class KeyFiles {

  private static final int MAX_FILE = 64 * 1024;
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final String BEGIN = "-----BEGIN ";

  /** How a key file is encrypted: the JDK's name and the bits of the key. */
  private record Locked(String cipher, int bits) {}

  /** Triple DES is what {@code openssl req} of version 3.0 still writes. */
  private static final Map<ASN1ObjectIdentifier, Locked> CIPHERS =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, new Locked("AES", 128),
          NISTObjectIdentifiers.id_aes192_CBC, new Locked("AES", 192),
          NISTObjectIdentifiers.id_aes256_CBC, new Locked("AES", 256),
          PKCSObjectIdentifiers.des_EDE3_CBC, new Locked("DESede", 192));

  private static final Map<ASN1ObjectIdentifier, String> DERIVATIONS =
      Map.of(
          PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
          PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
          PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
          PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

  private KeyFiles() {}

  /**
   * Reads the key.
   *
   * @param file bytes of the file; they stay the caller's to wipe
   * @param password null when there is none
   * @throws CryptoException when the password is missing or wrong, or the file holds no RSA key;
   *     the message says which
   */
  public static RecipientKey read(byte[] file, @Nullable Secret password) throws CryptoException {
    try {
      if (file.length > MAX_FILE) {
        throw new IOException("it is larger than 64 KiB");
      }
      return indexOf(file, BEGIN, 0) >= 0 ? pem(file, password) : der(file, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException("the private key cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // ASN.1 from outside: the parser throws what it likes.
      throw new CryptoException("the private key cannot be read: it is malformed", e);
    }
  }

  private static RecipientKey pem(byte[] file, @Nullable Secret password)
      throws IOException, GeneralSecurityException {
    if (indexOf(file, BEGIN + "RSA PRIVATE KEY", 0) >= 0) {
      throw new IOException("it has the old form; 'openssl pkcs8 -topk8' makes PKCS#8 of it");
    }
    byte[] clear = block(file, "PRIVATE KEY");
    byte[] locked = block(file, "ENCRYPTED PRIVATE KEY");
    if (clear == null && locked == null) {
      throw new IOException("there is no private key in the PEM file");
    }
    byte[] der = clear != null ? clear : locked;
    try {
      RSAPrivateCrtKey key =
          clear != null
              ? rsa(clear)
              : rsa(unlock(java.util.Objects.requireNonNull(locked), password));
      return new RecipientKey(key, null);
    } finally {
      if (der != null) {
        Arrays.fill(der, (byte) 0);
      }
    }
  }

  private static RecipientKey der(byte[] file, @Nullable Secret password)
      throws IOException, GeneralSecurityException {
    Asn1Bounds.check(file, MAX_FILE, "it");
    org.bouncycastle.asn1.ASN1Sequence top =
        org.bouncycastle.asn1.ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(file));
    if (!(top.getObjectAt(0) instanceof org.bouncycastle.asn1.ASN1Integer version)) {
      return new RecipientKey(rsa(unlock(file, password)), null);
    }
    return version.intValueExact() == 3
        ? pkcs12(file, password)
        : new RecipientKey(rsa(file.clone()), null);
  }

  /** Takes the bytes over and wipes them. */
  private static RSAPrivateCrtKey rsa(byte[] pkcs8) throws IOException, GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    try {
      if (KeyFactory.getInstance("RSA").generatePrivate(spec) instanceof RSAPrivateCrtKey key) {
        return key;
      }
      throw new IOException("its primes are missing; openssl writes them");
    } catch (GeneralSecurityException e) {
      throw new IOException("it is no RSA key in PKCS#8", e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static byte[] unlock(byte[] der, @Nullable Secret password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw new IOException("it is protected by a password; name the password's file");
    }
    Asn1Bounds.check(der, MAX_FILE, "it");
    EncryptedPrivateKeyInfo info =
        EncryptedPrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
    if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw new IOException(
          "its protection is "
              + info.getEncryptionAlgorithm().getAlgorithm()
              + "; only PBES2 is accepted ('openssl pkcs8 -topk8' makes it)");
    }
    PBES2Parameters scheme =
        PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
    Locked kind = CIPHERS.get(scheme.getEncryptionScheme().getAlgorithm());
    if (kind == null
        || !scheme.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      throw new IOException("its protection is not PBKDF2 with AES or triple DES in CBC mode");
    }
    PBKDF2Params derive = PBKDF2Params.getInstance(scheme.getKeyDerivationFunc().getParameters());
    String name = DERIVATIONS.get(derive.getPrf().getAlgorithm());
    int rounds = derive.getIterationCount().intValueExact();
    if (name == null || rounds < 1 || rounds > MAX_ITERATIONS) {
      throw new IOException("its key derivation is not accepted");
    }
    byte[] iv =
        ASN1OctetString.getInstance(scheme.getEncryptionScheme().getParameters()).getOctets();
    char[] letters = letters(password);
    PBEKeySpec spec = new PBEKeySpec(letters, derive.getSalt(), rounds, kind.bits());
    try {
      byte[] key = SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded();
      Cipher cipher = Cipher.getInstance(kind.cipher() + "/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(key, kind.cipher()), new IvParameterSpec(iv));
      Arrays.fill(key, (byte) 0);
      return cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException e) {
      throw new IOException("its password is wrong", e);
    } finally {
      spec.clearPassword();
      Arrays.fill(letters, '\0');
    }
  }

  private static RecipientKey pkcs12(byte[] file, @Nullable Secret password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw new IOException("it is a PKCS#12 file; name the password's file");
    }
    char[] letters = letters(password);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(file), letters);
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new IOException("it holds " + keys.size() + " private keys, not one");
      }
      Key key = store.getKey(keys.getFirst(), letters);
      if (!(key instanceof RSAPrivateCrtKey rsa)) {
        throw new IOException("its key is no RSA key");
      }
      return new RecipientKey(
          rsa, store.getCertificate(keys.getFirst()) instanceof X509Certificate c ? c : null);
    } finally {
      Arrays.fill(letters, '\0');
    }
  }

  private static char[] letters(Secret password) {
    byte[] bytes = password.copy();
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] out = new char[text.remaining()];
    text.get(out);
    Arrays.fill(text.array(), '\0');
    Arrays.fill(bytes, (byte) 0);
    return out;
  }

  /** The decoded block of a PEM file; null when there is none. Never becomes a string. */
  private static byte @Nullable [] block(byte[] file, String label) throws IOException {
    String begin = BEGIN + label + "-----";
    int from = indexOf(file, begin, 0);
    if (from < 0) {
      return null;
    }
    int to = indexOf(file, "-----END " + label + "-----", from);
    if (to < 0) {
      throw new IOException("its end is missing");
    }
    byte[] text = Arrays.copyOfRange(file, from + begin.length(), to);
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("its base64 is damaged", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static int indexOf(byte[] file, String word, int from) {
    byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
    for (int i = from; i <= file.length - wanted.length; i++) {
      if (Arrays.equals(file, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
