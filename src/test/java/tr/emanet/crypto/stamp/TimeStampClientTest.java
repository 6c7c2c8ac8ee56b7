package tr.emanet.crypto.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.tsp.TimeStampRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.TestAuthority.Identity;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.stamp.TimeStampConfig.Mode;
import tr.emanet.crypto.stamp.TimeStamping.Granted;
import tr.emanet.crypto.stamp.TimeStamping.Kind;
import tr.emanet.crypto.stamp.TimeStamping.Refused;

class TimeStampClientTest {

  private static final byte[] ROOT = "root\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PASSWORD = "şifre-7x";

  private final Instant now = Instant.now();
  private final byte[] digest = Digests.sha256().digest(ROOT);

  @TempDir private Path directory = Path.of(".");

  private TimeStamping stamp(StampServer server, X509Certificate anchor) throws Exception {
    return stamp(config(server.url(), Mode.NONE, null, anchor, null));
  }

  private TimeStamping stamp(TimeStampConfig config) throws Exception {
    try (TimeStampClient client = client(config, Duration.ofSeconds(20))) {
      return client.stamp(digest);
    }
  }

  private TimeStampClient client(TimeStampConfig config, Duration patience) throws CryptoException {
    return new TimeStampClient(config, new SecureRandom(), InstantSource.fixed(now), patience);
  }

