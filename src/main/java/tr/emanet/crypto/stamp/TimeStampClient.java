package tr.emanet.crypto.stamp;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.stamp.TimeStamping.Kind;
import tr.emanet.crypto.stamp.TimeStamping.Refused;

/**
 * Asks a time stamp authority over HTTP (RFC 3161 section 3.4). Follows no redirect, reads at most
 * 256 KiB and waits at most the patience. The password file is read anew for every request.
 * Thread-safe.
 */
public final class TimeStampClient implements TimeStamper, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String QUERY = "application/timestamp-query";
  private static final int NONCE_BITS = 63;

  private final TimeStampConfig config;
  private final List<X509Certificate> anchors;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Duration patience;
  private final HttpClient http;

  /** What a query for the credits that are left said. */
  public sealed interface Credits {

    /**
     * @param left paid stamps that are left
     */
    record Left(long left) implements Credits {}

    /**
     * @param reason a sentence for an operator
     */
    record Unknown(String reason) implements Credits {}
  }

  /**
   * @throws CryptoException when the trust file cannot be read
   */
  public TimeStampClient(TimeStampConfig config, SecureRandom random, InstantSource clock)
      throws CryptoException {
    this(config, random, clock, PATIENCE);
  }

  TimeStampClient(
      TimeStampConfig config, SecureRandom random, InstantSource clock, Duration patience)
      throws CryptoException {
    this.config = config;
    this.anchors = Certificates.read(config.trustFile());
    this.random = random;
    this.clock = clock;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  /** The authorities a stamp must lead to, for files that go to a verifier. */
  public List<X509Certificate> anchors() {
    return anchors;
  }

  @Override
  public TimeStamping stamp(byte[] sha256) {
    if (sha256.length != 32) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + sha256.length);
    }
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    if (config.policy() != null) {
      generator.setReqPolicy(new ASN1ObjectIdentifier(config.policy()));
    }
    TimeStampRequest asked =
        generator.generate(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
            sha256,
            new BigInteger(NONCE_BITS, random).setBit(NONCE_BITS - 1));
    try {
      HttpRequest.Builder request = request().header("Content-Type", QUERY);
      authenticate(request, sha256);
      HttpResponse<byte[]> answer =
          send(request.POST(HttpRequest.BodyPublishers.ofByteArray(asked.getEncoded())).build());
      int status = answer.statusCode();
      return status == 200
          ? TimeStampAnswer.judge(answer.body(), asked, anchors)
          : new Refused(kind(status), "the authority answered HTTP " + status + hint(status));
    } catch (CryptoException e) {
      return new Refused(Kind.REJECTED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Refused(Kind.UNREACHABLE, unreachable(e));
    }
  }

  /** Asks Kamu SM how many paid stamps are left; with other modes nobody knows. */
  public Credits credits() {
    String customer = config.user();
    if (config.mode() != TimeStampConfig.Mode.KAMUSM || customer == null) {
      return new Credits.Unknown("this authority does not tell credits");
    }
    try {
      long now = clock.millis();
      HttpRequest.Builder request =
          request()
              .header("Content-Type", QUERY)
              .header("credit_req", customer)
              .header("credit_req_time", Long.toString(now));
      authenticate(request, KamuSmIdentity.creditDigest(customer, now));
      HttpResponse<byte[]> answer = send(request.POST(HttpRequest.BodyPublishers.noBody()).build());
      long left = answer.statusCode() == 200 ? TimeStampAnswer.number(answer.body()) : -1;
      return left < 0
          ? new Credits.Unknown(
              "the authority answered HTTP " + answer.statusCode() + " without a number of credits")
          : new Credits.Left(left);
    } catch (CryptoException e) {
      return new Credits.Unknown(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Credits.Unknown(unreachable(e));
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(config.url())
        .timeout(patience)
        .header("Accept", "application/timestamp-reply, */*; q=0.2")
        .header("Cache-Control", "no-cache");
  }

  private void authenticate(HttpRequest.Builder request, byte[] digest) throws CryptoException {
    String user = config.user();
    Path file = config.passwordFile();
    if (config.mode() == TimeStampConfig.Mode.NONE || user == null || file == null) {
      return;
    }
    try (Secret password =
        Secret.of(new String(PrivateFiles.read(file), StandardCharsets.UTF_8).strip())) {
      switch (config.mode()) {
        case NONE -> throw new IllegalStateException("no password without authentication");
        case BASIC ->
            request.header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
        case KAMUSM ->
            request.header("identity", KamuSmIdentity.header(user, password, digest, random));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new CryptoException(
          "the password of the time stamp authority cannot be used: " + e.getMessage(), e);
    }
  }

  /** Sends with a bound on the whole exchange: the request's own timeout ends at the headers. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> running =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), TimeStampCheck.MAX_BYTES));
    try {
      return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(cause(e)), e);
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting", e);
    }
  }

  private static String cause(ExecutionException e) {
    Throwable inner = e.getCause() == null ? e : e.getCause();
    String message = inner.getMessage();
    return message == null ? inner.getClass().getSimpleName() : message;
  }

  private String unreachable(IOException e) {
    return "the authority "
        + config.url().getHost()
        + " cannot be asked: "
        + TimeStampAnswer.quote(String.valueOf(e.getMessage()));
  }

  private static Kind kind(int status) {
    return status == 408 || status == 429 || status >= 500 ? Kind.UNREACHABLE : Kind.REJECTED;
  }

  private static String hint(int status) {
    return switch (status) {
      case 401, 403 -> "; check seal.timestamp.user and seal.timestamp.passwordFile";
      case 404 -> "; check seal.timestamp.url";
      default -> status / 100 == 3 ? "; redirects are not followed, check seal.timestamp.url" : "";
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
