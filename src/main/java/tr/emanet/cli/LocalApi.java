package tr.emanet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tr.emanet.StateDirectory;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.ServerCertificate;

/** The API of the service that runs on a state directory, as {@code local:<uid>}. */
final class LocalApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final String base;
  private final String token;

  private LocalApi(HttpClient client, String base, String token) {
    this.client = client;
    this.base = base;
    this.token = token;
  }

  /** Finds the running service. */
  static LocalApi of(StateDirectory state) throws CommandFailed {
    try {
      JsonNode endpoints = JSON.readTree(Files.readAllBytes(state.endpoints()));
      String http = endpoints.path("http").asText();
      String token = Files.readString(state.localToken()).strip();
      HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
      if (http.startsWith("https:")) {
        client.sslContext(trust(state));
      }
      return new LocalApi(client.build(), http, token);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.NOT_AVAILABLE,
          "no service runs on " + state.root() + "; start it, or name another --state");
    }
  }

  /** Trusts exactly the certificate that the service of this state directory made. */
  private static SSLContext trust(StateDirectory state) throws CommandFailed, IOException {
    try {
      ServerCertificate own =
          ServerCertificate.openOrCreate(
              state.keys(), Set.of(), new SecureRandom(), InstantSource.system());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("emanet", own.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | CryptoException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "the service's certificate cannot be read: " + e.getMessage());
    }
  }

  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            e ->
                URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /**
   * Sends a request; answers the body, or fails with the problem's own words.
   *
   * @param body a file as bytes, which is sent as CSV, or anything that becomes JSON
   */
  InputStream send(String method, String path, @Nullable Object body, String accept)
      throws CommandFailed, InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Authorization", "Bearer " + token)
              .header("Accept", accept + ", application/problem+json");
      if (body == null) {
        request.method(method, HttpRequest.BodyPublishers.noBody());
      } else if (body instanceof byte[] file) {
        request
            .header("Content-Type", "text/csv")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(file));
      } else {
        request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      throw new CommandFailed(ExitCode.FAILED, problem(response));
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.NOT_AVAILABLE, "the service at " + base + " does not answer: " + e.getMessage());
    }
  }

  private static String problem(HttpResponse<InputStream> response) throws IOException {
    byte[] bytes = response.body().readNBytes(1 << 16);
    try {
      JsonNode problem = JSON.readTree(bytes);
      String detail = problem.path("detail").asText(problem.path("title").asText(""));
      return detail.isEmpty() ? "the service answered " + response.statusCode() : detail;
    } catch (JsonProcessingException e) {
      return "the service answered " + response.statusCode();
    }
  }

  JsonNode json(String method, String path, @Nullable Object body)
      throws CommandFailed, InterruptedException {
    try (InputStream in = send(method, path, body, "application/json")) {
      byte[] bytes = in.readAllBytes();
      return bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "the answer cannot be read: " + e.getMessage());
    }
  }
}