  private TimeStampConfig config(
      URI url, Mode mode, @Nullable String user, X509Certificate anchor, @Nullable String policy)
      throws IOException {
    Path trust = directory.resolve("trust.pem");
    Files.writeString(trust, Certificates.pem(List.of(anchor)));
    Path password = directory.resolve("password");
    Files.writeString(password, PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    return new TimeStampConfig(url, mode, user, password, trust, policy);
  }

  private BuiltInTsa tsa() throws CryptoException {
    return BuiltInTsa.create(new SecureRandom(), InstantSource.fixed(now));
  }

  private static Refused refused(TimeStamping result) {
    assertThat(result).isInstanceOf(Refused.class);
    return (Refused) result;
  }

  @Test
  void getsAStampThatOpensslVerifies() throws Exception {
    BuiltInTsa tsa = tsa();
    try (StampServer server = new StampServer(200, (e, request) -> tsa.answer(request))) {
      Granted granted = (Granted) stamp(server, tsa.certificate());

      assertThat(granted.authority()).isEqualTo(tsa.certificate());
      assertThat(Duration.between(granted.time(), now)).isLessThan(Duration.ofSeconds(1));
      assertThat(TimeStampCheck.response(granted.response(), digest, List.of(tsa.certificate())))
          .isInstanceOf(TimeStampCheck.Result.Valid.class);
      assertThat(TimeStampCheck.token(granted.token(), digest, List.of(tsa.certificate())))
          .isInstanceOf(TimeStampCheck.Result.Valid.class);
      Files.write(directory.resolve("x"), ROOT);
      Files.write(directory.resolve("x.tsr"), granted.response());
      assertThat(
              Openssl.run(
                      directory,
                      "ts",
                      "-verify",
                      "-in",
                      "x.tsr",
                      "-data",
                      "x",
                      "-CAfile",
                      "trust.pem")
                  .text())
          .contains("Verification: OK");
    }
  }

  @Test
  void labelsTheBuiltInAuthority() throws Exception {
    BuiltInTsa made =
        BuiltInTsa.openOrCreate(directory, new SecureRandom(), InstantSource.system());
    BuiltInTsa again =
        BuiltInTsa.openOrCreate(directory, new SecureRandom(), InstantSource.system());

    assertThat(again.certificate()).isEqualTo(made.certificate());
    assertThat(made.certificate().getSubjectX500Principal().getName()).contains("proves nothing");
    assertThat(made.certificate().getCriticalExtensionOIDs()).contains("2.5.29.37");
  }

  @Test
  void refusesAnswersThatAreNoStamp() throws Exception {
    assertAnswer("nothing", Kind.UNACCEPTABLE, new byte[0]);
    assertAnswer("web page", Kind.UNACCEPTABLE, ascii("<!doctype html><title>Giriş</title>"));
    assertAnswer("Hesap kapalı", Kind.REJECTED, "Hesap kapalı".getBytes(StandardCharsets.UTF_8));
    assertAnswer("no time stamp", Kind.UNACCEPTABLE, new byte[] {0x30, 3, 2, 1, 1});
    assertAnswer("no time stamp", Kind.UNACCEPTABLE, new byte[] {0x30, (byte) 0x84, 0x7f, 1, 1, 1});
    byte[] deep = new byte[4000];
    Arrays.fill(deep, (byte) 0x30);
    assertAnswer("no time stamp", Kind.UNACCEPTABLE, deep);
    assertAnswer(
        "User 999 is not known",
        Kind.REJECTED,
        new DERSequence(new DERUTF8String("User 999 is not known")).getEncoded());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void assertAnswer(String reason, Kind kind, byte[] body) throws Exception {
    try (StampServer server = new StampServer(200, (e, request) -> body)) {
      Refused refused = refused(stamp(server, tsa().certificate()));

      assertThat(refused.reason()).contains(reason);
      assertThat(refused.kind()).isEqualTo(kind);
    }
  }

  @Test
  void refusesStampsOverSomethingElse() throws Exception {
    TestAuthority authority = new TestAuthority("Zaman Kök", now);
    Identity tsa = authority.issue(w -> w.purpose(true, KeyPurposeId.id_kp_timeStamping));

    Refused nonce =
        answered(
            authority,
            r -> TestTokens.response(TestTokens.token(tsa, digest, BigInteger.TEN, now, "1.2.3")));
    Refused other =
        answered(
            authority,
            r ->
                TestTokens.response(
                    TestTokens.token(
                        tsa, new byte[32], new TimeStampRequest(r).getNonce(), now, "1.2.3")));

    assertThat(nonce.reason()).contains("wrong nonce");
    assertThat(other.reason()).contains("another digest");
  }

  private interface Reply {
    byte[] to(byte[] request) throws Exception;
  }

  private Refused answered(TestAuthority authority, Reply reply) throws Exception {
    try (StampServer server = new StampServer(200, (e, request) -> reply.to(request))) {
      return refused(stamp(server, authority.certificate()));
    }
  }

  @Test
  void acceptsOnlyCertificatesForTimeStamps() throws Exception {
    TestAuthority authority = new TestAuthority("Zaman Kök", now);
    TestAuthority stranger = new TestAuthority("Yabancı Kök", now);
    Identity good = authority.issue(w -> w.purpose(true, KeyPurposeId.id_kp_timeStamping));
    Identity notCritical = authority.issue(w -> w.purpose(false, KeyPurposeId.id_kp_timeStamping));
    Identity more =
        authority.issue(
            w ->
                w.purpose(
                    true, KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_emailProtection));
    Identity none = authority.issue(w -> w);
    Identity expired =
        authority.issue(
            w ->
                w.purpose(true, KeyPurposeId.id_kp_timeStamping)
                    .between(now.minusSeconds(5000), now.minusSeconds(50)));
    Identity weak =
        authority.issue(w -> w.purpose(true, KeyPurposeId.id_kp_timeStamping).key("RSA", 1024));
    Identity foreign = stranger.issue(w -> w.purpose(true, KeyPurposeId.id_kp_timeStamping));

    try (StampServer server = new StampServer(200, (e, r) -> TestTokens.answer(good, r, now))) {
      assertThat(stamp(server, authority.certificate())).isInstanceOf(Granted.class);
      assertThat(
              refused(
                      stamp(
                          config(server.url(), Mode.NONE, null, authority.certificate(), "1.2.9")))
                  .reason())
          .contains("policy 1.2.3");
    }
    assertThat(answeredBy(authority, notCritical)).contains("critical");
    assertThat(answeredBy(authority, more)).contains("ExtendedKeyUsage");
    assertThat(answeredBy(authority, none)).contains("ExtendedKeyUsage");
    assertThat(answeredBy(authority, expired)).contains("not valid");
    assertThat(answeredBy(authority, weak)).contains("weak key");
    assertThat(answeredBy(authority, foreign)).contains("not trusted");
  }

  private String answeredBy(TestAuthority authority, Identity signer) throws Exception {
    Refused refused = answered(authority, r -> TestTokens.answer(signer, r, now));
    assertThat(refused.kind()).isEqualTo(Kind.UNACCEPTABLE);
    return refused.reason();
  }

  @Test
  void tellsKamuSmWhoAsksAndReportsItsRefusals() throws Exception {
    BuiltInTsa tsa = tsa();
    try (StampServer server = new StampServer(200, (e, request) -> kamuSm(tsa, e, request))) {
      TimeStampConfig right = config(server.url(), Mode.KAMUSM, "123456", tsa.certificate(), null);
      TimeStampConfig unknown = config(server.url(), Mode.KAMUSM, "999", tsa.certificate(), null);

      assertThat(stamp(right)).isInstanceOf(Granted.class);
      assertThat(refused(stamp(unknown)).reason()).contains("User 999 is not known");
      try (TimeStampClient client = client(right, Duration.ofSeconds(20));
          TimeStampClient wrong = client(unknown, Duration.ofSeconds(20))) {
        assertThat(client.credits()).isEqualTo(new TimeStampClient.Credits.Left(847));
        assertThat(wrong.credits()).isInstanceOf(TimeStampClient.Credits.Unknown.class);
        Files.writeString(directory.resolve("password"), "wrong");
        Refused refused = refused(client.stamp(digest));
        assertThat(refused.reason()).contains("Account could not be authenticated");
        assertThat(refused.kind()).isEqualTo(Kind.REJECTED);
      }
    }
  }

  /** Decodes the identity header as the service would. */
  private static byte[] kamuSm(BuiltInTsa tsa, HttpExchange exchange, byte[] request)
      throws Exception {
    String header = exchange.getRequestHeaders().getFirst("identity");
    ASN1Sequence parts = ASN1Sequence.getInstance(new BigInteger(header, 16).toByteArray());
    String customer = ASN1Integer.getInstance(parts.getObjectAt(0)).getValue().toString();
    byte[] salt = ASN1OctetString.getInstance(parts.getObjectAt(1)).getOctets();
    int iterations = ASN1Integer.getInstance(parts.getObjectAt(2)).intValueExact();
    byte[] iv = ASN1OctetString.getInstance(parts.getObjectAt(3)).getOctets();
    byte[] encrypted = ASN1OctetString.getInstance(parts.getObjectAt(4)).getOctets();
    if (!customer.equals("123456")) {
      return new DERSequence(new DERUTF8String("User " + customer + " is not known")).getEncoded();
    }
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, iterations, 256))
            .getEncoded();
    Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
    aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    byte[] clear = aes.doFinal(encrypted);
    String time = exchange.getRequestHeaders().getFirst("credit_req_time");
    byte[] expected =
        time == null
            ? new TimeStampRequest(request).getMessageImprintDigest()
            : KamuSmIdentity.creditDigest(customer, Long.parseLong(time));
    boolean same = Arrays.equals(expected, Arrays.copyOf(clear, expected.length));
    if (!same || iterations != 100 || salt.length != 16 || !Arrays.equals(salt, iv)) {
      return new DERSequence(new DERUTF8String("Account could not be authenticated")).getEncoded();
    }
    return time == null ? tsa.answer(request) : "847".getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void sendsBasicCredentials() throws Exception {
    BuiltInTsa tsa = tsa();
    try (StampServer server =
        new StampServer(
            200,
            (e, request) ->
                "Basic a3VydW06xZ9pZnJlLTd4".equals(e.getRequestHeaders().getFirst("Authorization"))
                    ? tsa.answer(request)
                    : new byte[0])) {
      assertThat(stamp(config(server.url(), Mode.BASIC, "kurum", tsa.certificate(), null)))
          .isInstanceOf(Granted.class);
    }
  }

  @Test
  void saysWhatAStatusOtherThanOkMeans() throws Exception {
    assertStatus(503, Kind.UNREACHABLE, "HTTP 503");
    assertStatus(401, Kind.REJECTED, "timestamp.user");
    assertStatus(302, Kind.REJECTED, "redirects are not followed");
  }

  private void assertStatus(int status, Kind kind, String words) throws Exception {
    BuiltInTsa tsa = tsa();
    try (StampServer server = new StampServer(status, (e, request) -> tsa.answer(request))) {
      Refused refused = refused(stamp(server, tsa.certificate()));

      assertThat(refused.kind()).isEqualTo(kind);
      assertThat(refused.reason()).contains(words);
    }
  }

  @Test
  void boundsSizeAndTimeOfTheAnswer() throws Exception {
    try (StampServer server = new StampServer(200, (e, r) -> new byte[300_000])) {
      assertThat(refused(stamp(server, tsa().certificate())).kind()).isEqualTo(Kind.UNREACHABLE);
    }
    CountDownLatch never = new CountDownLatch(1);
    try (StampServer server =
            new StampServer(
                200,
                (e, r) -> {
                  never.await();
                  return new byte[0];
                });
        TimeStampClient client =
            client(
                config(server.url(), Mode.NONE, null, tsa().certificate(), null),
                Duration.ofMillis(300))) {
      assertThat(refused(client.stamp(digest)).kind()).isEqualTo(Kind.UNREACHABLE);
    }
    never.countDown();
  }

  @Test
  void refusesASettingThatCannotWork() throws Exception {
    Path trust = directory.resolve("trust.pem");
    URI url = URI.create("http://zd.kamusm.gov.tr");

    assertThatThrownBy(() -> new TimeStampConfig(url, Mode.KAMUSM, null, null, trust, null))
        .hasMessageContaining("timestamp.user");
    assertThatThrownBy(() -> new TimeStampConfig(url, Mode.KAMUSM, "ali", trust, trust, null))
        .hasMessageContaining("customer number");
    assertThatThrownBy(
            () -> new TimeStampConfig(URI.create("ftp://x"), Mode.NONE, null, null, trust, null))
        .hasMessageContaining("timestamp.url");
    assertThatThrownBy(() -> new TimeStampConfig(url, Mode.NONE, null, null, trust, "x.y"))
        .hasMessageContaining("timestamp.policy");
    assertThatThrownBy(
            () ->
                client(
                    new TimeStampConfig(url, Mode.NONE, null, null, trust, null),
                    Duration.ofSeconds(1)))
        .hasMessageContaining("trust.pem");
  }

  @Test
  void saysWhenThePasswordFileCannotBeRead() throws Exception {
    BuiltInTsa tsa = tsa();
    try (StampServer server = new StampServer(200, (e, request) -> tsa.answer(request))) {
      TimeStampConfig config = config(server.url(), Mode.BASIC, "kurum", tsa.certificate(), null);
      Files.delete(directory.resolve("password"));

      Refused refused = refused(stamp(config));

      assertThat(refused.kind()).isEqualTo(Kind.REJECTED);
      assertThat(refused.reason()).contains("password");
    }
  }
}
