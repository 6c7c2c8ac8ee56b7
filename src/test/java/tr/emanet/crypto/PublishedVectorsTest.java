package tr.emanet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static tr.emanet.crypto.Wycheproof.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** Published vectors for the primitives in use, on the JDK's providers and on Bouncy Castle. */
class PublishedVectorsTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] X25519_PUBLIC = HEX.parseHex("302a300506032b656e032100");
  private static final byte[] X25519_PRIVATE = HEX.parseHex("302e020100300506032b656e04220420");

  /**
   * Where the two differ: the JDK takes an s without its leading zero byte. It is the same number,
   * so nothing is forged by it; Bouncy Castle refuses.
   */
  private static final List<String> LENIENT =
      List.of("way 0, 6 \"Legacy: ASN encoding of s misses leading 0\": is invalid");

  private final Provider bouncy = new BouncyCastleProvider();

  private static Provider jdk(String name) {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new IllegalStateException("this Java has no " + name);
    }
    return provider;
  }

  private static Wycheproof.Way signature(String keys, String algorithm, Provider provider) {
    return (group, test) -> {
      PublicKey key =
          KeyFactory.getInstance(keys, provider)
              .generatePublic(new X509EncodedKeySpec(hex(group, "publicKeyDer")));
      Signature signature = Signature.getInstance(algorithm, provider);
      signature.initVerify(key);
      signature.update(hex(test, "msg"));
      return signature.verify(hex(test, "sig"));
    };
  }

  @Test
  void verifiesSignaturesAsWycheproofSays() throws Exception {
    Provider ec = jdk("SunEC");

    assertThat(
            Wycheproof.run(
                "ecdsa_secp256r1_sha256.json",
                signature("EC", "SHA256withECDSA", ec),
                signature("EC", "SHA256withECDSA", bouncy)))
        .isSubsetOf(LENIENT);
    assertThat(
            Wycheproof.run(
                "ecdsa_secp384r1_sha384.json",
                signature("EC", "SHA384withECDSA", ec),
                signature("EC", "SHA384withECDSA", bouncy)))
        .isSubsetOf(LENIENT);
    assertThat(
            Wycheproof.run(
                "ed25519.json",
                signature("Ed25519", "Ed25519", ec),
                signature("Ed25519", "Ed25519", bouncy)))
        .isEmpty();
  }

  private static Wycheproof.Way aead(String algorithm, String key, Provider provider) {
    return (group, test) -> {
      byte[] iv = hex(test, "iv");
      AlgorithmParameterSpec spec =
          key.equals("AES")
              ? new GCMParameterSpec(group.get("tagSize").asInt(), iv)
              : new IvParameterSpec(iv);
      Cipher cipher = Cipher.getInstance(algorithm, provider);
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(hex(test, "key"), key), spec);
      cipher.updateAAD(hex(test, "aad"));
      try {
        byte[] clear = cipher.doFinal(joined(hex(test, "ct"), hex(test, "tag")));
        return Arrays.equals(clear, hex(test, "msg"));
      } catch (AEADBadTagException e) {
        return false;
      }
    };
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }

  @Test
  void opensAuthenticatedEncryptionAsWycheproofSays() throws Exception {
    Provider jce = jdk("SunJCE");

    assertThat(
            Wycheproof.run(
                "aes_gcm.json",
                aead("AES/GCM/NoPadding", "AES", jce),
                aead("AES/GCM/NoPadding", "AES", bouncy)))
        .isEmpty();
    assertThat(
            Wycheproof.run(
                "chacha20_poly1305.json",
                aead("ChaCha20-Poly1305", "ChaCha20", jce),
                aead("ChaCha20-Poly1305", "ChaCha20", bouncy)))
        .isEmpty();
  }

  private static Wycheproof.Way oaep(Provider provider) {
    return (group, test) -> {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", provider);
      cipher.init(
          Cipher.DECRYPT_MODE,
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(hex(group, "privateKeyPkcs8"))),
          new OAEPParameterSpec(
              "SHA-256",
              "MGF1",
              MGF1ParameterSpec.SHA256,
              new PSource.PSpecified(hex(test, "label"))));
      return Arrays.equals(cipher.doFinal(hex(test, "ct")), hex(test, "msg"));
    };
  }

  private static boolean oaepOfTheEngine(JsonNode group, JsonNode test)
      throws GeneralSecurityException {
    OAEPEncoding oaep =
        new OAEPEncoding(
            new RSABlindedEngine(), new SHA256Digest(), new SHA256Digest(), hex(test, "label"));
    try {
      oaep.init(false, PrivateKeyFactory.createKey(hex(group, "privateKeyPkcs8")));
      byte[] ct = hex(test, "ct");
      return Arrays.equals(oaep.processBlock(ct, 0, ct.length), hex(test, "msg"));
    } catch (IOException | InvalidCipherTextException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** The key transport of envelopes; there only with an empty label. */
  @Test
  void unwrapsKeysAsWycheproofSays() throws Exception {
    assertThat(
            Wycheproof.run(
                "rsa_oaep_4096_sha256_mgf1sha256.json",
                oaep(jdk("SunJCE")),
                oaep(bouncy),
                PublishedVectorsTest::oaepOfTheEngine))
        .isEmpty();
  }

  private static Wycheproof.Way mac(Provider provider) {
    return (group, test) -> {
      Mac mac = Mac.getInstance("HmacSHA256", provider);
      mac.init(new SecretKeySpec(hex(test, "key"), "HmacSHA256"));
      byte[] tag = Arrays.copyOf(mac.doFinal(hex(test, "msg")), group.get("tagSize").asInt() / 8);
      return MessageDigest.isEqual(tag, hex(test, "tag"));
    };
  }

  @Test
  void authenticatesMessagesAsWycheproofSays() throws Exception {
    assertThat(Wycheproof.run("hmac_sha256.json", mac(jdk("SunJCE")), mac(bouncy))).isEmpty();
  }

  private static byte[] hkdfOfJdk(String name, JsonNode test) throws GeneralSecurityException {
    return KDF.getInstance(name, jdk("SunJCE"))
        .deriveData(
            HKDFParameterSpec.ofExtract()
                .addIKM(hex(test, "ikm"))
                .addSalt(hex(test, "salt"))
                .thenExpand(hex(test, "info"), test.get("size").asInt()));
  }

  private static byte[] hkdfOfBouncy(HKDFBytesGenerator generator, JsonNode test) {
    generator.init(new HKDFParameters(hex(test, "ikm"), hex(test, "salt"), hex(test, "info")));
    byte[] out = new byte[test.get("size").asInt()];
    generator.generateBytes(out, 0, out.length);
    return out;
  }

  @Test
  void derivesKeysAsWycheproofSays() throws Exception {
    assertThat(
            Wycheproof.run(
                "hkdf_sha256.json",
                (g, t) -> Arrays.equals(hkdfOfJdk("HKDF-SHA256", t), hex(t, "okm")),
                (g, t) ->
                    Arrays.equals(
                        hkdfOfBouncy(new HKDFBytesGenerator(new SHA256Digest()), t),
                        hex(t, "okm"))))
        .isEmpty();
    assertThat(
            Wycheproof.run(
                "hkdf_sha512.json",
                (g, t) -> Arrays.equals(hkdfOfJdk("HKDF-SHA512", t), hex(t, "okm")),
                (g, t) ->
                    Arrays.equals(
                        hkdfOfBouncy(new HKDFBytesGenerator(new SHA512Digest()), t),
                        hex(t, "okm"))))
        .isEmpty();
  }

  private static Wycheproof.Way agreement(Provider provider) {
    return (group, test) -> {
      KeyFactory keys = KeyFactory.getInstance("X25519", provider);
      KeyAgreement agreement = KeyAgreement.getInstance("X25519", provider);
      agreement.init(
          keys.generatePrivate(
              new PKCS8EncodedKeySpec(joined(X25519_PRIVATE, hex(test, "private")))));
      agreement.doPhase(
          keys.generatePublic(new X509EncodedKeySpec(joined(X25519_PUBLIC, hex(test, "public")))),
          true);
      return Arrays.equals(agreement.generateSecret(), hex(test, "shared"));
    };
  }

  @Test
  void agreesOnKeysAsWycheproofSays() throws Exception {
    assertThat(Wycheproof.run("x25519.json", agreement(jdk("SunEC")), agreement(bouncy))).isEmpty();
  }

  /** SP 800-38A, F.2.5 and F.5.5: AES-256 in CBC and CTR mode, first two blocks. */
  @Test
  void encryptsInModesAsTheStandardSays() throws Exception {
    byte[] key = HEX.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    byte[] clear = HEX.parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    for (Provider provider : List.of(jdk("SunJCE"), bouncy)) {
      assertThat(aes("CBC", provider, key, "000102030405060708090a0b0c0d0e0f", clear))
          .isEqualTo("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d");
      assertThat(aes("CTR", provider, key, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", clear))
          .isEqualTo("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
    }
  }

  private static String aes(String mode, Provider provider, byte[] key, String iv, byte[] clear)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/" + mode + "/NoPadding", provider);
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(HEX.parseHex(iv)));
    return HEX.formatHex(cipher.doFinal(clear));
  }

  /** RFC 8439 section 2.8.2. */
  @Test
  void encryptsWithChaChaAsTheRfcSays() throws Exception {
    byte[] clear =
        ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                + " future, sunscreen would be it.")
            .getBytes(StandardCharsets.US_ASCII);
    for (Provider provider : List.of(jdk("SunJCE"), bouncy)) {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305", provider);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(
              HEX.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"),
              "ChaCha20"),
          new IvParameterSpec(HEX.parseHex("070000004041424344454647")));
      cipher.updateAAD(HEX.parseHex("50515253c0c1c2c3c4c5c6c7"));
      assertThat(HEX.formatHex(cipher.doFinal(clear)))
          .startsWith("d31a8d34648e60db7b86afbc53ef7ec2")
          .endsWith("1ae10b594f09e26a7e902ecbd0600691");
    }
  }

  /** RFC 7914 section 12 and RFC 9106 section 5.3. */
  @Test
  void hashesPasswordsAsTheRfcsSay() {
    byte[] scrypt = SCrypt.generate(ascii("password"), ascii("NaCl"), 1024, 8, 16, 64);
    assertThat(HEX.formatHex(scrypt))
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build());
    byte[] tag = new byte[32];
    generator.generateBytes(filled(32, 1), tag);
    assertThat(HEX.formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  private static byte[] filled(int length, int value) {
    byte[] out = new byte[length];
    Arrays.fill(out, (byte) value);
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
